// The images that a program writes, beside what its lock says of them.
import type { ImageUse } from '../../synth/images/images';
import type { LockEntry } from './lock-file';

/** An image in one environment of a program. */
export interface UsedImage {
  /** As the program writes it. */
  readonly image: string;
  /** The environment's name; '' for none. */
  readonly environment: string;
  /** What is locked for it there. @default - nothing */
  readonly entry?: LockEntry;
  /** The constructs that write it; none where only the lock has it. */
  readonly usedBy: readonly string[];
}

/** All images that are used or locked, by environment and name. */
export function usedImages(uses: readonly ImageUse[], entries: readonly LockEntry[]): UsedImage[] {
  const byKey = new Map<string, ImageUse[]>();
  for (const use of uses) {
    const key = `${use.environment}\n${use.image}`;
    const others = byKey.get(key);
    if (others) others.push(use);
    else byKey.set(key, [use]);
  }
  const found = [...byKey.values()].map((same): UsedImage => {
    const [{ image, environment }] = same as [ImageUse];
    const entry = isPinned(image) ? undefined : entryFor(image, environment, entries);
    return { image, environment, ...(entry && { entry }), usedBy: [...new Set(same.map((use) => use.constructPath))] };
  });
  const met = new Set(found.map(({ entry }) => entry));
  const rest = entries.filter((entry) => !met.has(entry));
  const unused = rest.map((entry) => ({ image: entry.written, environment: entry.environment, entry, usedBy: [] }));
  return [...found, ...unused].sort((a, b) =>
    `${a.environment}\n${a.image}` < `${b.environment}\n${b.image}` ? -1 : 1,
  );
}

/** Whether a program says itself which image it means. */
export function isPinned(image: string): boolean {
  return image.includes('@');
}

/** What is locked for an image: in its environment, in those around that one, for all. */
export function entryFor(image: string, environment: string, entries: readonly LockEntry[]): LockEntry | undefined {
  for (let scope = environment; ; scope = scope.slice(0, Math.max(0, scope.lastIndexOf('/')))) {
    const entry = entries.find((one) => one.environment === scope && one.written === image);
    if (entry || scope === '') return entry;
  }
}
