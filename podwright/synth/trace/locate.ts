import type { Finding, SourcePlace } from '../../report/finding';
import { callPlace } from './calls';
import { candidates, numbers } from './candidates';
import { harmless, MOST, probeOf } from './changes';
import type { Observation } from './observe';
import { ABSENT, observed, sameIn } from './observed';
import { placeAround, siteOf } from './place';
import type { Change, Recorder } from './recorder';
import type { Site, Sites } from './sites';
import { type Quest, questOf, type Target } from './target';

/** Runs the program with sites changed; undefined where it fails before it comes to its end. */
export type Run = (changes: ReadonlyMap<number, Change>) => Promise<Observation | undefined>;

/** How many runs a program is asked for: a bound, so that hundreds of findings take seconds. */
const RUNS = 150;
/** How many sites one run changes at most, and how many of them for one target. */
const BATCH = MOST;
const DEPTH = 4;
/** How many parts of a value are looked at. */
const PARTS = 8;

/**
 * Finds the places of findings by experiment: a site that may be the cause is changed, and is the cause when the
 * change arrives at the finding's field. That holds through whatever the program does with a value on its way.
 */
export class Locator {
  private runs = 0;
  private readonly queues = new Map<Target, readonly number[]>();
  private readonly parts = new Map<string, number | undefined>();
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
    await this.resolve(
      quests.flatMap(({ exact }) =>
        exact.filter((target) => typeof target.value === 'number' && !this.causes.has(target)),
      ),
      numbers(this.sites, this.recorder),
    );
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
  private async resolve(targets: readonly Target[], among?: readonly number[]): Promise<void> {
    const known = new Map<string, Target>();
    for (const target of targets) {
      const same = JSON.stringify(target);
      if (known.has(same)) continue;
      known.set(same, target);
      this.queues.set(target, among ?? candidates(target, this.sites, this.recorder));
    }
    for (let left = this.open(known.values()); left.length > 0 && this.runs < RUNS; left = this.open(known.values())) {
      await this.round(this.batch(left, among ? BATCH : DEPTH), left);
    }
    for (const target of targets) {
      const cause = this.causes.get(known.get(JSON.stringify(target)) as Target);
      if (cause !== undefined) this.causes.set(target, cause);
    }
  }

  private open(targets: Iterable<Target>): Target[] {
    return [...targets].filter((target) => !this.causes.has(target) && this.queueOf(target).length > 0);
  }

  /** The sites to change in the next run: the likeliest of each target first. */
  private batch(targets: readonly Target[], depth: number): number[] {
    const batch = new Set<number>();
    for (let rank = 0; rank < depth; rank++) {
      for (const target of targets) {
        const id = this.queueOf(target)[rank];
        if (id !== undefined && batch.size < BATCH) batch.add(id);
      }
    }
    return [...batch];
  }

  /** Changes some sites at once; those whose change arrives are causes, those that nothing follows from are not. */
  private async round(batch: readonly number[], targets: readonly Target[]): Promise<void> {
    const open = this.open(targets).filter((target) => this.queueOf(target).some((id) => batch.includes(id)));
    if (this.runs >= RUNS || open.length === 0) return;
    const probes = new Map(batch.map((id, mark) => [id, probeOf(this.recorder.seen.get(id) ?? new Set(), mark)]));
    const after = await this.try(new Map([...probes].map(([id, { change }]) => [id, change])));
    const isAlone = batch.length === 1;
    if (!after && !isAlone) {
      const half = Math.ceil(batch.length / 2);
      await this.round(batch.slice(0, half), open);
      await this.round(batch.slice(half), open);
      return;
    }
    const undecided = new Set<number>();
    for (const target of open) {
      const [before, now] = [this.baseline, after].map((one) => one && observed(target, one, this.baseline));
      const mine = this.queueOf(target).filter((id) => probes.has(id));
      const cause = mine.find(
        (id) => probes.get(id)?.shows(before, now) || (isAlone && now !== undefined && now !== before),
      );
      if (cause !== undefined) this.causes.set(target, cause);
      else if (isAlone || before === now) this.drop(target, mine);
      else for (const id of mine) undecided.add(id);
    }
    for (const id of undecided) await this.round([id], open);
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
      return siteOf(site);
    }
    return placeAround(quest, (target) => this.causes.get(target), this.sites);
  }

  /** Of a value that is put together from several, the one whose change mends it. */
  private async partOf(cause: number, { kind, value }: Target, quest: Quest): Promise<number | undefined> {
    const { isTemplate, kind: siteKind } = this.sites.all[cause] as Site;
    const isWhole = siteKind !== 'property' && !isTemplate && this.recorder.seen.get(cause)?.has(value);
    if (kind !== 'value' || typeof value !== 'string' || isWhole) return undefined;
    const { before, ruleId } = quest.finding;
    const same = JSON.stringify([cause, value, ruleId, before]);
    if (this.parts.has(same)) return this.parts.get(same);
    const wasThere = (one: unknown) => typeof before === 'string' && isPart(one, before);
    const parts = [...this.recorder.seen]
      .filter(
        ([id, values]) =>
          this.sites.all[id]?.kind === 'literal' && [...values].some((one) => isPart(one, value) && !wasThere(one)),
      )
      .slice(0, PARTS);
    const mending: number[] = [];
    for (const [id, values] of parts) if (await this.mends(id, harmless([...values][0]), quest)) mending.push(id);
    const part = mending.length === 1 ? mending[0] : undefined;
    this.parts.set(same, part);
    return part;
  }

  /** Whether a finding is gone, and its field is not, when a site is changed. */
  private async mends(site: number, change: Change, { finding, exact }: Quest): Promise<boolean> {
    const after = this.runs < RUNS ? await this.try(new Map([[site, change]])) : undefined;
    const [target] = exact;
    if (!after || !target) return false;
    const now = observed(target, after, this.baseline);
    if (now === undefined || now === ABSENT || now === observed(target, this.baseline, this.baseline)) return false;
    const { path } = sameIn(target, after.objects, this.baseline.objects) ?? {};
    return !after.findings.some(({ ruleId, pointer, constructPath }) => {
      return ruleId === finding.ruleId && pointer === finding.pointer && constructPath === path;
    });
  }

  private callOf({ order }: Quest): SourcePlace | undefined {
    if (order === undefined) return undefined;
    const frames = this.baseline.constructs.find((construct) => construct.order === order)?.frames;
    return frames && callPlace(frames);
  }
}

function isPart(part: unknown, whole: string): boolean {
  const text = typeof part === 'boolean' ? '' : String(part);
  return text.length > 0 && text !== whole && whole.includes(text);
}
