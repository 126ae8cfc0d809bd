import { formatImage, type ImageReference, parseImage } from '../../api/image';
import type { LockedImage } from '../../synth/images/image-lock';
import type { ImageUse } from '../../synth/images/images';
import { concurrently } from './concurrently';
import type { LockEntry, LockFile } from './lock-file';
import { publishedImage } from './published-image';
import type { Registries } from './registries';
import { isPinned } from './used-images';

/** What is to be pinned. */
export interface PinOptions {
  /** The environment whose images are meant; '' for those of all. */
  readonly environment: string;
  /** These, whether they are locked or not: an image as the program writes it, and what it is to be, if that is other. */
  readonly named: ReadonlyMap<string, string | undefined>;
  /** Whether what the tags of locked images mean now is to be locked. */
  readonly update: boolean;
}

/** What became of one image. */
export interface PinOutcome {
  readonly written: string;
  /** What was locked. @default - nothing */
  readonly before?: Partial<LockedImage>;
  /** What is now. @default - it could not be pinned */
  readonly after?: LockedImage;
  /** Why it could not. @default - it is */
  readonly error?: Error;
}

/** How many images are asked for at once. */
export const AT_ONCE = 6;

/**
 * Asks the registries for the images of a lock that are not pinned, and for those that are named, and puts them into
 * the lock; the file is not written.
 */
export async function pin(
  lock: LockFile,
  uses: readonly ImageUse[],
  registries: Registries,
  options: PinOptions,
): Promise<PinOutcome[]> {
  const { environment } = options;
  const entries = new Map(
    lock.entries().flatMap((entry) => (entry.environment === environment ? [[entry.written, entry]] : [])),
  );
  const wanted = wantedOf(entries, uses, options);
  const outcomes = await concurrently([...wanted], AT_ONCE, async ([written, reference]): Promise<PinOutcome> => {
    const before = entries.get(written);
    try {
      const image = { ...reference, tag: reference.tag ?? 'latest', digest: undefined };
      const { digest, user } = await publishedImage(registries, image);
      const after = { image: formatImage({ ...image, digest }), user };
      lock.set(environment, written, after);
      return { written, before, after };
    } catch (error) {
      return { written, before, error: error as Error };
    }
  });
  return outcomes;
}

/** What the registries are asked for, by what the program writes. */
function wantedOf(
  entries: ReadonlyMap<string, LockEntry>,
  uses: readonly ImageUse[],
  { environment, named, update }: PinOptions,
): ReadonlyMap<string, ImageReference> {
  const wanted = new Map<string, ImageReference>();
  const want = (written: string, image: string | undefined) => {
    const reference = parseImage(image ?? '') ?? parseImage(written);
    if (reference) wanted.set(written, reference);
  };
  for (const [written, image] of named) want(written, image ?? entries.get(written)?.image);
  if (named.size > 0) return wanted;
  for (const { image } of uses.filter((use) => isWithin(use.environment, environment)))
    if (!isPinned(image) && !entries.has(image)) want(image, undefined);
  for (const { written, image } of entries.values()) if (update || !isPinned(image ?? '')) want(written, image);
  return new Map([...wanted].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isWithin(environment: string, scope: string): boolean {
  return scope === '' || environment === scope || environment.startsWith(`${scope}/`);
}
