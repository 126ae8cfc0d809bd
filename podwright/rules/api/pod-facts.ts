import type { Any, Cursor } from '../engine/cursor';

/** What a container's checks ask of the Pod around it. */
export interface PodFacts {
  /** The Pod's spec. */
  readonly spec: Any;
  /** The object is a Pod itself, not a workload's template: the API server is stricter, and fills in more. */
  readonly isPod: boolean;
  /** The sources of the volumes, by name. */
  readonly volumes: ReadonlyMap<string, Any>;
  /** The names of the resource claims. */
  readonly claims: ReadonlySet<string>;
  /** terminationGracePeriodSeconds. */
  readonly grace: number;
  /** `linux`, `windows`, or whatever os.name says; undefined without `os`. */
  readonly os: string | undefined;
  readonly restartPolicy: string;
  /** Whether the Pod's users are the host's: yes unless `hostUsers: false`. */
  readonly hostUsers: boolean;
}

const facts = new WeakMap<Cursor, PodFacts>();

/** Reads what containers ask of a Pod's spec. */
export function readPod(spec: Any, isPod: boolean): PodFacts {
  const volumes = new Map<string, Any>();
  for (const volume of spec.volumes ?? []) {
    if (volume?.name && !volumes.has(volume.name)) volumes.set(volume.name, volume);
  }
  const claims = new Set<string>();
  for (const claim of spec.resourceClaims ?? []) if (claim?.name) claims.add(claim.name);
  return {
    spec,
    isPod,
    volumes,
    claims,
    // A negative one is taken for 1.
    grace: spec.terminationGracePeriodSeconds < 0 ? 1 : (spec.terminationGracePeriodSeconds ?? 30),
    os: spec.os ? (spec.os.name ?? '') : undefined,
    restartPolicy: spec.restartPolicy || 'Always',
    hostUsers: spec.hostUsers ?? true,
  };
}

/** Runs checks inside a Pod. */
export function inPod(pod: PodFacts, at: Cursor, run: () => void): void {
  const outer = facts.get(at);
  facts.set(at, pod);
  run();
  if (outer) facts.set(at, outer);
  else facts.delete(at);
}

/** The Pod that the checks are in. */
export function podOf(at: Cursor): PodFacts {
  return facts.get(at) as PodFacts;
}

/** The containers of every kind, in the API server's order, with the steps to each. */
export function containersOf(spec: Any): [container: Any, field: string, index: number][] {
  const containers: [container: Any, field: string, index: number][] = [];
  for (const field of ['initContainers', 'containers', 'ephemeralContainers']) {
    const list = spec[field] ?? [];
    for (let i = 0; i < list.length; i++) containers.push([list[i] ?? {}, field, i]);
  }
  return containers;
}
