// What the formats of a diff have in common: its groups, and the words for each part.
import type { Confirmation, DiffReport, FieldDiff, Leaving, ObjectDiff, Outcome } from '../diff';
import type { SourcePlace } from '../finding';
import { formatIdentity, visible } from '../text';

/** What a group of objects has in common: an effect, or what becomes of them. */
export type Heading = Exclude<Outcome['effect'], 'gone'> | Leaving;

/** What headings say, what matters most first. */
export const TITLES: { readonly [H in Heading]: string } = {
  refused: 'refused by the API server',
  recreate: 'must be recreated',
  moved: 'moves to another controller',
  'deleted-with-namespace': 'deleted although marked to be kept: its namespace is',
  deleted: 'deleted from the cluster',
  'rolling-restart': 'rolling restart',
  'container-restart': 'container restarts in its pod',
  scale: 'scales',
  'until-restart': 'no effect until pods restart',
  'next-pods': 'next pods only',
  'next-run': 'next run only',
  'in-place': 'in place',
  new: 'new',
  kept: 'leaves git, kept in the cluster',
  generation: 'leaves git, kept, and used by no workload any more',
  nothing: 'nothing',
};

/** The heading of what the pods and claims take. */
export const FOOTPRINT = 'takes of the cluster';

/** Objects of one heading. */
export interface Group {
  readonly heading: Heading;
  readonly title: string;
  readonly objects: readonly ObjectDiff[];
}

/** The objects by what happens to them, what matters most first; what happens to none is left out. */
export function groupsOf({ objects }: DiffReport): Group[] {
  return (Object.keys(TITLES) as Heading[])
    .map((heading) => ({
      heading,
      title: TITLES[heading],
      objects: objects.filter((object) => headingOf(object) === heading),
    }))
    .filter((group) => group.objects.length > 0);
}

function headingOf({ effect, leaves }: ObjectDiff): Heading {
  return leaves ?? (effect === 'gone' ? 'deleted' : effect);
}

/** `Deployment team/web`, and its environment where there are several. */
export function objectName({ object, environment }: Pick<ObjectDiff, 'object' | 'environment'>): string {
  const name = formatIdentity(object);
  return environment === undefined ? name : `${name} in ${environment}`;
}

/** What happens to an object beside what its heading says, a line each, and what the API server says to that. */
export function linesOf(object: ObjectDiff): string[] {
  const more = object.outcomes.map(outcomeText).filter((text) => !PLAIN.has(text));
  return [...more, serverText(object)].filter(Boolean);
}

/** What headings say as well. */
const PLAIN = new Set(['is made', 'is deleted', 'stays in the cluster: it is marked to be kept']);

/** What one change does, in a sentence. */
export function outcomeText({ what, ends, waitsFor }: Outcome): string {
  return [what, waitsFor && `waits until ${waitsFor}`, ends && `ends ${ends}`].filter(Boolean).join('; ');
}

/** What the API server says to the prediction; '' where it was not asked. */
export function serverText({ server }: ObjectDiff): string {
  if (!server) return '';
  const verdict = VERDICTS[server.verdict];
  return server.what === undefined ? verdict : `${verdict}: ${server.what}`;
}

const VERDICTS = {
  confirmed: 'confirmed by the API server',
  contradicted: 'CONTRADICTED by the API server',
  unknown: 'the API server could not be asked',
} as const;

/** `charts/web.ts:12`. */
export function placeText({ file, line }: SourcePlace): string {
  return `${file}:${line}`;
}

/** Where an object comes from: the line of the program, else the file that it is in or was in. */
export function originText({ source, after, before }: ObjectDiff): string {
  const place = source ?? after ?? before;
  return place ? placeText(place) : '';
}

/** How long a value may be in a line. */
const LENGTH = 160;

/** A value in one line; text as it is where that is plain. */
export function valueText(value: unknown): string {
  const text = typeof value === 'string' && /^[\x20-\x7e]+$/.test(value) ? value : visible(JSON.stringify(value));
  return text.length > LENGTH ? `${text.slice(0, LENGTH)}… (${text.length} characters)` : text;
}

/** `spec.replicas: 1 -> 3`, also for a field that is new or gone. */
export function fieldText({ name, before, after }: FieldDiff): string {
  const [old, now] = [before, after].map((value) => (value === undefined ? 'nothing' : valueText(value)));
  return `${visible(name)}: ${old} -> ${now}`;
}

/** `3 objects`. */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}

/** The whole in a line. */
export function summaryText(report: DiffReport): string {
  const changed = report.objects.filter(({ effect }) => effect !== 'nothing').length;
  const same = report.unchanged + report.objects.length - changed;
  const said = `${count(changed, 'object')} changed, ${same.toLocaleString('en')} the same to the cluster`;
  const of = (verdict: Confirmation['verdict']) =>
    report.objects.filter(({ server }) => server?.verdict === verdict).length;
  const [confirmed, contradicted, unknown] = [of('confirmed'), of('contradicted'), of('unknown')];
  if (confirmed + contradicted + unknown === 0) return said;
  return `${said}; the API server confirms ${confirmed}, contradicts ${contradicted}, and could not be asked for ${unknown}`;
}

/** What is compared: `dist at 1a2b3c4 -> the program, on Kubernetes 1.37`. */
export function titleText({ before, after, version }: DiffReport): string {
  return `${before} -> ${after}, on Kubernetes ${version}`;
}
