import { unknownExternal } from '../external-kinds';

const problem = (kind: string) => unknownExternal([{ kind: 'Secret', name: 's' }, { kind }]);

test.each([
  'Secret',
  'Namespace',
  'apps/Deployment',
  'rbac.authorization.k8s.io/ClusterRole',
  'kueue.x-k8s.io/LocalQueue',
  'example.com/Secert',
  // Of Kubernetes' own groups, and gone long ago.
  'policy/PodSecurityPolicy',
])('%s may be there', (kind) => {
  expect(problem(kind)).toBeUndefined();
});

test.each([
  ['Secert', 'did you mean "Secret"?'],
  ['secret', 'did you mean "Secret"?'],
  ['Deployment', 'did you mean "apps/Deployment"?'],
  ['apps/Deploymnet', 'did you mean "apps/Deployment"?'],
  ['apps/v1/Deployment', 'did you mean "apps/Deployment"?'],
  ['v1/Secret', 'did you mean "Secret"?'],
  ['networking.k8s.io/Ingres', 'did you mean "networking.k8s.io/Ingress"?'],
  ['LocalQueue', 'expected its API group before it, as in apps/Deployment'],
  ['', 'expected its API group before it, as in apps/Deployment'],
])('%j is no kind', (kind, hint) => {
  expect(problem(kind)).toBe(`externals[1].kind: there is no kind ${JSON.stringify(kind)}; ${hint}`);
});
