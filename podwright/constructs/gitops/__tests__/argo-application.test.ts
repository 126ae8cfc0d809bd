import { Chart } from 'cdk8s';
import { KubeConfigMap } from '../../../api/k8s';
import { App, findingsOf } from '../../../synth/app';
import { Environment } from '../../../synth/environment';
import { Claim } from '../../claim';
import { ArgoApplication, type ArgoApplicationProps } from '../argo-application';
import { addJob, addServer, addTeam, errorsOf, filesOf, refusals } from './support';

const repoURL = 'https://example.com/team/platform';

describe('what is wrong with its props is said with its place', () => {
  const faults: [string, ArgoApplicationProps, string][] = [
    [
      'no address',
      { repoURL: 'platform' },
      `repoURL: must be the address of a git repository, got "platform"; expected 'https://…', 'ssh://…' or 'git@…'`,
    ],
    [
      'a root that leads out',
      { repoURL, root: '/x' },
      `root: must be the program's folder in the repository, got "/x"; expected a path such as 'platform/gpu'`,
    ],
    [
      'a server and a name',
      { repoURL, destination: { name: 'a', server: 'b' } },
      'destination: has a server beside its name, got "b"; expected one of the two',
    ],
  ];
  test.each(faults)('%s', (_, props, message) => {
    expect(errorsOf((app) => new ArgoApplication(app, 'apps', props))).toEqual([`synth/validation apps: : ${message}`]);
  });
});

test('is an Application that syncs its environment, undoes edits and prunes', () => {
  const files = filesOf((app) => {
    const prod = new Environment(app, 'prod');
    addServer(prod);
    new ArgoApplication(prod, 'apps', { repoURL, root: 'platform', spec: { revisionHistoryLimit: 3 } });
  });
  const objects = files['clusters/prod/apps.yaml'] ?? [];
  expect(refusals(objects)).toEqual([]);
  expect(objects).toEqual([
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'apps', namespace: 'argocd' },
      spec: {
        project: 'default',
        source: { repoURL, targetRevision: 'main', path: 'platform/dist/prod', directory: { recurse: true } },
        destination: { server: 'https://kubernetes.default.svc' },
        syncPolicy: { automated: { prune: true, selfHeal: true }, syncOptions: ['ServerSideApply=true'] },
        revisionHistoryLimit: 3,
      },
    },
  ]);
});

test('objects that wait for each other have waves, the others none', () => {
  const files = filesOf((app) => {
    const prod = new Environment(app, 'prod');
    addTeam(prod);
    addServer(prod, 'web').addDependency(addJob(prod, 'migrate'));
    new Claim(addJob(prod), 'data', { storage: '1Gi' });
    new Chart(prod, 'empty');
    addServer(app, 'elsewhere').addDependency(addJob(app, 'other'));
    new ArgoApplication(prod, 'apps', { repoURL });
  });
  const waves = Object.entries(files)
    .filter(([path]) => path.startsWith('dist/'))
    .flatMap(([, objects]) => objects)
    .map(({ kind, metadata }) => [`${kind} ${metadata.name}`, metadata.annotations?.['argocd.argoproj.io/sync-wave']])
    .filter(([, wave]) => wave !== undefined);
  expect(Object.fromEntries(waves)).toEqual({
    'Namespace ml': '-1',
    'ResourceQuota quota': '-1',
    'LimitRange limits': '-1',
    'Deployment web': '1',
    'Service web': '1',
    'NetworkPolicy web-ingress': '1',
    'Job train': '2',
  });
});

test('its own namespace is there beside those that the program makes', () => {
  const app = new App();
  addTeam(app);
  const chart = new Chart(app, 'extra', { namespace: 'argocd' });
  new KubeConfigMap(chart, 'settings', { data: {} });
  expect(findingsOf(app).map(({ ruleId }) => ruleId)).toEqual(['start/namespace-reference']);
  new ArgoApplication(app, 'apps', { repoURL });
  expect(findingsOf(app)).toEqual([]);
});

test('a Job without onChange is told, unless all that it hands over is forced', () => {
  const found = (props: Partial<ArgoApplicationProps>) => {
    const app = new App();
    addJob(app);
    new ArgoApplication(app, 'apps', { repoURL, ...props });
    return findingsOf(app).map(({ ruleId, constructPath }) => `${ruleId} ${constructPath}`);
  };
  expect(found({})).toEqual(['start/change-gitops train/train']);
  expect(found({ spec: { syncPolicy: { syncOptions: ['Replace=true'] } } })).toEqual([]);
});
