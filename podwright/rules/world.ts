// All objects that there are, for rules that look beyond one. Each index is made when a rule first asks for it, in one
// pass over the objects, so that a set is judged in linear time.

import type { Crd } from '../api/crds';
import { isNamespaced } from '../api/definitions';
import { kindName } from '../api/identity';
import { formatImage, parseImage } from '../api/image';
import { podTemplateOf } from '../api/pods';
import { isEmptySelector, selects } from './api/labels';
import { CustomResources } from './custom-resources';
import type { Any } from './engine/cursor';
import type { External, Facts, ImageFacts, NodeShape, PodSecurityLevel } from './facts';
import type { PodView } from './rule';

/** What is known beside the objects. */
export interface WorldOptions {
  /**
   * Whether all that is in the cluster is among the objects, or declared external: what is referred to and not there is
   * missing then.
   * @default true
   */
  readonly complete?: boolean;
  /** Objects that are there, and are made by others. @default - none */
  readonly externals?: readonly External[];
  /** What manifests do not say: the users of images, the shapes of nodes. @default - nothing; rules that need it are silent */
  readonly facts?: Facts;
  /**
   * The Pod Security level of namespaces that are not among the objects, or have no labels for it.
   * @default 'privileged' - nothing is forbidden
   */
  readonly podSecurity?: PodSecurityLevel;
  /** Whether a GitOps controller makes again what is gone. @default false */
  readonly gitops?: boolean;
  /** Whether that controller deletes what it cannot change, and makes it again. @default false */
  readonly recreates?: boolean;
}

const NONE: readonly never[] = [];

/** See {@link WorldOptions}; a namespace that an object does not name is ''. */
export class World {
  readonly complete: boolean;
  readonly facts: Facts;
  readonly podSecurity: PodSecurityLevel;
  readonly gitops: boolean;
  readonly recreates: boolean;
  readonly externals: readonly External[];

  #kinds: Map<string, Any[]> | undefined;
  readonly #namespaces = new Map<string, Map<string, Any[]>>();
  readonly #made = new Map<(world: World) => unknown, unknown>();
  #names: Map<string, Map<string, Any>> | undefined;
  #pods: Map<string, PodView[]> | undefined;
  #labels: Map<string, PodView[]> | undefined;

  /** @param objects plain, as they would be written as JSON */
  constructor(
    readonly objects: readonly Any[],
    options: WorldOptions = {},
    private readonly customResources = new CustomResources(objects),
  ) {
    this.complete = options.complete ?? true;
    this.facts = options.facts ?? {};
    this.podSecurity = options.podSecurity ?? 'privileged';
    this.gitops = options.gitops ?? false;
    this.recreates = options.recreates ?? false;
    this.externals = options.externals ?? NONE;
  }

  /** The definition of a custom kind, whether it serves the version or not; undefined where none is known. */
  crdOf(apiVersion: string, kind: string): Crd | undefined {
    return this.customResources.crdOf(apiVersion, kind);
  }

  /**
   * The objects of a kind, in whatever version of its group: `Service`, `apps/Deployment`.
   * @param namespace only those of this one @default - those of all
   */
  ofKind(kind: string, namespace?: string): readonly Any[] {
    this.#kinds ??= groupBy(this.objects, kindName);
    const all = this.#kinds.get(kind) ?? NONE;
    if (namespace === undefined || all.length === 0) return all;
    let namespaces = this.#namespaces.get(kind);
    if (!namespaces) {
      namespaces = groupBy(all, namespaceOf);
      this.#namespaces.set(kind, namespaces);
    }
    return namespaces.get(namespace) ?? NONE;
  }

