import type { Finding, SourcePlace } from '../../report/finding';
import { callPlace } from './calls';
import { candidates } from './candidates';
import { harmless, probeOf } from './changes';
import type { Observation } from './observe';
import type { Change, Recorder } from './recorder';
import type { Literal, Site, Sites } from './sites';
import { observed, type Quest, questOf, type Target } from './target';

/** Runs the program with sites changed; undefined where it fails before it comes to its end. */
export type Run = (changes: ReadonlyMap<number, Change>) => Promise<Observation | undefined>;

/** How many runs a program is asked for: a bound, so that hundreds of findings take seconds. */
const RUNS = 150;
/** How many sites one run changes. */
const BATCH = 16;

/**
 * Finds the places of findings by experiment: a site that may be the cause is changed, and is the cause when the
 * change arrives at the finding's field. That holds through whatever the program does with a value on its way.
 */
export class Locator {
  private runs = 0;
  private readonly queues = new Map<Target, number[]>();
  private readonly causes = new Map<Target, number>();

  constructor(
    private readonly baseline: Observation,
    private readonly sites: Sites,
    private readonly recorder: Recorder,
    private readonly run: Run,
  ) {}

  /** The places of the baseline's findings, as far as they can be known. */
  async locate(): Promise<Map<Finding, SourcePlace>> {
    const quests = this.baseline.findings.map((finding) => questOf(finding, this.baseline));
    await this.resolve(quests.flatMap(({ exact }) => exact));
    const open = quests.filter(({ exact }) => !exact.some((target) => this.causes.has(target)));
    await this.resolve(open.flatMap(({ around }) => around));
    const places = new Map<Finding, SourcePlace>();
    for (const quest of quests) {
      const place = (await this.placeOf(quest)) ?? this.callOf(quest);
      if (place) places.set(quest.finding, place);
    }
    return places;
  }

  /** Finds the causes of targets, many in a run. */
  private async resolve(targets: readonly Target[]): Promise<void> {
    const known = new Map<string, Target>();
    for (const target of targets) {
      const same = JSON.stringify(target);
      if (known.has(same)) continue;
      known.set(same, target);
      this.queues.set(target, candidates(target, this.sites, this.recorder));
    }
    const open = () =>
      [...known.values()].filter((target) => !this.causes.has(target) && this.queueOf(target).length > 0);
    for (let left = open(); left.length > 0 && this.runs < RUNS; left = open()) {
      await this.round([...new Set(left.map((target) => this.queueOf(target)[0] as number))].slice(0, BATCH), left);
    }
    for (const target of targets) {
      const cause = this.causes.get(known.get(JSON.stringify(target)) as Target);
      if (cause !== undefined) this.causes.set(target, cause);
    }
  }

  /** Changes some sites at once; those whose change arrives are causes, those that nothing follows from are not. */
  private async round(batch: readonly number[], targets: readonly Target[]): Promise<void> {
    if (this.runs >= RUNS || batch.length === 0) return;
    const probes = new Map(batch.map((id, mark) => [id, probeOf(this.recorder.seen.get(id) ?? new Set(), mark)]));
    const after = await this.try(new Map([...probes].map(([id, { change }]) => [id, change])));
    const isAlone = batch.length === 1;
    if (!after && !isAlone) {
      const half = Math.ceil(batch.length / 2);
      await this.round(batch.slice(0, half), targets);
      await this.round(batch.slice(half), targets);
      return;
    }
    let undecided = new Set<number>();
    for (const target of targets) {
      const before = observed(target, this.baseline);
      const now = after && observed(target, after);
      const mine = this.queueOf(target).filter((id) => probes.has(id));
      const cause = mine.find((id) => probes.get(id)?.shows(before, now) || (isAlone && after && now !== before));
      if (cause !== undefined && !this.causes.has(target)) this.causes.set(target, cause);
      else if (isAlone || before === now) this.drop(target, mine);
      else undecided = new Set([...undecided, ...mine]);
    }
    for (const id of undecided) await this.round([id], targets);
  }

  private queueOf(target: Target): readonly number[] {
    return this.queues.get(target) ?? [];
  }

  private drop(target: Target, sites: readonly number[]): void {
    this.queues.set(
      target,
      this.queueOf(target).filter((id) => !sites.includes(id)),
    );
  }

  private try(changes: ReadonlyMap<number, Change>): Promise<Observation | undefined> {
    this.runs++;
    return this.run(changes);
  }

  private async placeOf(quest: Quest): Promise<SourcePlace | undefined> {
    for (const target of quest.exact) {
      const cause = this.causes.get(target);
      if (cause === undefined) continue;
      const site = this.sites.all[(await this.partOf(cause, target, quest)) ?? cause] as Site;
      return { file: site.file, ...(site.property ?? { line: site.line, column: site.column }) };
    }
    const literal = this.around(quest);
    if (!literal) return undefined;
    const place = (quest.key !== undefined && literal.keys.get(quest.key)) || literal;
    return { file: literal.file, line: place.line, column: place.column };
  }

  /** Of a value that is put together from several, the one whose change mends it. */
  private async partOf(cause: number, target: Target, { finding, order }: Quest): Promise<number | undefined> {
    const { value } = target;
    if (target.kind !== 'value' || typeof value !== 'string') return undefined;
    const parts = [...this.recorder.seen]
      .filter(
        ([id, values]) =>
          id !== cause && this.sites.all[id]?.kind === 'literal' && [...values].some((part) => isPart(part, value)),
      )
      .slice(0, 8);
    const mended: number[] = [];
    for (const [id, values] of parts) {
      if (this.runs >= RUNS) return undefined;
      const [first] = values;
      const after = await this.try(new Map([[id, harmless(first)]]));
      const now = after && observed(target, after);
      const object = after?.objects.find((one) => one.order === order);
      if (!after || now === undefined || now === JSON.stringify(value)) continue;
      const isLeft = after.findings.some(
        ({ ruleId, pointer, constructPath }) =>
          ruleId === finding.ruleId && pointer === finding.pointer && constructPath === object?.path,
      );
      if (!isLeft) mended.push(id);
    }
    return mended.length === 1 ? mended[0] : undefined;
  }

  /** The object literal that most of what is around comes from. */
  private around({ around }: Quest): Literal | undefined {
    const counts = new Map<Literal, number>();
    for (const target of around) {
      const cause = this.causes.get(target);
      const object = cause === undefined ? undefined : this.sites.all[cause]?.object;
      if (object) counts.set(object, (counts.get(object) ?? 0) + 1);
    }
    let best: Literal | undefined;
    for (const [object, count] of counts) if (count > (best ? (counts.get(best) ?? 0) : 0)) best = object;
    return best;
  }

  private callOf({ order }: Quest): SourcePlace | undefined {
    if (order === undefined) return undefined;
    const frames = this.baseline.constructs.find((construct) => construct.order === order)?.frames;
    return frames && callPlace(frames);
  }
}

function isPart(part: unknown, whole: string): boolean {
  return typeof part === 'string' && part.length > 0 && part !== whole && whole.includes(part);
}
