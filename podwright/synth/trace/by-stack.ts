import { readFileSync } from 'node:fs';
import type { Finding, SourcePlace } from '../../report/finding';
import { callPlace } from './calls';
import { candidates } from './candidates';
import { instrument } from './instrument';
import type { Observation } from './observe';
import { placeAround, siteOf } from './place';
import type { Scalar } from './recorder';
import { Sites } from './sites';
import { questOf, type Target } from './target';

/**
 * The places of findings where the program cannot be run again, as in a test: the literal of the finding's value and
 * name in the files that made the construct, the nearest after its call; else the call.
 */
export function placesByStack(observation: Observation): ReadonlyMap<Finding, SourcePlace> {
  const texts = new Map<string, Sites>();
  const places = new Map<Finding, SourcePlace>();
  for (const finding of observation.findings) {
    const quest = questOf(finding, observation);
    const frames = observation.constructs.find(({ order }) => order !== undefined && order === quest.order)?.frames;
    if (!frames) continue;
    const files = [...new Set(frames.map(({ file }) => file))];
    const sites = new Sites();
    for (const file of files) {
      const own = texts.get(file) ?? sitesOf(file);
      texts.set(file, own);
      sites.all.push(...own.all);
    }
    const cause = (target: Target) => nearest(target, sites, frames);
    const [site] = quest.exact.flatMap((target) => sites.all[cause(target) ?? -1] ?? []);
    const place = (site && siteOf(site)) ?? placeAround(quest, cause, sites) ?? callPlace(frames);
    if (place) places.set(finding, place);
  }
  return places;
}

/** Of the sites that say what a target is, those of its name first, the one that follows a line of its making closest. */
function nearest(target: Target, sites: Sites, frames: readonly SourcePlace[]): number | undefined {
  const seen = new Map<number, ReadonlySet<Scalar>>();
  sites.all.forEach(({ value }, id) => {
    if (value !== undefined) seen.set(id, new Set([value]));
  });
  const isSame = (id: number) => {
    const site = sites.all[id];
    return target.kind === 'message' ? site?.key === target.key : site?.value === target.value;
  };
  const distance = (id: number): number => {
    const { file = '', line = 0 } = sites.all[id] ?? {};
    const after = frames.filter((frame) => frame.file === file).map((frame) => line - frame.line);
    return Math.min(...after.map((lines) => (lines < 0 ? FAR - lines : lines)));
  };
  const same = candidates(target, sites, { seen }).filter(isSame);
  const named = same.filter((id) => sites.all[id]?.key === target.key);
  return (named.length > 0 ? named : same).sort((a, b) => distance(a) - distance(b))[0];
}

/** Further than any line after the call: a line before it. */
const FAR = 1_000_000;

function sitesOf(file: string): Sites {
  const sites = new Sites();
  try {
    instrument(readFileSync(file, 'utf8'), file, sites);
  } catch {
    // A text that is gone has no places.
  }
  return sites;
}
