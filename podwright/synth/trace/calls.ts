import { readFileSync } from 'node:fs';
import { isAbsolute, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type IConstruct, Node } from 'constructs';
import type { SourcePlace } from '../../report/finding';

/** The lines of the program that a construct was made by, the innermost first, and when. */
export interface Making {
  /** The constructs that were made before it since the tracing began. */
  readonly order: number;
  readonly frames: readonly SourcePlace[];
}

/** Where constructs are made, while it is on. */
export class Calls {
  private makings = new WeakMap<IConstruct, Making>();
  private count = 0;
  private isOn = false;

  /** @param isOwn whether a file is the program's: not a package's and not the toolkit's */
  constructor(private readonly isOwn: (file: string) => boolean) {}

  /** Notes each construct that is made from now on, numbered from 0 again. */
  restart(): void {
    this.makings = new WeakMap();
    this.count = 0;
    this.start();
  }

  /** Notes each construct that is made from now on. */
  start(): void {
    if (this.isOn) return;
    this.isOn = true;
    const prototype = Node.prototype as unknown as { addChild(child: IConstruct, name: string): void };
    const { addChild } = prototype;
    const note = (child: IConstruct) => this.note(child);
    prototype.addChild = function (child, name) {
      note(child);
      return addChild.call(this, child, name);
    };
  }

  of(construct: IConstruct): Making | undefined {
    return this.makings.get(construct);
  }

  private note(construct: IConstruct): void {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = DEPTH;
    const error = new Error();
    Error.stackTraceLimit = stackTraceLimit;
    const { isOwn } = this;
    let known: readonly SourcePlace[] | undefined;
    // A stack is only read when somebody asks for it.
    const making = {
      order: this.count++,
      get frames() {
        known ??= framesOf(error, isOwn);
        return known;
      },
    };
    this.makings.set(construct, making);
  }
}

/** How deep in its program a construct may be made. */
const DEPTH = 100;

/** The lines of the program in a stack, which has not been asked for before. */
function framesOf(error: Error, isOwn: (file: string) => boolean): SourcePlace[] {
  let frames: SourcePlace[] = [];
  const { prepareStackTrace } = Error;
  // Of the many calls that are a package's nobody needs the line, and working it out is what takes time.
  Error.prepareStackTrace = (_, calls) => {
    frames = calls.flatMap((call) => {
      const name = call.getFileName() ?? '';
      const file = name.startsWith('file:') ? fileURLToPath(name) : name;
      if (!isAbsolute(file) || !isOwn(file)) return [];
      return [{ file, line: call.getLineNumber() ?? 1, column: call.getColumnNumber() ?? 1 }];
    });
    return '';
  };
  try {
    void error.stack;
    return frames;
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}

/** Whether a file is the program's own: of no package, and not of the toolkit. */
export function ownFiles(lib: string): (file: string) => boolean {
  return (file) => !file.includes(`${sep}node_modules${sep}`) && !file.startsWith(lib + sep);
}

/**
 * The call that makes a construct: the innermost `new` of the program's lines, before the `super` of a class; where
 * there is none, as with a method that makes one, the innermost line.
 */
export function callPlace(frames: readonly SourcePlace[]): SourcePlace | undefined {
  const texts = frames.map((frame) => ({ ...frame, text: lineOf(frame) }));
  const call = texts.find(({ text }) => /\bnew\b/.test(text)) ?? texts[0];
  if (!call) return undefined;
  const at = call.text.search(/\bnew\b/);
  return { file: call.file, line: call.line, column: (at < 0 ? Math.max(0, call.text.search(/\S/)) : at) + 1 };
}

/** The lines of files that were asked for one, in this process: a program does not change while it runs. */
const texts = new Map<string, readonly string[]>();

function lineOf({ file, line }: SourcePlace): string {
  const lines = texts.get(file) ?? linesOf(file);
  texts.set(file, lines);
  return lines[line - 1] ?? '';
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/);
  } catch {
    return [];
  }
}
