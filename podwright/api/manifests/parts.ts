/** One YAML document or JSON line of a file, as text. */
export interface Part {
  /** As the reader of a report finds it: from the folder of the call; `-` is the standard input. */
  readonly file: string;
  /** Its number in the file, from 0; empty ones count. */
  readonly document: number;
  /** Its first line in the file, from 1. */
  readonly line: number;
  readonly text: string;
}

/** The documents of a text: lines where each line is an object in JSON, else what '---' divides. */
export function partsOf(file: string, whole: string): Part[] {
  const text = whole.charCodeAt(0) === 0xfeff ? whole.slice(1) : whole;
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  if (isJsonLines(file, lines)) {
    return lines.map((line, index) => ({ file, document: index, line: index + 1, text: line }));
  }
  const parts: Part[] = [];
  let start = 0;
  let begun = false;
  const take = (end: number, next: number): void => {
    parts.push({ file, document: parts.length, line: start + 1, text: `${lines.slice(start, end).join('\n')}\n` });
    start = next;
  };
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as string;
    if (line.charCodeAt(0) !== 45 || !/^---(\s|$)/.test(line)) {
      if (line !== '' && line.charCodeAt(0) !== 35 && line.charCodeAt(0) !== 37) begun = true;
      continue;
    }
    // The first dashes of a file begin its first document, whatever comments stand above them.
    if (begun || parts.length > 0 || start > 0) take(at, at + 1);
    else start = at + 1;
    begun = false;
    const rest = line.slice(3).trim();
    if (rest !== '' && !rest.startsWith('#')) {
      lines[at] = `   ${line.slice(3)}`;
      start = at;
      begun = true;
    }
  }
  take(lines.length, lines.length);
  return parts;
}

function isJsonLines(file: string, lines: readonly string[]): boolean {
  if (/\.(jsonl|ndjson)$/.test(file)) return true;
  if (/\.(ya?ml)$/.test(file)) return false;
  const first = lines[0]?.trim() ?? '';
  if (lines.length < 2 || !first.startsWith('{') || !first.endsWith('}')) return false;
  const second = lines.find((line, index) => index > 0 && line.trim() !== '');
  return second?.trimStart().startsWith('{') ?? false;
}
