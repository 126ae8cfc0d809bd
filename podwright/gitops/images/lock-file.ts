// images.lock.yaml as it is written to: comments, marks of bots and the order of what is there stay.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Document, isMap, isScalar, LineCounter, type Pair, parseDocument, type YAMLMap } from 'yaml';
import type { SourcePlace } from '../../report/finding';
import type { LockedImage } from '../../synth/images/image-lock';

/** An entry of a lock. What it says may be wrong, or not yet said. */
export interface LockEntry {
  /** The environment's name; '' for those of all. */
  readonly environment: string;
  /** The image as a program writes it. */
  readonly written: string;
  readonly image?: string;
  readonly user?: number | string;
  readonly place: SourcePlace;
}

/** A lock that is no YAML, or holds something else than one; the message says where. */
export class LockFileError extends Error {}

const HEAD = ` The images that the program writes, each with its tag and digest. npx podwright images --help`;

/** See the head of the file. */
export class LockFile {
  private readonly document: Document;
  private readonly lines = new LineCounter();
  private changed = false;

  /**
   * @param path absolute
   * @param name what it is called in messages
   * @throws LockFileError
   */
  constructor(
    private readonly path: string,
    readonly name: string,
  ) {
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    this.document = text.trim() === '' ? new Document({}) : this.parsed(text);
    if (text.trim() === '') this.document.commentBefore = HEAD;
  }

  /** All that it says, in its order. */
  entries(): LockEntry[] {
    const environments = this.map(['environments']);
    const names = environments?.items.map(keyOf) ?? [];
    return ['', ...names].flatMap((environment) =>
      (this.map(pathOf(environment))?.items ?? []).map((pair) => this.entry(environment, pair)),
    );
  }

  /** Says what an image is, in the place of what was said of it. */
  set(environment: string, written: string, { image, user }: LockedImage): void {
    const path = [...pathOf(environment), written];
    this.changed = true;
    if (this.map(path) === undefined) this.insert(pathOf(environment), written);
    this.setScalar([...path, 'image'], image);
    if (user === undefined) this.document.deleteIn([...path, 'user']);
    else this.setScalar([...path, 'user'], user);
  }

  /** Writes what has changed. */
  save(): void {
    if (this.changed) writeFileSync(this.path, this.document.toString({ lineWidth: 0 }));
  }

  private parsed(text: string): Document {
    const document = parseDocument(text, { lineCounter: this.lines, prettyErrors: false });
    const [error] = document.errors;
    if (error) throw this.fault(error.pos[0], error.message);
    if (document.contents !== null && !isMap(document.contents))
      throw this.fault(0, 'is no mapping; expected images, environments');
    return document as Document;
  }

  private entry(environment: string, pair: Pair): LockEntry {
    const written = keyOf(pair);
    const path = [...pathOf(environment), written];
    const [image, user] = [this.document.getIn([...path, 'image']), this.document.getIn([...path, 'user'])];
    return {
      environment,
      written,
      ...(typeof image === 'string' && { image }),
      ...((typeof user === 'string' || typeof user === 'number') && { user }),
      place: this.place((pair.key as { range?: [number] }).range?.[0] ?? 0),
    };
  }

  /** A mapping; undefined where there is none yet. @throws LockFileError where something else is there */
  private map(path: readonly string[]): YAMLMap | undefined {
    const node: unknown = this.document.getIn(path, true);
    if (node === undefined || node === null || (isScalar(node) && node.value === null)) return undefined;
    if (isMap(node)) return node;
    throw this.fault((node as { range?: [number] }).range?.[0] ?? 0, `${path.join(' ')}: is no mapping`);
  }

  /** Adds a mapping, before the first that comes after it by name. */
  private insert(path: readonly string[], name: string): void {
    for (let depth = 1; depth <= path.length; depth++) {
      const part = path.slice(0, depth);
      if (this.map(part) === undefined) this.document.setIn(part, this.document.createNode({}));
    }
    const map = this.map(path) as YAMLMap;
    const at = map.items.findIndex((pair) => keyOf(pair) > name);
    const first = map.items[0]?.key;
    if (at === 0 && isScalar(first) && map.commentBefore) {
      // A comment above the first of them is taken for one of all.
      first.commentBefore = map.commentBefore;
      map.commentBefore = undefined;
    }
    map.items.splice(at < 0 ? map.items.length : at, 0, this.document.createPair(name, {}) as Pair<never, never>);
    map.flow = false;
  }

  /** A scalar that is there keeps the comment behind it: that is where bots have their marks. */
  private setScalar(path: readonly string[], value: unknown): void {
    const node: unknown = this.document.getIn(path, true);
    if (isScalar(node)) node.value = value;
    else this.document.setIn(path, value);
  }

  private fault(offset: number, message: string): LockFileError {
    const { file, line } = this.place(offset);
    return new LockFileError(`${file}:${line}: ${message}`);
  }

  private place(offset: number): SourcePlace {
    const { line, col } = this.lines.linePos(offset);
    return { file: this.name, line: Math.max(line, 1), column: Math.max(col, 1) };
  }
}

function pathOf(environment: string): string[] {
  return environment === '' ? ['images'] : ['environments', environment];
}

function keyOf({ key }: Pair): string {
  return String(isScalar(key) ? key.value : key);
}
