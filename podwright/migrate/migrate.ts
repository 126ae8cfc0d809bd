// From objects that were read to programs that say them, with the proof that they do.
import type { Manifests } from '../api/manifests/read';
import type { Finding } from '../report/finding';
import { FindingsError } from '../report/findings-error';
import { chartsOf } from './charts';
import { compose } from './compose';
import { contextOf } from './context';
import { importsOf } from './crds';
import { evaluate } from './evaluate';
import { Items } from './items';
import { Kinds } from './kinds';
import { pascal } from './names';
import { type Any, nameOf } from './path';
import { type ChartModule, chartText } from './print/chart';
import { type MainChart, mainText } from './print/main';
import { divide } from './programs';
import { compare, objectsOf, type Proof } from './prove';
import { type OutsideSecret, outsideSecret } from './secrets';
import { type Fault, type Skipped, type Source, sourcesOf } from './sources';

/** A program that was made. */
export interface MigratedProgram {
  /** Its folder below that of the migration; '' where there is one program. */
  readonly name: string;
  /** Texts by path below the program's folder. */
  readonly files: ReadonlyMap<string, string>;
  readonly charts: number;
  readonly objects: number;
  readonly proof: Proof;
  /** What the rules find wrong with the objects, which they were before. */
  readonly findings: readonly Finding[];
  /** Why the program cannot be run. @default - it can */
  readonly failure?: string;
}

/** What a class did not take, and so is said without types. */
export interface Untyped {
  readonly name: string;
  /** The pointer to what the class does not take. @default - there is no class for the kind */
  readonly pointer?: string;
}

/** What a migration made. */
export interface Migration {
  readonly programs: readonly MigratedProgram[];
  readonly faults: readonly Fault[];
  readonly skipped: readonly Skipped[];
  readonly secrets: readonly OutsideSecret[];
  readonly untyped: readonly Untyped[];
  /** The kinds of custom resources that were imported, by the name of the import. */
  readonly imported: ReadonlyMap<string, readonly string[]>;
  /** What servers had set, and in how many objects. */
  readonly dropped: ReadonlyMap<string, number>;
  /** How many objects were read from a cluster: defaults are left out of them. */
  readonly live: number;
}

/** Makes programs of objects. */
export function migrate(manifests: Manifests): Migration {
  const { sources, skipped, definitions, faults } = sourcesOf(manifests.objects);
  const { imports, files: importFiles, faults: crdFaults } = importsOf(definitions);
  const kinds = new Kinds(imports);
  const untyped: Untyped[] = [];
  const secrets = new Map<Source, OutsideSecret>();
  for (const source of sources) {
    const secret = outsideSecret(source);
    if (secret) secrets.set(source, secret);
  }
  const importTexts = new Map(importFiles.map(({ name, text }) => [`imports/${name}`, text]));
  const programs = divide(sources).map(({ name, sources: own }) => {
    const known = own.flatMap((source) => secrets.get(source) ?? []);
    const objects = own.filter((source) => !secrets.has(source));
    return program(name, withoutOwnedReplicas(objects), known, kinds, importTexts, untyped);
  });
  return {
    programs: programs.filter(({ objects }) => objects > 0),
    faults: [
      ...manifests.unreadable.map(({ part, line, column, message }) => ({ file: part.file, line, column, message })),
      ...faults.map(({ file, line, column, message }) => ({ file, line, column, message })),
      ...crdFaults,
    ],
    skipped: [
      ...skipped,
      ...manifests.encrypted.map(({ file, line }) => ({ name: `${file}:${line}`, reason: 'SOPS has encrypted it' })),
    ],
    secrets: [...secrets.values()],
    untyped,
    imported: new Map(imports.map(({ name, crds }) => [name, crds.map(({ kind }) => kind)])),
    dropped: countDropped(sources),
    live: sources.filter(({ isLive }) => isLive).length,
  };
}

