import { parseImage } from '../../api/image';

// biome-ignore lint/suspicious/noExplicitAny: what a file holds is what is found out
type Any = any;

/** What is wrong with a lock, at the fields that lead there. */
export interface LockFault {
  readonly steps: readonly string[];
  readonly message: string;
  readonly fix?: string;
}

/** Everything that is wrong with what a lock holds. */
export function lockFaults(value: unknown): LockFault[] {
  if (value === undefined || value === null) return [];
  if (!isMapping(value)) return [{ steps: [], message: 'is no mapping; expected images, environments' }];
  return Object.entries(value).flatMap(([key, part]) => {
    if (key === 'images') return imagesFaults(part, [key]);
    if (key !== 'environments')
      return [{ steps: [key], message: `is no part of a lock, got ${quote(key)}; expected images, environments` }];
    return scopesFaults(part);
  });
}

function scopesFaults(value: unknown): LockFault[] {
  const steps = ['environments'];
  if (value === null) return [];
  if (!isMapping(value)) return [{ steps, message: 'is no mapping; expected images by the name of the environment' }];
  return Object.entries(value).flatMap(([name, images]) => imagesFaults(images, [...steps, name]));
}

function imagesFaults(value: unknown, steps: readonly string[]): LockFault[] {
  if (value === null) return [];
  if (!isMapping(value))
    return [{ steps, message: 'is no mapping; expected { image, user } by what the program writes' }];
  return Object.entries(value).flatMap(([written, one]) => imageFaults(written, one, [...steps, written]));
}

function imageFaults(written: string, one: unknown, steps: readonly string[]): LockFault[] {
  const name = parseImage(written);
  if (!name || name.digest)
    return [{ steps, message: `is no image as a program writes it, got ${quote(written)}; expected name or name:tag` }];
  if (!isMapping(one)) return [{ steps, message: `holds ${quote(one)}; expected image, and user` }];
  const other = Object.keys(one).filter((key) => key !== 'image' && key !== 'user');
  return [
    ...other.map((key) => ({ steps: [...steps, key], message: `is no field of an image; expected image, user` })),
    ...referenceFaults(written, name.tag, one.image).map((fault) => ({ ...fault, steps: [...steps, 'image'] })),
    ...(isUser(one.user)
      ? []
      : [{ steps: [...steps, 'user'], message: `is no user, got ${quote(one.user)}; expected an id or a name` }]),
  ];
}

function referenceFaults(written: string, tag: string | undefined, image: unknown): Omit<LockFault, 'steps'>[] {
  const locked = typeof image === 'string' ? parseImage(image) : undefined;
  const form = 'expected name:tag@sha256:…';
  if (!locked) return [{ message: `is no image, got ${quote(image)}; ${form}` }];
  if (!/^sha256:[0-9a-f]{64}$/.test(locked.digest ?? ''))
    return [{ message: `has no digest, got ${quote(image)}; ${form}`, fix: `npx podwright images pin ${written}` }];
  if (tag === undefined || locked.tag === tag) return [];
  return [
    {
      message: `has another tag than the program writes, got ${quote(image)}; expected ${tag}`,
      fix: `To let the lock choose the tag, write ${quote(written.slice(0, -tag.length - 1))} in both`,
    },
  ];
}

function isUser(user: unknown): boolean {
  return user === undefined || typeof user === 'string' || (Number.isInteger(user) && Number(user) >= 0);
}

function isMapping(value: unknown): value is { readonly [key: string]: Any } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function quote(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
