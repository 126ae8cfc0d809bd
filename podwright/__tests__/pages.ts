// Reads the code blocks of README.md and docs/**/*.md, so that docs.test.ts can run every one of them. Writing a page is
// enough: no test is to be added for it. What a block is, its info string says (a reader does not see what follows the
// language):
//
//   ```ts                       a snippet: it is type-checked and run. `chart` is there if the snippet does not declare
//                               one, and a snippet without imports has those of the snippet before it.
//   ```yaml                     after a snippet: exactly what its chart holds, byte for byte, as synth writes it
//   ```yaml part                after a snippet or a file: lines that are found together in it, however indented
//   ```ts fails                 a snippet that throws; the ```text after it is found in the error's message
//   ```ts types                 only type-checked
//   ```ts charts/hello.ts       a file of the page's own program (any language: a word with a dot is a file); a page
//                               with a main.ts is synthesized by `podwright synth` in a folder of these files
//   ```ts main.ts before        the file as it was: the program is synthesized with these first, and committed
//   ```yaml dist/hello.k8s.yaml what that wrote, byte for byte; in clusters/ too
//   ```yaml input               YAML that is not ours; it is parsed
//   ```sh                       commands; those of npm and podwright must exist, see commands() for the rest
//   ```text                     after a ```sh of podwright commands on a page with a main.ts: what they print
//   ```json                     is parsed
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export const root = join(__dirname, '..', '..');

export interface Block {
  /** The page's path below the root, with slashes. */
  readonly page: string;
  /** The line of the block's first line of content, from 1. */
  readonly line: number;
  readonly language: string;
  readonly words: readonly string[];
  readonly text: string;
}

/** A snippet with what is said of its outcome. */
export interface Snippet {
  readonly place: string;
  readonly code: string;
  readonly outcome: 'runs' | 'fails' | 'types';
  /** @default - nothing is said of what it yields. */
  readonly expected?: Block;
}

/** The files of a page's own program, and what synthesis makes of it. */
export interface Program {
  readonly files: ReadonlyMap<string, string>;
  /** The files that were other before, as they were then. */
  readonly before: ReadonlyMap<string, string>;
  readonly dist: readonly Block[];
  readonly parts: readonly Block[];
  /** Commands beside what they print. */
  readonly runs: readonly { commands: Block; output: Block }[];
}

/** Paths below the root of the pages that a reader is offered. */
export function pagePaths(): string[] {
  const docs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => relative(root, join(root, 'docs', name)).replaceAll('\\', '/'));
  return ['README.md', 'CONTRIBUTING.md', ...docs.sort()];
}

export function read(page: string): string {
  return readFileSync(join(root, page), 'utf8').replaceAll('\r\n', '\n');
}

/** The fenced blocks of a page, in order. */
export function blocksOf(page: string, markdown = read(page)): Block[] {
  const fence = /^([ \t]*)(`{3,})([^\s`]*)[ \t]*([^\n`]*)\n([\s\S]*?)^\1\2[ \t]*$/gm;
  return [...markdown.matchAll(fence)].map((match) => {
    const [, indent = '', , language = '', info = '', text = ''] = match;
    return {
      page,
      line: markdown.slice(0, match.index).split('\n').length + 1,
      language,
      words: info.split(/\s+/).filter(Boolean),
      text: indent ? text.replaceAll(new RegExp(`^${indent}`, 'gm'), '') : text,
    };
  });
}

export function placeOf(block: Block): string {
  return `${block.page}:${block.line}`;
}

/** The file that a block is, if it is one. */
export function fileOf(block: Block): string | undefined {
  return block.words.find((word) => word.includes('.'));
}

const importStatement = /^import\s[^;]*?['"][^'"\n]+['"];\n/gm;

export function snippetsOf(blocks: readonly Block[]): Snippet[] {
  let imports = '';
  const snippets: Snippet[] = [];
  blocks.forEach((block, index) => {
    if (block.language !== 'ts' || fileOf(block)) return;
    const own = block.text.match(importStatement)?.join('');
    if (own) imports = own;
    const outcome = block.words.includes('fails') ? 'fails' : block.words.includes('types') ? 'types' : 'runs';
    const next = blocks[index + 1];
    const answers = outcome === 'fails' ? next?.language === 'text' : outcome === 'runs' && isYield(next);
    snippets.push({
      place: placeOf(block),
      code: own ? block.text : imports + block.text,
      outcome,
      ...(next && answers ? { expected: next } : {}),
    });
  });
  return snippets;
}

function isYield(block: Block | undefined): boolean {
  return block?.language === 'yaml' && !fileOf(block) && !block.words.includes('input');
}

export function programOf(blocks: readonly Block[]): Program {
  const files = new Map<string, string>();
  const before = new Map<string, string>();
  const dist: Block[] = [];
  const parts: Block[] = [];
  const runs: { commands: Block; output: Block }[] = [];
  blocks.forEach((block, index) => {
    const file = fileOf(block);
    const next = blocks[index + 1];
    if (file && /^(dist|clusters)\//.test(file)) (block.words.includes('part') ? parts : dist).push(block);
    else if (file) (block.words.includes('before') ? before : files).set(file, block.text);
    else if (block.language === 'sh' && next?.language === 'text') runs.push({ commands: block, output: next });
  });
  return { files, before, dist, parts, runs };
}

/** The commands of a shell block: a line each, without prompt, comment and continuation. */
export function commands(block: Block): string[] {
  return block.text
    .replaceAll(/\s*\\\n\s*/g, ' ')
    .split('\n')
    .map((line) =>
      line
        .replace(/^\$ /, '')
        .replace(/(^|\s+)#.*$/, '')
        .trim(),
    )
    .filter(Boolean);
}

/** Whether `text` has the lines of `part` together, whatever they are indented by as a whole. */
export function hasPart(text: string, part: string): boolean {
  const indentOf = (line: string) => line.length - line.trimStart().length;
  const wanted = part.trimEnd().split('\n');
  const least = Math.min(...wanted.filter((line) => line.trim()).map(indentOf));
  const all = text.split('\n');
  return all.some((line, start) => {
    const by = ' '.repeat(Math.max(0, indentOf(line) - indentOf(wanted[0] ?? '') + least));
    return wanted.every((want, index) => (want.trim() ? by + want.slice(least) : '') === all[start + index]);
  });
}
