import { formatImage, type ImageReference, parseImage } from '../../api/image';
import type { Finding, Severity, SourcePlace } from '../../report/finding';
import { concurrently } from './concurrently';
import type { LockEntry } from './lock-file';
import { AT_ONCE } from './pin';
import { membersOf, publishedImage } from './published-image';
import type { Registries } from './registries';
import { RegistryError } from './registry-error';
import { isPinned, type UsedImage } from './used-images';

/** What is wrong with the images of a program and its lock, and what could not be found out. */
export interface Verdict {
  readonly findings: readonly Finding[];
  readonly errors: readonly Error[];
  /** How many locked images were found to be what they are said to be. */
  readonly verified: number;
}

/**
 * Asks the registries whether each locked image is there, is what its digest says and has the user that is recorded, and
 * what its tag means now.
 *
 * @param lockName what the lock is called in messages
 */
export async function verify(images: readonly UsedImage[], registries: Registries, lockName: string): Promise<Verdict> {
  const unlocked = images.filter(({ image, entry }) => !entry && !isPinned(image));
  const missing = unlocked.map(({ image, environment, usedBy }) => ({
    ...finding('images/unpinned', 'error', `${image} is not in ${lockName}`, `npx podwright images pin ${image}`),
    constructPath: environment === '' ? usedBy[0] : (usedBy[0] ?? environment),
  }));
  const unused = images.flatMap(({ entry, usedBy }) =>
    entry && usedBy.length === 0
      ? [
          finding(
            'images/unused',
            'warning',
            `${entry.written}: the program writes no such image`,
            'Remove it',
            entry.place,
          ),
        ]
      : [],
  );
  const errors: Error[] = [];
  const entries = [...new Set(images.flatMap(({ entry }) => entry ?? []))];
  const found = await concurrently(entries, AT_ONCE, async (entry) => {
    try {
      return await entryFindings(entry, registries);
    } catch (error) {
      errors.push(error as Error);
      return undefined;
    }
  });
  const verified = found.filter((findings) => findings?.every(({ severity }) => severity !== 'error')).length;
  return { findings: [...missing, ...unused, ...found.flatMap((findings) => findings ?? [])], errors, verified };
}

async function entryFindings(entry: LockEntry, registries: Registries): Promise<Finding[]> {
  const { written, image: locked, place } = entry;
  const mend = `npx podwright images pin ${entry.environment === '' ? '' : `--environment ${entry.environment} `}${written}`;
  const image = parseImage(locked ?? '');
  if (!image?.digest)
    return [
      finding('images/unpinned', 'error', `${written}: has no digest, got ${JSON.stringify(locked)}`, mend, place),
    ];
  let user: number | string | undefined;
  try {
    ({ user } = await publishedImage(registries, { ...image, tag: undefined }));
  } catch (error) {
    if (!(error instanceof RegistryError) || error.status !== 404) throw error;
    return [
      finding('images/gone', 'error', `${written}: ${formatImage(image)} is gone from its registry`, mend, place),
    ];
  }
  const findings = await tagFindings(entry, image, registries, mend);
  if (user !== entry.user) {
    const message = `${written}: the image's user is ${user ?? 'not known'}, and recorded is ${entry.user ?? 'none'}`;
    findings.push(finding('images/user', 'error', message, mend, place));
  }
  return findings;
}

/** What is to be said of the tag, which may mean another image by now. */
async function tagFindings(
  { written, place }: LockEntry,
  { digest, ...image }: ImageReference,
  registries: Registries,
  mend: string,
): Promise<Finding[]> {
  const { tag } = image;
  if (tag === undefined) return [];
  try {
    if ((await registries.digestOfTag(image)) === digest) return [];
    const now = await registries.manifest(image);
    if (membersOf(now)?.some((member) => member?.digest === digest)) {
      const message = `${written}: the digest is that of one platform; expected the index's, ${now.digest}`;
      return [finding('images/platform', 'error', message, mend, place)];
    }
    const message = `${written}: the tag ${tag} is another image by now, ${now.digest}`;
    return [finding('images/moved', 'warning', message, `To take it: ${mend}`, place)];
  } catch (error) {
    if (!(error instanceof RegistryError) || error.status !== 404) throw error;
    return [
      finding('images/moved', 'warning', `${written}: the tag ${tag} is gone from its registry`, undefined, place),
    ];
  }
}

function finding(ruleId: string, severity: Severity, message: string, fix?: string, source?: SourcePlace): Finding {
  return { ruleId, severity, pointer: '', message, ...(fix && { fix }), ...(source && { source }) };
}
