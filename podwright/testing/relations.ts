// How objects reach each other. Each function says why they do not, or nothing.
import { containersOf } from '../api/pods';
import { formatIdentity } from '../report/text';
import { isEmptySelector } from '../rules/api/labels';
import { identityOf } from '../rules/check-objects';
import { denialOf, type End, endOf, type Port, targetOf } from '../rules/relations/flows';
import { visitReferences } from '../rules/relations/references';
import { selectorOf } from '../rules/relations/selectors';
import type { PodView } from '../rules/rule';
import { namespaceOf, podViewOf, type World } from '../rules/world';
import { shown } from './match';

// biome-ignore lint/suspicious/noExplicitAny: objects of any kind
type Any = any;

/** An object as texts name it: `Deployment ml/web`. */
export function nameOf(object: Any): string {
  return formatIdentity(identityOf(object));
}

/** The pod of a workload. @throws where the object has none */
export function podOf(workload: Any): PodView {
  const pod = podViewOf(workload);
  if (!pod) throw new Error(`${nameOf(workload)} has no pods; expected a Pod or a workload`);
  return pod;
}

/** Why an object does not select the pods of a workload. */
export function notSelected(world: World, object: Any, workload: Any): string | undefined {
  const pod = podOf(workload);
  const selector = selectorOf(object);
  if (!selector) return `${nameOf(object)} has no selector`;
  if (namespaceOf(object) !== pod.namespace) {
    return `${nameOf(object)} selects pods of its own namespace, and those of ${nameOf(workload)} are in another`;
  }
  if (world.selected(selector, pod.namespace).some((one) => one.object === workload)) return undefined;
  const asked = isEmptySelector(selector) ? '{}' : shown(selector.matchLabels ?? selector);
  return `${nameOf(object)} selects ${asked}, and the pods of ${nameOf(workload)} have ${shown(pod.metadata.labels ?? {})}`;
}

const MOUNTED = ['ConfigMap', 'Secret', 'PersistentVolumeClaim'];

/** Why no container of a workload mounts a ConfigMap, Secret or claim. */
export function notMounted(workload: Any, object: Any): string | undefined {
  const { spec, namespace } = podOf(workload);
  if (!MOUNTED.includes(object.kind)) {
    throw new Error(`${nameOf(object)} cannot be mounted; expected a ${MOUNTED.join(', ')}`);
  }
  if (namespaceOf(object) !== namespace) return `${nameOf(object)} is in another namespace than ${nameOf(workload)}`;
  const volumes: string[] = [];
  const all: string[] = [];
  visitReferences(spec, ({ kind, name, volume }) => {
    if (kind !== object.kind || volume === undefined) return;
    all.push(name);
    if (name === object.metadata?.name) volumes.push(volume);
  });
  if (volumes.length === 0) {
    const others = all.length > 0 ? `: its volumes are of ${all.join(', ')}` : '';
    return `${nameOf(workload)} has no volume of ${nameOf(object)}${others}`;
  }
  for (const [container] of containersOf(spec)) {
    const mounts: Any[] = [...(container.volumeMounts ?? []), ...(container.volumeDevices ?? [])];
    if (mounts.some(({ name }) => volumes.includes(name))) return undefined;
  }
  return `no container of ${nameOf(workload)} mounts its volume ${volumes.join(', ')}`;
}

/** Why a flow does not pass the NetworkPolicies among the objects. */
export function notReached(world: World, from: End, to: End, port: Port, said: string): string | undefined {
  const denial = denialOf(world, from, to, port);
  if (!denial) return undefined;
  const names = denial.policies.map((name) => `NetworkPolicy ${name}`).join(', ');
  const side = denial.direction === 'Egress' ? 'is not let out' : 'is not let in';
  return `${said} ${side}: ${names} ${denial.policies.length === 1 ? 'allows' : 'allow'} no such flow`;
}

/** The pods behind a Service, and the port of theirs that one of its ports leads to. */
export function behind(
  world: World,
  service: Any,
  port: number | string | undefined,
): { pods: readonly PodView[]; port: Port } {
  const { ports = [], selector } = service.spec ?? {};
  const found = port === undefined ? ports[0] : ports.find((one: Any) => one.port === port || one.name === port);
  if (!found) {
    const there = ports.map((one: Any) => (one.name ? `${one.name} (${one.port})` : one.port)).join(', ');
    throw new Error(`${nameOf(service)} has no port ${port}; expected ${there || 'one that it has'}`);
  }
  const pods = selector ? world.selected({ matchLabels: selector }, namespaceOf(service)) : [];
  return { pods, port: targetOf(found, pods[0] ? endOf(pods[0]) : {}) ?? { ...found } };
}

/** Why the containers of a workload do not all run as a user, by its number, or as a service account, by its name. */
export function notRunAs(workload: Any, user: number | string): string | undefined {
  const { spec } = podOf(workload);
  if (typeof user === 'string') {
    const account = spec.serviceAccountName ?? spec.serviceAccount ?? 'default';
    return account === user ? undefined : `${nameOf(workload)} runs as ServiceAccount ${account}`;
  }
  for (const [container] of containersOf(spec)) {
    const own = container.securityContext?.runAsUser ?? spec.securityContext?.runAsUser;
    if (own === user) continue;
    return `container ${container.name} of ${nameOf(workload)} runs as ${own === undefined ? "its image's user" : `user ${own}`}`;
  }
  return undefined;
}
