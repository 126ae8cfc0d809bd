// The constructs of a chart: one for each object, or for several where one of podwright makes all of them.
import { kindName } from '../api/identity';
import type { Candidate, Trial } from './candidates/candidate';
import { modelServer } from './candidates/model-server';
import { claim, hashedConfigMap } from './candidates/storage';
import { team } from './candidates/team';
import { job, pod, scheduledJob } from './candidates/workloads';
import { type Item, itemOf, kindItem } from './item';
import type { Kinds } from './kinds';
import { dashed, unique } from './names';
import type { Any } from './path';
import type { Source } from './sources';

type Try = (object: Any, id: string, trial: Trial) => Candidate | undefined;

/** The constructs of podwright that make one object. */
const SINGLE: { readonly [kind: string]: Try } = {
  'v1 Pod': pod,
  'batch/v1 Job': job,
  'batch/v1 CronJob': scheduledJob,
  'v1 PersistentVolumeClaim': claim,
  'v1 ConfigMap': hashedConfigMap,
};

/** The constructs of podwright that make several objects, by the kind of the one that they are about. */
const GROUPS: { readonly [kind: string]: Group } = {
  'v1 Namespace': { find: team, accessor: () => '' },
  'apps/v1 Deployment': {
    find: modelServer,
    accessor: ({ kind }) => (kind === 'Service' ? '.service.name' : ''),
  },
};

interface Group {
  find(object: Any, others: readonly Any[], trial: Trial): Candidate | undefined;
  /** What is put behind the variable for the name of another object than the first; '' where nothing leads to it. */
  accessor(object: Any): string;
}

/** Makes the items of one chart. */
export class Items {
  readonly items: Item[] = [];
  private readonly ids = new Set<string>();

  constructor(
    private readonly trial: Trial,
    private readonly kinds: Kinds,
  ) {}

  /** The constructs for all of a chart's objects. */
  addAll(sources: readonly Source[]): void {
    const left = new Set(sources);
    // What makes several objects comes first: what it does not make is left for the others.
    for (const source of sources) {
      const group = GROUPS[`${source.object.apiVersion} ${source.object.kind}`];
      if (!group || !left.has(source)) continue;
      const others = sources.filter((other) => other !== source && left.has(other) && this.isTyped(other.object));
      const candidate = this.isTyped(source.object)
        ? group.find(
            source.object,
            others.map(({ object }) => object),
            this.trial,
          )
        : undefined;
      if (!candidate || !this.isFree(candidate.id)) continue;
      const own = [source, ...others].filter(({ object }) => candidate.objects.includes(object));
      for (const each of own) left.delete(each);
      const made = own.map(({ object }) => ({
        object,
        accessor: object === source.object ? '.name' : group.accessor(object),
      }));
      this.ids.add(candidate.id);
      this.items.push(itemOf(candidate, made, own));
    }
    for (const source of sources) if (left.has(source)) this.add(source);
  }

  private isFree(id: string): boolean {
    return !this.ids.has(id);
  }

  private isTyped(object: Any): boolean {
    return 'name' in (this.kinds.classOf(object) ?? {});
  }

  private add(source: Source): void {
    const { object } = source;
    const id = this.idOf(object);
    // What no class takes, no construct takes either.
    const candidate = this.isTyped(object)
      ? SINGLE[`${object.apiVersion} ${object.kind}`]?.(object, id, this.trial)
      : undefined;
    if (candidate && (candidate.id === id || this.isFree(candidate.id))) {
      this.ids.add(candidate.id);
      this.items.push(itemOf(candidate, [{ object, accessor: '.name' }], [source]));
      return;
    }
    this.ids.add(id);
    this.items.push(kindItem(source, id, this.trial.context, this.kinds));
  }

  /** The object's name, or, where that is another's id, the name with what tells the two apart. */
  private idOf({ kind, metadata, apiVersion }: Any): string {
    const name = metadata.name ?? metadata.generateName.replace(/[-.]+$/, '');
    const word = dashed(kind.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-'));
    const ids = [
      name,
      `${name}-${word}`,
      `${name}-${word}-${metadata.namespace ?? dashed(kindName({ apiVersion, kind }))}`,
    ];
    return ids.find((id) => id !== '' && this.isFree(id)) ?? unique(ids[1] as string, new Set(this.ids));
  }
}
