import { readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Installation } from './installation';
import { TranspileError } from './transpile';

/** A line of a program's own files that an error came through. */
interface Frame {
  /** What was called there. @default - the module itself */
  readonly name?: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * An error of a program as its author reads it: the place in the program first, the lines around it, and by which
 * lines of the program it was reached; not the toolkit's and the packages' own lines. `cwd` shortens the paths.
 */
export function describeError(error: unknown, cwd: string, installation: Installation): string {
  const text =
    error instanceof Error ? `${error.name === 'Error' ? '' : `${error.name}: `}${error.message}` : String(error);
  if (error instanceof TranspileError) {
    const frame = { file: error.file, line: error.line, column: error.column };
    return `${place(frame, cwd)}: ${error.message}\n${codeFrame(frame)}`;
  }
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const frames = ownFrames(stack, installation);
  const [first] = frames;
  // Nothing of it happened in the program's lines: all of the stack is what is known.
  if (!first) return `${stack.includes(text) ? stack : text}\n`;
  const way = frames.slice(1).map((frame) => `    at ${frame.name ? `${frame.name} ` : ''}(${place(frame, cwd)})\n`);
  return `${place(first, cwd)}: ${text}\n${codeFrame(first)}${way.join('')}`;
}

function place({ file, line }: Frame, cwd: string): string {
  const short = relative(cwd, file);
  return `${short.startsWith('..') ? file : short}:${line}`;
}

function ownFrames(stack: string, { lib }: Installation): Frame[] {
  const frames: Frame[] = [];
  // A syntax error has its place in the first line of the stack.
  const syntax = /^(\/.*|[A-Za-z]:\\.*|file:.*):(\d+)\n/.exec(stack);
  if (syntax) frames.push({ file: path(syntax[1] ?? ''), line: Number(syntax[2]), column: 1 });
  for (const match of stack.matchAll(/^ {4}at (?:(.*?) \()?((?:file:|\/|[A-Za-z]:\\).*?):(\d+):(\d+)\)?$/gm)) {
    const [, name, file = '', line, column] = match;
    frames.push({
      name: name?.startsWith('Object.<anonymous>') ? undefined : name,
      file: path(file),
      line: Number(line),
      column: Number(column),
    });
  }
  return frames.filter(({ file }) => !file.includes(`${sep}node_modules${sep}`) && !file.startsWith(lib + sep));
}

function path(file: string): string {
  return file.startsWith('file:') ? fileURLToPath(file) : file;
}

/** The line of an error between its neighbours. */
function codeFrame({ file, line }: Frame): string {
  let lines: string[];
  try {
    lines = readFileSync(file, 'utf8').split(/\r?\n/);
  } catch {
    return '';
  }
  const first = Math.max(1, line - 2);
  const shown = lines.slice(first - 1, line + 1);
  const width = String(line + 1).length;
  return shown
    .map((text, index) => {
      const number = first + index;
      return `${number === line ? '>' : ' '} ${String(number).padStart(width)} | ${text}`.trimEnd();
    })
    .concat('')
    .join('\n');
}
