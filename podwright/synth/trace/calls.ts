import { readFileSync } from 'node:fs';
import { sep } from 'node:path';
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
    // A stack is only written out when somebody asks for it.
    const making = {
      order: this.count++,
      get frames() {
        return framesOf(error.stack ?? '', isOwn);
      },
    };
    this.makings.set(construct, making);
  }
}

/** How deep in its program a construct may be made. */
const DEPTH = 100;

function framesOf(stack: string, isOwn: (file: string) => boolean): SourcePlace[] {
  const frames: SourcePlace[] = [];
  for (const match of stack.matchAll(/^ {4}at (?:.*? \()?((?:file:|\/|[A-Za-z]:\\).*?):(\d+):(\d+)\)?$/gm)) {
    const [, name = '', line, column] = match;
    const file = name.startsWith('file:') ? fileURLToPath(name) : name;
    if (isOwn(file)) frames.push({ file, line: Number(line), column: Number(column) });
  }
  return frames;
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

function lineOf({ file, line }: SourcePlace): string {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/, line)[line - 1] ?? '';
  } catch {
    return '';
  }
}