function program(
  name: string,
  sources: readonly Source[],
  secrets: readonly OutsideSecret[],
  kinds: Kinds,
  imports: ReadonlyMap<string, string>,
  untyped: Untyped[],
): MigratedProgram {
  const files = new Map<string, string>();
  const mains: MainChart[] = [];
  for (const chart of chartsOf(sources)) {
    const context = contextOf(chart.sources, kinds);
    const items = new Items({ context, teams: new Set() }, kinds);
    for (const source of chart.sources) items.add(source);
    for (const item of items.items) {
      const [made] = item.made;
      if (item.className === 'ApiObject' && made) {
        untyped.push({ name: nameOf(made.object), ...(item.misfit !== undefined && { pointer: item.misfit }) });
      }
    }
    const className = `${pascal(chart.name)}Chart`.replace(/^(?=\d)/, 'Chart');
    const module: ChartModule = { ...compose(items.items, context, secrets), className, doc: docOf(chart.sources) };
    files.set(`charts/${chart.name}.ts`, chartText(module));
    mains.push({
      name: chart.name,
      className,
      ...(context.namespace !== undefined && { namespace: context.namespace }),
    });
  }
  const used = [...files.values()].join('\n');
  for (const [file, text] of imports) {
    const stem = file.replace(/^imports\/(.*?)(\.crds\.jsonl|\.ts)$/, '$1');
    if (name === '' || used.includes(`'../imports/${stem}'`)) files.set(file, text);
  }
  const expected = sources.map((source) => source.expected);
  return { name, charts: mains.length, objects: sources.length, ...run(files, mains, expected) };
}

function run(
  files: Map<string, string>,
  charts: readonly MainChart[],
  expected: readonly Any[],
): Pick<MigratedProgram, 'files' | 'proof' | 'findings' | 'failure'> {
  const none: Proof = { equal: 0, byDefaults: 0, differences: [] };
  for (const isReport of [false, true]) {
    files.set('main.ts', mainText(charts, isReport));
    try {
      const plans = evaluate(files);
      const findings = plans.flatMap((plan) => plan.findings);
      return { files, findings, proof: compare(expected, objectsOf(plans)) };
    } catch (error) {
      const isJudged =
        FindingsError.isFindingsError(error) && error.findings.some(({ ruleId }) => !/^synth\//.test(ruleId));
      if (isJudged && !isReport) continue;
      return { files, findings: [], proof: none, failure: error instanceof Error ? error.message : String(error) };
    }
  }
  return { files, findings: [], proof: none };
}

/** What an autoscaler sets in an object that was read from a cluster is none of the program's. */
function withoutOwnedReplicas(sources: readonly Source[]): Source[] {
  const owned = new Set(
    sources.flatMap(({ object }) => {
      const target =
        object.kind === 'HorizontalPodAutoscaler' || object.kind === 'ScaledObject'
          ? object.spec?.scaleTargetRef
          : undefined;
      return target ? [`${target.kind ?? 'Deployment'} ${object.metadata.namespace ?? ''} ${target.name}`] : [];
    }),
  );
  return sources.map((source) => {
    const { kind, metadata, spec } = source.expected;
    if (
      !source.isLive ||
      spec?.replicas === undefined ||
      !owned.has(`${kind} ${metadata.namespace ?? ''} ${metadata.name}`)
    ) {
      return source;
    }
    const without = (object: Any) => {
      const { replicas: _, ...others } = object.spec;
      return { ...object, spec: others };
    };
    return {
      ...source,
      expected: without(source.expected),
      object: without(source.object),
      dropped: [...source.dropped, '/spec/replicas'],
    };
  });
}

function countDropped(sources: readonly Source[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { dropped } of sources) {
    // The same field of several items is one.
    for (const pointer of new Set(dropped.map((each) => each.replace(/\/\d+(?=\/|$)/g, '/*')))) {
      counts.set(pointer, (counts.get(pointer) ?? 0) + 1);
    }
  }
  return counts;
}

/** A sentence on what a chart has. */
function docOf(sources: readonly Source[]): string {
  const counts = new Map<string, number>();
  for (const { object } of sources) counts.set(object.kind, (counts.get(object.kind) ?? 0) + 1);
  const words = [...counts].map(([kind, count]) => (count === 1 ? kind : `${count} of kind ${kind}`));
  const files = [...new Set(sources.map(({ file }) => (file === '-' ? 'the standard input' : file)))];
  return `${words.join(', ')}: from ${files.join(', ')}.`;
}
