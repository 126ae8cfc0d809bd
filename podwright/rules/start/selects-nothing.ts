import { kindOf } from '../../api/definitions';
import { hasPods, podTemplateOf } from '../../api/pods';
import { isEmptySelector } from '../api/labels';
import type { Any, Step } from '../engine/cursor';
import { objectRule } from '../rule';
import { sample, sampleDeployment } from '../samples';
import { namespaceOf, type World } from '../world';

const service = (app: string) => sample('v1', 'Service', 'web', { spec: { selector: { app }, ports: [{ port: 80 }] } });

export const selectsNothing = objectRule({
  id: 'start/selects-nothing',
  severity: 'error',
  summary: 'a Service, PodDisruptionBudget or NetworkPolicy that selects no pods',
  why: `The API server takes a selector that no pod has the labels for: a Service is then never reached, a budget protects
nothing, and a policy holds nobody.

Not looked at are empty selectors, Services without one, and what is in a namespace with custom resources, whose controllers
may make the pods. Labels that controllers add (\`batch.kubernetes.io/job-name\`, \`statefulset.kubernetes.io/pod-name\` and
the like) are taken to be there.`,
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors',
  kinds: ['Service', 'policy/PodDisruptionBudget', 'networking.k8s.io/NetworkPolicy'],
  fails: [service('website'), sampleDeployment('web', {})],
  passes: [service('web'), sampleDeployment('web', {})],
  check(object, at) {
    const { world } = at;
    if (!world.complete) return;
    const { kind, spec = {} } = object as Any;
    const field = kind === 'NetworkPolicy' ? 'podSelector' : 'selector';
    const given = kind === 'Service' ? { matchLabels: spec.selector } : spec[field];
    if (isEmptySelector(given)) return;
    const selector = withoutAdded(given);
    const namespace = namespaceOf(object);
    if (world.selected(selector, namespace).length > 0 || hasUnknownPods(world, namespace)) return;
    const steps: Step[] = ['spec', field];
    at.report(
      steps,
      `selects no pod of the program, got ${said(given)}; expected labels that pods${where(namespace)} have`,
    );
  },
});

/** Labels that the controllers of workloads add to their pods. */
const ADDED =
  /^((batch|apps)\.kubernetes\.io|statefulset\.kubernetes\.io)\/|^(job-name|controller-uid|controller-revision-hash|pod-template-hash|pod-template-generation)$/;

function withoutAdded(selector: Any): Any {
  const labels = Object.entries(selector.matchLabels ?? {}).filter(([key]) => !ADDED.test(key));
  const demands = (selector.matchExpressions ?? []).filter(({ key = '' }: Any) => !ADDED.test(key));
  return { matchLabels: Object.fromEntries(labels), matchExpressions: demands };
}

/** Whether a namespace has pods that the rules do not know: of custom resources, and of workloads that cannot be read. */
function hasUnknownPods(world: World, namespace: string): boolean {
  return world.objects.some((object) => {
    if (namespaceOf(object) !== namespace) return false;
    if (kindOf(object.apiVersion, object.kind) === undefined) return true;
    return hasPods(object) && podTemplateOf(object) === undefined;
  });
}

function said({ matchLabels, matchExpressions }: Any): string {
  return JSON.stringify(matchExpressions?.length > 0 ? { matchLabels, matchExpressions } : matchLabels);
}

function where(namespace: string): string {
  return namespace === '' ? '' : ` of namespace ${namespace}`;
}
