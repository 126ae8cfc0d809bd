// Divides the objects of a program into charts, and finds what all objects of a chart have in common.
import { basename, dirname } from 'node:path';
import { grouped } from './groups';
import { dashed, unique } from './names';
import { type Any, at } from './path';
import type { Source } from './sources';

/** The objects of one chart. */
export interface ChartSources {
  /** The chart's id, which is its file's name too. */
  readonly name: string;
  readonly sources: readonly Source[];
}

/** A chart with more objects than this is divided further where the objects say by what. */
const MANY = 20;

/** The charts of a program: one a file; of a stream, one a Helm chart, a namespace or an application. */
export function chartsOf(sources: readonly Source[]): ChartSources[] {
  const taken = new Set<string>();
  const charts: ChartSources[] = [];
  for (const [file, own] of grouped(sources, ({ file }) => file)) {
    const stem = stemOf(file);
    for (const [part, group] of partsOf(own)) {
      const folder = dashed(basename(dirname(file)));
      const name = dashed(part) || stem;
      const full = taken.has(name) && folder !== '' ? `${folder}-${name}` : name;
      charts.push({ name: unique(full, taken), sources: group });
    }
  }
  return charts;
}

/** What synthesis adds to a chart's name, for its kind of file and for the order of files, is none of the name. */
function stemOf(file: string): string {
  const stem = basename(file)
    .replace(/\.(ya?ml|json|jsonl|ndjson)$/i, '')
    .replace(/\.k8s$/, '')
    .replace(/^(0-)+(?=.)/, '');
  return dashed(stem) || 'main';
}

/** The parts of a file by their names; '' is named after the file. */
function partsOf(sources: readonly Source[]): Map<string, Source[]> {
  const charts = grouped(sources, helmChart);
  if (charts.size > 1 || !charts.has('')) return charts;
  if (sources.length <= MANY && !isAcrossNamespaces(sources)) return new Map([['', [...sources]]]);
  const parts = new Map<string, Source[]>();
  const namespaces = grouped(sources, namespaceOf);
  for (const [namespace, own] of namespaces) {
    const name = namespaces.size > 1 ? namespace : '';
    const apps = own.length > MANY ? grouped(own, appOf) : new Map([['', own]]);
    for (const [app, group] of apps) {
      // One object does not make an application: it stays with what is beside it.
      const part = group.length === 1 ? name : [name, app].filter(Boolean).join('-');
      parts.set(part, [...(parts.get(part) ?? []), ...group]);
    }
  }
  return parts;
}

/** The Helm chart that an object was rendered from, as `helm template` says above it. */
function helmChart({ comments }: Source): string {
  for (const line of comments) {
    const path = /^Source: (\S+)$/.exec(line)?.[1];
    if (path) return [...path.matchAll(/(?:^|\/charts\/)([^/]+)(?=\/)/g)].at(-1)?.[1] ?? '';
  }
  return '';
}

/** A list of several namespaces' objects, as `kubectl get --all-namespaces` gives it. */
function isAcrossNamespaces(sources: readonly Source[]): boolean {
  return sources.every(({ isItem }) => isItem) && new Set(sources.map(namespaceOf)).size > 1;
}

function namespaceOf({ object }: Source): string {
  return object.kind === 'Namespace' ? object.metadata.name : (object.metadata.namespace ?? '');
}

const APP_LABELS = [
  'app.kubernetes.io/instance',
  'app.kubernetes.io/name',
  'app.kubernetes.io/part-of',
  'app',
  'k8s-app',
];

function appOf({ object }: Source): string {
  const labels: Any = object.metadata.labels ?? {};
  const templated: Any = at(object, 'spec', 'template', 'metadata', 'labels') ?? {};
  for (const label of APP_LABELS) if (typeof labels[label] === 'string') return labels[label];
  for (const label of APP_LABELS) if (typeof templated[label] === 'string') return templated[label];
  return '';
}
