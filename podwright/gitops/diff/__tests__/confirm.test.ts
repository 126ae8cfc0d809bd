import type { Leaving, ObjectDiff, Outcome } from '../../../report/diff';
import { ClusterObjects } from '../../effects/cluster-objects';
import { confirm } from '../confirm';

// biome-ignore lint/suspicious/noExplicitAny: objects of any kind
type Any = any;

const predicted = (effect: Outcome['effect'], leaves?: Leaving): ObjectDiff => ({
  object: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
  effect,
  outcomes: [{ effect, what: 'a' }],
  fields: [],
  ...(leaves && { leaves }),
});
const web = (image: string, metadata: object = {}): Any => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'team', ...metadata },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'main', image }] } },
  },
});
const context = { version: '1.34', cluster: new ClusterObjects([]) } as const;
const kept = { annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } };
const [live, next] = [web('busybox:1.36', { generation: 1 }), web('busybox:1.37', { generation: 2 })];
const refusal = 'The Deployment "web" is invalid';

test.each([
  ['a roll that the server would make', predicted('rolling-restart'), { live, next }, ['confirmed']],
  [
    'another effect than the predicted one',
    predicted('in-place'),
    { live, next },
    ['contradicted', 'rolling restart, by spec.template.spec.containers[main].image'],
  ],
  [
    'a roll that has been made already',
    predicted('rolling-restart'),
    { live: next, next },
    ['unknown', 'the cluster has it so already'],
  ],
  ['a change that is refused', predicted('rolling-restart'), { live, refusal }, ['contradicted', refusal]],
  ['a refusal', predicted('recreate'), { live, refusal }, ['confirmed', refusal]],
  [
    'a refusal that does not come',
    predicted('refused'),
    { live, next },
    ['contradicted', 'it is taken, with spec.template.spec.containers[main].image'],
  ],
  ['nothing', predicted('nothing'), { live, next: { ...live } }, ['confirmed']],
  [
    'nothing but what kubectl writes',
    predicted('nothing'),
    {
      live,
      next: web('busybox:1.36', { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}' } }),
    },
    ['confirmed'],
  ],
  ['a new object', predicted('new'), { next }, ['confirmed']],
  ['a new object that is there', predicted('new'), { live, next }, ['contradicted', 'the cluster has it already']],
  ['a change of what is not there', predicted('scale'), {}, ['unknown', 'the cluster has no such object']],
  ['what cannot be asked', predicted('new'), { unasked: 'no namespace' }, ['unknown', 'no namespace']],
  ['a deletion', predicted('gone', 'deleted'), { live }, ['confirmed']],
  ['a deletion of nothing', predicted('gone', 'deleted'), {}, ['unknown', 'the cluster has no such object']],
  ['an object that is kept', predicted('gone', 'kept'), { live: web('a', kept) }, ['confirmed']],
  [
    'a mark that the cluster does not have',
    predicted('gone', 'kept'),
    { live },
    ['contradicted', 'the cluster has it without the mark to keep it'],
  ],
  [
    'a mark that only the cluster has',
    predicted('gone', 'deleted'),
    { live: web('a', kept) },
    ['contradicted', 'the mark to keep it is in the cluster: it stays'],
  ],
])('judges %s', (_, object, answer, [verdict, what]) => {
  expect(confirm(object, answer, context)).toEqual({ verdict, ...(what !== undefined && { what }) });
});