  /** What a rule makes of all objects, made when it is first asked for: an index of its own. */
  once<T>(make: (world: World) => T): T {
    if (!this.#made.has(make)) this.#made.set(make, make(this));
    return this.#made.get(make) as T;
  }

  /** The object of a kind and name; the first, where several are of that name. */
  find(kind: string, name: string, namespace = ''): Any | undefined {
    this.#names ??= new Map();
    let names = this.#names.get(kind);
    if (!names) {
      names = new Map();
      const all = this.ofKind(kind);
      // A chart's namespace may be written to objects that are in none, too; the API server does not look at it there.
      const inNone = all.length > 0 && isNamespaced(all[0].apiVersion, all[0].kind) === false;
      for (const object of all) {
        const key = `${inNone ? '' : namespaceOf(object)}/${object.metadata?.name}`;
        if (!names.has(key)) names.set(key, object);
      }
      this.#names.set(kind, names);
    }
    return names.get(`${namespace}/${name}`);
  }

  /** What is declared of an object that others make; undefined where nothing is. */
  external(kind: string, name: string, namespace = ''): External | undefined {
    return this.externals.find(
      (one) =>
        one.kind === kind &&
        (one.name === undefined || one.name === name) &&
        (one.namespace === undefined || one.namespace === namespace),
    );
  }

  /** Whether an object is there, or declared to be. */
  has(kind: string, name: string, namespace = ''): boolean {
    return this.find(kind, name, namespace) !== undefined || this.external(kind, name, namespace) !== undefined;
  }

  /** The pods and templates of pods in a namespace. */
  pods(namespace: string): readonly PodView[] {
    this.#pods ??= groupBy(
      this.objects.flatMap((object) => podViewOf(object) ?? []),
      (pod) => pod.namespace,
    );
    return this.#pods.get(namespace) ?? NONE;
  }

  /** The pods and templates in a namespace that a label selector picks; an empty selector picks all. */
  selected(selector: Any, namespace: string): readonly PodView[] {
    const all = this.pods(namespace);
    if (isEmptySelector(selector)) return all;
    // Of the labels that are asked for, the one that the fewest pods have.
    let fewest = all;
    for (const [key, value] of Object.entries(selector.matchLabels ?? {})) {
      this.#labels ??= this.#byLabel();
      const some = this.#labels.get(`${namespace}/${key}=${value}`) ?? NONE;
      if (some.length < fewest.length) fewest = some;
    }
    return fewest.filter((pod) => selects(selector, runningLabels(pod)));
  }

  #byLabel(): Map<string, PodView[]> {
    const found = new Map<string, PodView[]>();
    for (const [namespace, pods] of this.#pods ?? []) {
      for (const pod of pods) {
        for (const [key, value] of Object.entries(runningLabels(pod))) {
          add(found, `${namespace}/${key}=${value ?? ''}`, pod);
        }
      }
    }
    return found;
  }

  /** What is declared of an image: by its name, for its tag, by its whole reference, of which each goes before the last. */
  image(reference: string): ImageFacts | undefined {
    const { images } = this.facts;
    if (!images) return undefined;
    const { tag, digest, ...name } = parseImage(reference) ?? { repository: reference };
    const names = [formatImage(name), ...(digest === undefined ? [] : [formatImage({ ...name, tag })]), reference];
    const said = names.filter((one) => Object.hasOwn(images, one)).map((one) => images[one]);
    return said.length === 0 ? undefined : Object.assign({}, ...said);
  }

  /** The shapes of the cluster's nodes; undefined where none are declared. */
  get nodes(): readonly NodeShape[] | undefined {
    return this.facts.nodes;
  }
}

/** The namespace that an object names; '' where it names none. */
export function namespaceOf(object: Any): string {
  return object.metadata?.namespace ?? '';
}

/** The pod of an object; undefined for kinds without. */
export function podViewOf(object: Any): PodView | undefined {
  const template = podTemplateOf(object);
  if (!template) return undefined;
  const { metadata, spec, path } = template;
  return { metadata, spec, path, object, namespace: namespaceOf(object) };
}

/** The labels of the pods that run: a Job's have its name, too. */
export function runningLabels({ object, metadata }: PodView): Readonly<Record<string, string>> {
  if (object.kind !== 'Job') return metadata.labels ?? {};
  const name = object.metadata?.name;
  return { 'job-name': name, 'batch.kubernetes.io/job-name': name, ...metadata.labels };
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) add(groups, keyOf(item), item);
  return groups;
}

function add<T>(groups: Map<string, T[]>, key: string, item: T): void {
  const group = groups.get(key);
  if (group) group.push(item);
  else groups.set(key, [item]);
}
