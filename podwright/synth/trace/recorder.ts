import { KEY, VALUE } from './sites';

/** What a site is made to yield instead of its own value in one run. */
export type Change = (value: unknown) => unknown;

/** What a value has to be to be told from others: text, a number or a boolean. */
export type Scalar = string | number | boolean;

export function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** The most values that are kept of one site: one in a long loop has as many as it has rounds. */
const KEPT = 100;

/** What the sites of a running program yield: seen, and changed where a run asks for it. */
export class Recorder {
  /** The values that each site had, in the order in which the sites were reached first. */
  readonly seen = new Map<number, Set<Scalar>>();
  private changes: ReadonlyMap<number, Change> = new Map();

  /** Puts the recorder where the instrumented text finds it. */
  install(): void {
    const place = globalThis as unknown as Record<string, unknown>;
    place[VALUE] = (site: number, value: unknown) => this.pass(site, value);
    place[KEY] = (site: number, key: string) => this.pass(site, key);
  }

  /** Makes sites yield something else from now on. */
  change(changes: ReadonlyMap<number, Change>): void {
    this.changes = changes;
  }

  /** A value on its way through a site. */
  pass(site: number, value: unknown): unknown {
    const change = this.changes.get(site);
    if (change) return change(value);
    if (isScalar(value)) {
      const values = this.seen.get(site);
      if (!values) this.seen.set(site, new Set([value]));
      else if (values.size < KEPT) values.add(value);
    }
    return value;
  }
}
