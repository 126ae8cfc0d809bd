// What `podwright images` does, once it is known which images the program has.
import { relative, resolve } from 'node:path';
import { LockFile } from '../gitops/images/lock-file';
import { type PinOptions, type PinOutcome, pin } from '../gitops/images/pin';
import type { Registries } from '../gitops/images/registries';
import { type UsedImage, usedImages } from '../gitops/images/used-images';
import { verify } from '../gitops/images/verify';
import { textTable } from '../report/table';
import { formatFindings } from '../report/text';
import { type ImageUse, LOCK } from '../synth/images/images';
import { type CommandContext, CommandError, EXIT } from './command';

/** A lock, and the images of the Apps that read it. */
export interface ProgramLock {
  readonly file: LockFile;
  readonly uses: readonly ImageUse[];
  /** In the environment that is asked for, with those that only the lock has. */
  readonly images: readonly UsedImage[];
}

/**
 * The locks of a program; the one that it would have, where it has no images.
 * @param environment whose images are meant @default - those of all
 * @throws CommandError for an environment that is neither in the program nor in a lock, LockFileError
 */
export function locksOf(all: readonly ImageUse[], environment: string | undefined, cwd: string): ProgramLock[] {
  const paths = new Set(all.length > 0 ? all.map(({ lock }) => lock) : [resolve(cwd, LOCK)]);
  const locks = [...paths].map((path) => {
    const file = new LockFile(path, relative(cwd, path).replaceAll('\\', '/'));
    const uses = all.filter(({ lock }) => lock === path);
    return { file, uses, images: usedImages(uses, file.entries()) };
  });
  if (environment === undefined) return locks;
  const known = [...new Set(locks.flatMap(({ images }) => images.flatMap((image) => scopesOf(image.environment))))];
  if (!known.includes(environment)) {
    const expected = known.length > 0 ? known.sort().join(', ') : 'none: the program has no environments';
    throw new CommandError(`option '--environment': got ${JSON.stringify(environment)}; expected ${expected}`);
  }
  return locks.map((lock) => ({
    ...lock,
    images: lock.images.filter((image) => scopesOf(image.environment).includes(environment)),
  }));
}

/** `eu/prod` is in `eu`. */
function scopesOf(environment: string): string[] {
  return environment === '' ? [] : environment.split('/').map((_, at, parts) => parts.slice(0, at + 1).join('/'));
}

/** Prints the images, and what is locked for each. */
export function listImages(
  locks: readonly ProgramLock[],
  format: 'text' | 'json',
  { stdout, stderr }: CommandContext,
): number {
  const images = locks.flatMap((lock) => lock.images);
  if (format === 'json') stdout.write(`${JSON.stringify(images.map(asData), undefined, 2)}\n`);
  else if (images.length === 0) stderr.write('the program has no images\n');
  else stdout.write(table(images));
  return EXIT.fine;
}

function asData({ image, environment, entry, usedBy }: UsedImage): object {
  const { image: locked, user } = entry ?? {};
  return {
    ...(environment !== '' && { environment }),
    image,
    ...(locked !== undefined && { locked }),
    ...(user !== undefined && { user }),
    usedBy,
  };
}

function table(images: readonly UsedImage[]): string {
  const named = images.some(({ environment }) => environment !== '');
  const rows = [
    ['IMAGE', 'LOCKED', 'USER', 'USED BY'],
    ...images.map(({ image, entry, usedBy: [first, ...others] }) => [
      image,
      // Who looks at a list tells digests apart by their first digits.
      entry?.image?.replace(/(@sha256:.{12}).*/, '$1…') ?? (image.includes('@') ? 'by the program' : '-'),
      entry?.user === undefined ? '-' : String(entry.user),
      first === undefined ? '-' : `${first}${others.length > 0 ? ` and ${others.length} more` : ''}`,
    ]),
  ].map((row, at) => (named ? [at === 0 ? 'ENVIRONMENT' : images[at - 1]?.environment || '-', ...row] : row));
  return textTable(rows);
}

/** Puts digests into the locks; what cannot be pinned is told, and stays as it is. */
export async function pinImages(
  locks: readonly ProgramLock[],
  registries: Registries,
  options: PinOptions,
  { stdout, stderr }: CommandContext,
): Promise<number> {
  let failed = false;
  for (const [at, { file, uses }] of locks.entries()) {
    const isHere = (written: string) => uses.some(({ image }) => image === written);
    const isNowhere = (written: string) => !locks.some((lock) => lock.uses.some(({ image }) => image === written));
    const named = [...options.named].filter(([written]) => isHere(written) || (at === 0 && isNowhere(written)));
    if (options.named.size > 0 && named.length === 0) continue;
    const outcomes = await pin(file, uses, registries, { ...options, named: new Map(named) });
    file.save();
    const lines = outcomes.flatMap((outcome) => pinned(outcome) ?? []);
    stdout.write(lines.join(''));
    for (const { written, error } of outcomes) {
      if (error) stderr.write(`podwright images: ${written}: ${error.message}\n`);
      failed ||= error !== undefined;
    }
    const same = outcomes.filter(({ error }) => !error).length - lines.length;
    const counted = `${lines.length} ${lines.length === 1 ? 'image' : 'images'} pinned`;
    stderr.write(`${file.name}: ${counted}${same > 0 ? `, ${same} as before` : ''}\n`);
  }
  return failed ? EXIT.failure : EXIT.fine;
}

/** What was pinned, in a line; undefined where nothing is other than before. */
function pinned({ written, before, after }: PinOutcome): string | undefined {
  if (!after) return undefined;
  if (before?.image !== after.image)
    return `${written}: ${after.image}${before?.image === undefined ? '' : `, was ${before.image}`}\n`;
  return before.user === after.user
    ? undefined
    : `${written}: user ${after.user}, was ${before.user ?? 'not recorded'}\n`;
}

/** Says what is wrong with the locked images. */
export async function verifyImages(
  locks: readonly ProgramLock[],
  registries: Registries,
  { stdout, stderr }: CommandContext,
): Promise<number> {
  let status: number = EXIT.fine;
  for (const { file, images } of locks) {
    const { findings, errors, verified } = await verify(images, registries, file.name);
    stdout.write(formatFindings(findings));
    for (const { message } of errors) stderr.write(`podwright images: ${message}\n`);
    stderr.write(`${file.name}: ${verified} ${verified === 1 ? 'image' : 'images'} verified\n`);
    if (findings.some(({ severity }) => severity === 'error')) status = Math.max(status, EXIT.finding);
    if (errors.length > 0) status = EXIT.failure;
  }
  return status;
}
