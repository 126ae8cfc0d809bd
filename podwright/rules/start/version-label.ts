import type { Any, Step } from '../engine/cursor';
import { objectRule } from '../rule';
import { sampleDeployment } from '../samples';

const labels = { app: 'web', 'app.kubernetes.io/version': '1.4' };
const deployment = (matchLabels: object) => {
  const { spec, ...rest } = sampleDeployment('web', {});
  return {
    ...rest,
    spec: { ...spec, selector: { matchLabels }, template: { ...spec.template, metadata: { labels } } },
  };
};

export const versionLabel = objectRule({
  id: 'start/version-label',
  severity: 'warning',
  summary: 'a selector with a label of a version',
  why: `A workload's selector cannot be changed: the next version is refused, until the workload is deleted. A Service or a
budget that selects a version loses the old pods as soon as it is applied, before there are new ones.`,
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#label-selector-updates',
  kinds: [
    'apps/Deployment',
    'apps/StatefulSet',
    'apps/DaemonSet',
    'apps/ReplicaSet',
    'Service',
    'policy/PodDisruptionBudget',
  ],
  fails: [deployment(labels)],
  passes: [deployment({ app: 'web' })],
  check(object, at) {
    const { kind, spec } = object as Any;
    const selector = spec?.selector;
    if (!selector) return;
    const steps: Step[] = kind === 'Service' ? ['spec', 'selector'] : ['spec', 'selector', 'matchLabels'];
    for (const key in kind === 'Service' ? selector : selector.matchLabels) {
      if (!VERSIONS.includes(key)) continue;
      at.report([...steps, key], 'is a version, which the next one would change; expected labels that stay the same');
    }
  },
});

const VERSIONS = ['app.kubernetes.io/version', 'helm.sh/chart', 'chart'];
