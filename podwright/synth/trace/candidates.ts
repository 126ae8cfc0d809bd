import type { Scalar } from './recorder';
import type { Site, Sites } from './sites';
import type { Target } from './target';

/** The most sites that are tried for one target. */
const TRIED = 16;

/** The values that sites had: as the recorder has seen them, or as their text says. */
export interface Seen {
  readonly seen: ReadonlyMap<number, ReadonlySet<Scalar>>;
}

/** The sites that a target may come from, the most likely first: by what they yielded, and by the property's name. */
export function candidates(target: Target, sites: Sites, recorder: Seen): number[] {
  const scored: [number, number][] = [];
  for (const [id, values] of recorder.seen) {
    const site = sites.all[id] as Site;
    const score = scoreOf(target, site, values);
    if (score > 0) scored.push([id, score]);
  }
  // Of equals the one that was reached first: it is the nearer to where the value comes from.
  const ids = scored.sort(([, a], [, b]) => b - a).map(([id]) => id);
  const tried = ids.slice(0, TRIED);
  // Many a literal is true or 1: the property of that name is tried after those in any case.
  const named = ids.slice(TRIED).find((id) => sites.all[id]?.key !== undefined && sites.all[id]?.key === target.key);
  return named === undefined ? tried : [...tried, named];
}

function scoreOf(target: Target, site: Site, values: ReadonlySet<Scalar>): number {
  const isNamed = site.key !== undefined && site.key === target.key;
  if (target.kind === 'key') {
    // The name of a label may be an argument.
    return site.kind === 'key' ? (isNamed ? 10 : 0) : site.kind === 'literal' && values.has(target.value) ? 8 : 0;
  }
  let likeness = 0;
  for (const value of values) likeness = Math.max(likeness, alike(target, value));
  // A value may be computed: seconds of minutes, bytes of mebibytes.
  if (likeness === 0 && !(isNamed && site.kind === 'literal')) return 0;
  if (site.kind === 'key') return isNamed && target.kind === 'message' ? 1 : likeness < 8 ? 0 : 6;
  return likeness + (isNamed ? 4 : 0) + (site.kind === 'literal' ? 5 : 0);
}

/** The numbers of a program: where nothing is alike, one of them may have been computed with. */
export function numbers(sites: Sites, recorder: Seen): number[] {
  const isNumber = ([id, values]: [number, ReadonlySet<Scalar>]) => {
    return sites.all[id]?.kind === 'literal' && [...values].some((value) => typeof value === 'number');
  };
  return [...recorder.seen].filter(isNumber).map(([id]) => id);
}

/** How much the values of a target and of a site are alike, up to 8 for the same. */
function alike({ kind, value, steps }: Target, other: Scalar): number {
  if (kind === 'message') {
    // A patch that does not fit has its path in the program.
    if (steps.length > 0 && other === `/${steps.join('/')}`) return 8;
    const text = typeof other === 'string' ? JSON.stringify(other) : String(other);
    if (String(value).includes(`got ${text};`)) return 8;
    return typeof other === 'string' && other.length > 1 && String(value).includes(other) ? 3 : 0;
  }
  if (value === other) return 8;
  if (typeof value === 'boolean' || typeof other === 'boolean') return String(value) === String(other) ? 5 : 0;
  const [whole, part] = [String(value), String(other)];
  if (whole === part) return 6;
  if (part.length === 0 || whole.length === 0) return 0;
  if (whole.includes(part)) return 2 + (2 * part.length) / whole.length;
  if (part.includes(whole)) return 1;
  // Names are made of ids, titles and paths: letters and digits are what is left of them.
  const [core, piece] = [coreOf(whole), coreOf(part)];
  return piece.length > 2 && core.includes(piece) ? 1 : 0;
}

function coreOf(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '');
}
