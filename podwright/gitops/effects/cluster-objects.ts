// The objects of one cluster, as the rules of changes look them up: each index is made once, when it is first asked for.
import { containersOf, podTemplateOf } from '../../api/pods';
import { type Reference, visitReferences } from '../../rules/relations/references';
import type { Any } from './effect';

/** How pods use a ConfigMap or Secret, by the names of their workloads: `Deployment web`. */
export interface Uses {
  /** Those that read it once, when a container starts: by env, envFrom or subPath. */
  readonly once: readonly string[];
  /** Those that it is mounted into as files, which follow it. */
  readonly mounted: readonly string[];
}

/** See {@link ClusterObjects.usesOf}. */
interface MutableUses {
  readonly once: Set<string>;
  readonly mounted: Set<string>;
}

/** All objects of one cluster, as they are written. */
export class ClusterObjects {
  private autoscalers: Map<string, Any> | undefined;
  private workloads: Map<string, Any> | undefined;
  private uses: Map<string, MutableUses> | undefined;

  constructor(readonly all: readonly Any[]) {}

  /** The HorizontalPodAutoscaler that is in charge of a workload; undefined where none is. */
  autoscalerOf({ kind, metadata }: Any): Any | undefined {
    this.autoscalers ??= new Map(
      this.all
        .filter((object) => object?.kind === 'HorizontalPodAutoscaler')
        .map((object) => [targetKey(object), object] as const),
    );
    return this.autoscalers.get(key(kind, metadata?.namespace, metadata?.name));
  }

  /** What a HorizontalPodAutoscaler scales; undefined where it is not among the objects. */
  targetOf(autoscaler: Any): Any | undefined {
    this.workloads ??= this.byKey(['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController']);
    return this.workloads.get(targetKey(autoscaler));
  }

  /** The uses of a ConfigMap or Secret by pods. */
  usesOf({ kind, metadata }: Any): Uses {
    this.uses ??= usesIn(this.all);
    const { once = [], mounted = [] } = this.uses.get(key(kind, metadata?.namespace, metadata?.name)) ?? {};
    return { once: [...once], mounted: [...mounted] };
  }

  /** The StorageClass of a name; undefined where it is not among the objects. */
  storageClass(name: unknown): Any | undefined {
    return this.all.find((object) => object?.kind === 'StorageClass' && object.metadata?.name === name);
  }

  private byKey(kinds: readonly string[]): Map<string, Any> {
    return new Map(
      this.all
        .filter((object) => kinds.includes(object?.kind))
        .map((object) => [key(object.kind, object.metadata?.namespace, object.metadata?.name), object]),
    );
  }
}

function key(kind: unknown, namespace: unknown, name: unknown): string {
  return `${kind} ${namespace ?? 'default'}/${name}`;
}

function targetKey({ metadata, spec }: Any): string {
  const { kind, name } = spec?.scaleTargetRef ?? {};
  return key(kind, metadata?.namespace, name);
}

function usesIn(objects: readonly Any[]): Map<string, MutableUses> {
  const found = new Map<string, MutableUses>();
  for (const object of objects) {
    const pod = podTemplateOf(object);
    if (!pod) continue;
    const user = `${object.kind} ${object.metadata?.name}`;
    const note = (how: keyof MutableUses, { kind, name }: Reference) => {
      const used = key(kind, object.metadata?.namespace, name);
      const uses = found.get(used) ?? { once: new Set(), mounted: new Set() };
      uses[how].add(user);
      found.set(used, uses);
    };
    const volumes = new Map<string, Reference[]>();
    visitReferences(pod.spec, (used) => {
      if (used.volume === undefined) note('once', used);
      else volumes.set(used.volume, [...(volumes.get(used.volume) ?? []), used]);
    });
    for (const [container] of containersOf(pod.spec)) {
      for (const mount of listOf(container.volumeMounts)) {
        const isPart = mount?.subPath !== undefined || mount?.subPathExpr !== undefined;
        for (const used of volumes.get(mount?.name) ?? []) note(isPart ? 'once' : 'mounted', used);
      }
    }
  }
  return found;
}

function listOf(value: Any): Any[] {
  return Array.isArray(value) ? value : [];
}
