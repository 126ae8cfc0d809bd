// Which image is meant by what a program writes: images.lock.yaml, a data file that bots edit and a program reads.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { Places } from '../../api/manifests/places';
import { readFast } from '../../api/manifests/read-fast';
import type { Finding } from '../../report/finding';
import { FindingsError } from '../../report/findings-error';
import type { ImageFacts } from '../../rules/facts';
import { sumOf } from '../dist/manifest';
import { lockFaults } from './lock-faults';

/** What the lock says of one image. */
export interface LockedImage {
  /** With tag and digest: `busybox:1.37@sha256:…`. */
  readonly image: string;
  /** The user that the image declares: an id, or a name. @default - not known */
  readonly user?: number | string;
}

/** Images by what a program writes for them. */
type Images = Readonly<Record<string, LockedImage>>;

/** What the file holds; what is empty in YAML is null. */
interface LockFile {
  readonly images?: Images | null;
  /** What differs in some environments, by their names. */
  readonly environments?: Readonly<Record<string, Images | null>> | null;
}

/** See the head of the file. */
export class ImageLock {
  /**
   * Reads a lock.
   * @param file an absolute path
   * @throws FindingsError with all that is wrong with it, each at its line
   */
  static read(file: string): ImageLock {
    return ImageLock.parse(readFileSync(file, 'utf8'), relative(process.cwd(), file).replaceAll('\\', '/'));
  }

  /** As {@link ImageLock.read}, of a text. @param file what it is called in messages */
  static parse(text: string, file: string): ImageLock {
    const value = contentOf(text, file);
    const faults = lockFaults(value);
    if (faults.length === 0) return new ImageLock((value ?? {}) as LockFile);
    const [places, part] = [new Places(), { file, document: 0, line: 1, text }];
    throw new FindingsError(
      faults.map(({ steps, message, fix }) =>
        fault(file, places.of(part, steps), [steps.join(' '), message].filter(Boolean).join(': '), fix),
      ),
    );
  }

  private constructor(private readonly file: LockFile) {}

  /**
   * What is locked for an image as a program writes it; undefined where nothing is.
   * @param environment its name; '' for none. What is not said for `eu/prod` is looked for in `eu`, then for all
   */
  find(written: string, environment: string): LockedImage | undefined {
    const images = this.scopes(environment).find((scope) => Object.hasOwn(scope, written));
    return images?.[written];
  }

  /** What rules may know of the images in an environment, by their locked references. */
  facts(environment: string): Readonly<Record<string, ImageFacts>> {
    const all = this.scopes(environment).reverse().flatMap(Object.values) as LockedImage[];
    return Object.fromEntries(all.flatMap(({ image, user }) => (user === undefined ? [] : [[image, { user }]])));
  }

  /** Changes with the images, not with comments. */
  get sum(): string {
    const { images, environments } = this.file;
    const lines = [['', images] as const, ...Object.entries(environments ?? {})].flatMap(([environment, scope]) =>
      Object.entries(scope ?? {}).map(([written, { image }]) => `${environment} ${written} ${image}\n`),
    );
    return sumOf(lines.sort().join(''));
  }

  /** The innermost first. */
  private scopes(environment: string): Images[] {
    const { images, environments } = this.file;
    const names = environment === '' ? [] : environment.split('/').map((_, at, all) => all.slice(0, at + 1).join('/'));
    const own = names.reverse().map((name) => Object.entries(environments ?? {}).find(([key]) => key === name)?.[1]);
    return [...own, images].filter((scope) => scope !== undefined && scope !== null);
  }
}

/** @throws FindingsError for text that is no YAML */
function contentOf(text: string, file: string): unknown {
  // Bots' marks are comments behind a value, which the fast reader leaves to the whole one; no image has a '#'.
  const fast: unknown = readFast(text.replace(/[ \t]+#.*$/gm, ''));
  if (fast !== undefined) return fast;
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false, logLevel: 'silent' });
  const [error] = document.errors;
  if (error) {
    const { line, col } = lineCounter.linePos(error.pos[0]);
    throw new FindingsError([fault(file, { line, column: col }, `is no YAML: ${error.message}`)]);
  }
  try {
    return document.toJS();
  } catch (error) {
    // An alias of an anchor that is not there, which is found only now, or of far too much.
    throw new FindingsError([fault(file, { line: 1, column: 1 }, `is no YAML: ${(error as Error).message}`)]);
  }
}

function fault(file: string, place: { line: number; column: number }, message: string, fix?: string): Finding {
  const source = { file, ...place };
  return { ruleId: 'synth/images-lock', severity: 'error', pointer: '', message, source, ...(fix && { fix }) };
}
