// Argo CD applies one wave after another, and waits in between until all of it is healthy.
import type { ApiObject, Chart } from 'cdk8s';
import { chartOf } from '../../synth/tree';
import { roleOf } from './parts';

const WAVE = 'argocd.argoproj.io/sync-wave';

/** Annotates objects with their waves, but for the most of them, whose wave is 0, and those that have one. */
export function markWaves(objects: readonly ApiObject[], after: (chart: Chart) => readonly Chart[]): void {
  const levels = new Map<Chart, number>();
  const needed = new Set<Chart>();
  const levelOf = (chart: Chart): number => {
    const known = levels.get(chart);
    if (known !== undefined) return known;
    levels.set(chart, 0); // A circle is a fault of its own; here it only ends.
    const before = after(chart);
    for (const other of before) needed.add(other);
    const level = Math.max(0, ...before.map((other) => levelOf(other) + 1));
    levels.set(chart, level);
    return level;
  };
  const charts = new Map(objects.map((object) => [object, chartOf(object) as Chart]));
  for (const chart of charts.values()) levelOf(chart);
  const last = Math.max(0, ...levels.values()) + 1;
  for (const [object, chart] of charts) {
    const role = roleOf(object);
    const isLast = role === 'jobs' && !needed.has(chart) && object.kind !== 'PersistentVolumeClaim';
    const wave = role === 'setup' ? -1 : isLast ? last : levelOf(chart);
    if (wave === 0 || object.metadata.toJson()?.annotations?.[WAVE] !== undefined) continue;
    object.metadata.addAnnotation(WAVE, `${wave}`);
  }
}
