// What is nearest to an object that is not there.
import { nearest } from '../report/nearest';
import { type Mismatch, mismatches, shown } from './match';
import { nameOf } from './relations';
import type { SourceObject } from './source';

/** An object that is looked for. */
export interface Sought {
  readonly kind: string;
  /** A part of it. */
  readonly pattern: object;
  /** As the test said it. */
  readonly text: string;
}

/** What is looked for by a kind and a name (`web`, `ml/web`) or a part of the object. */
export function sought(kind: string, where: unknown): Sought {
  if (where === undefined) return { kind, pattern: {}, text: '' };
  if (typeof where !== 'string') return { kind, pattern: where as object, text: ` with ${shown(where)}` };
  const [name, namespace] = where.split('/').reverse();
  const metadata = { name, ...(namespace !== undefined && { namespace }) };
  return { kind, pattern: { metadata }, text: ` named ${where}` };
}

const SHOWN = 3;

/** Says what was found in place of what was expected: the nearest objects of the kind, else the kinds that there are. */
export function candidates(all: readonly SourceObject[], wanted: Sought, found: number, expected: string): string {
  const { kind, pattern, text } = wanted;
  const head = `expected ${expected} ${kind}${text}, found ${found === 0 ? 'none' : found}`;
  const short = kind.replace(/^.*\//, '');
  const ofKind = all.filter(({ value }) => value.kind === short);
  if (ofKind.length === 0) {
    const kinds = new Map<string, number>();
    for (const { value } of all) kinds.set(value.kind, (kinds.get(value.kind) ?? 0) + 1);
    if (kinds.size === 0) return `${head}: there are no objects`;
    const meant = nearest(short, kinds.keys());
    const list = [...kinds].map(([name, count]) => `${count} ${name}`).join(', ');
    return `${head}; there are ${list}${meant ? `. Did you mean ${meant}?` : ''}`;
  }
  const compared = ofKind.map((object) => ({ object, wrong: mismatches(pattern, object.value) }));
  const order = found === 0 ? [...compared].sort((a, b) => a.wrong.length - b.wrong.length) : compared;
  const these = found === 0 ? order : order.filter(({ wrong }) => wrong.length === 0);
  const lines = these
    .slice(0, SHOWN)
    .flatMap(({ object, wrong }) => [
      `  ${nameOf(object.value)}${object.origin ? ` (${object.origin})` : ''}`,
      ...wrong.map(line),
    ]);
  const more = these.length > SHOWN ? [`  and ${these.length - SHOWN} more`] : [];
  return `${head}; ${found === 0 ? 'the nearest' : 'they are'}:\n${[...lines, ...more].join('\n')}`;
}

function line({ pointer, expected, actual }: Mismatch): string {
  return `    ${pointer || 'it'}: expected ${expected}, got ${actual}`;
}
