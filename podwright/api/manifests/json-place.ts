// Finds fields in the text of a JSON document, without making anything of what it passes by.

/**
 * Where in a text a field's key or a list's item begins, or the nearest thing around it that is there.
 * @param text JSON
 * @returns undefined for a text that turns out not to be JSON on the way
 */
export function placeInJson(text: string, steps: readonly (string | number)[]): number | undefined {
  let at = afterSpace(text, 0);
  let place = at;
  for (const step of steps) {
    const found = text[at] === '{' ? findKey(text, at, String(step)) : findItem(text, at, Number(step));
    if (found === undefined) break;
    if (Number.isNaN(found.value)) return undefined;
    place = found.place;
    at = found.value;
  }
  return place;
}

interface Found {
  /** Where the key or the item begins. */
  readonly place: number;
  /** Where the value begins; NaN in what is no JSON. */
  readonly value: number;
}

const BROKEN: Found = { place: 0, value: Number.NaN };

function findKey(text: string, open: number, key: string): Found | undefined {
  let at = afterSpace(text, open + 1);
  while (text[at] === '"') {
    const place = at;
    const end = afterString(text, at);
    const colon = afterSpace(text, end);
    if (text[colon] !== ':') return BROKEN;
    const value = afterSpace(text, colon + 1);
    if (isText(text, place, end, key)) return { place, value };
    at = afterSpace(text, afterValue(text, value));
    if (text[at] === '}') return undefined;
    if (text[at] !== ',') return BROKEN;
    at = afterSpace(text, at + 1);
  }
  return text[at] === '}' ? undefined : BROKEN;
}

function findItem(text: string, open: number, index: number): Found | undefined {
  if (text[open] !== '[') return undefined;
  let at = afterSpace(text, open + 1);
  if (text[at] === ']') return undefined;
  for (let item = 0; item < index; item++) {
    at = afterSpace(text, afterValue(text, at));
    if (text[at] === ']') return undefined;
    if (text[at] !== ',') return BROKEN;
    at = afterSpace(text, at + 1);
  }
  return { place: at, value: at };
}

/** Whether a string in quotes, from `start` to `end`, says a text. */
function isText(text: string, start: number, end: number, wanted: string): boolean {
  if (end - start === wanted.length + 2 && text.startsWith(wanted, start + 1)) return true;
  const raw = text.slice(start, end);
  return raw.includes('\\') && JSON.parse(raw) === wanted;
}

function afterSpace(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); code === 32 || code === 10 || code === 13 || code === 9; ) {
    code = text.charCodeAt(++at);
  }
  return at;
}

function afterString(text: string, from: number): number {
  let end = text.indexOf('"', from + 1);
  while (end > 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end < 0 ? text.length : end + 1;
}

/** Whether an odd number of backslashes stands before a quote. */
function isEscaped(text: string, quote: number): boolean {
  let at = quote - 1;
  while (text.charCodeAt(at) === 92) at--;
  return (quote - at) % 2 === 0;
}

function afterValue(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 34:
        at = afterString(text, at) - 1;
        if (depth === 0) return at + 1;
        break;
      case 123:
      case 91:
        depth++;
        break;
      case 125:
      case 93:
        // What closes something around it ends a scalar, too.
        if (depth === 0) return at;
        if (--depth === 0) return at + 1;
        break;
      case 44:
        if (depth === 0) return at;
        break;
    }
  }
  return text.length;
}
