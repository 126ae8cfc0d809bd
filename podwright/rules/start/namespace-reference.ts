import { isNamespaced } from '../../api/definitions';
import { nearest } from '../../report/nearest';
import type { Any } from '../engine/cursor';
import { reportMissing } from '../relations/missing';
import { objectRule } from '../rule';
import { sample, samplePod } from '../samples';
import { namespaceOf, type World } from '../world';
import { isSlip } from './slip';

const KIND = 'Namespace';
/** Those that the control plane makes. */
const OF_EACH_CLUSTER = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];
/** Kinds whose controllers make a namespace of the same name. */
const MAKERS = ['hnc.x-k8s.io/SubnamespaceAnchor', 'project.openshift.io/Project'];

const vision = sample('v1', KIND, 'vision');
const pod = (namespace: string) => samplePod('worker', {}, {}, { namespace });

export const namespaceReference = objectRule({
  id: 'start/namespace-reference',
  severity: 'warning',
  summary: 'an object in a namespace that is not there',
  why: `The API server refuses the object, and kubectl goes on with the others; Flux and Argo CD refuse the whole revision, or sync,
with it.

The rule is silent where no Namespace is among the objects: others make them then. It is an error where the name is a slip in
that of one that is there, of one letter (\`us-vision\` beside \`eu-vision\` is none), and says so once a namespace, at its
first object.`,
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/',
  kinds: 'any',
  fails: [vision, pod('visoin')],
  passes: [vision, pod('vision')],
  check(object: Any, at) {
    if (!at.world.complete || !at.world.once(firstInMissing).has(object)) return;
    const name = namespaceOf(object);
    const near = nearest(name, [...namesOf(at.world, KIND), ...OF_EACH_CLUSTER]);
    const severity = near !== undefined && isSlip(name, near) ? 'error' : 'warning';
    reportMissing(at, ['metadata', 'namespace'], { kind: KIND, name, namespace: '' }, { near, severity });
  },
});

/** The first object in each namespace that is not there, of kinds that are known to be in one. */
function firstInMissing(world: World): ReadonlySet<Any> {
  if (world.ofKind(KIND).length === 0) return new Set();
  const there = new Set([...OF_EACH_CLUSTER, ...[KIND, ...MAKERS].flatMap((kind) => namesOf(world, kind))]);
  const first = new Map<string, Any>();
  for (const object of world.objects) {
    const namespace = namespaceOf(object);
    if (namespace === '' || there.has(namespace) || first.has(namespace)) continue;
    if (world.external(KIND, namespace)) there.add(namespace);
    else if (isInNamespace(world, object)) first.set(namespace, object);
  }
  return new Set(first.values());
}

function namesOf(world: World, kind: string): readonly string[] {
  return world.ofKind(kind).map(({ metadata }) => metadata?.name ?? '');
}

/** A chart's namespace may be written to objects that are in none, too; the API server does not look at it there. */
function isInNamespace(world: World, { apiVersion, kind }: Any): boolean {
  return isNamespaced(apiVersion, kind) ?? world.crdOf(apiVersion, kind)?.scope === 'Namespaced';
}
