import { isEmptySelector } from '../api/labels';
import type { Any, Step } from '../engine/cursor';
import { hasUnknownPods, withoutAdded } from '../relations/selectors';
import { objectRule } from '../rule';
import { sample, sampleDeployment } from '../samples';
import { namespaceOf } from '../world';

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

function said({ matchLabels, matchExpressions }: Any): string {
  return JSON.stringify(matchExpressions?.length > 0 ? { matchLabels, matchExpressions } : matchLabels);
}

function where(namespace: string): string {
  return namespace === '' ? '' : ` of namespace ${namespace}`;
}
