import { Environment } from '../../../synth/environment';
import { ArgoApplicationSet } from '../argo-application-set';
import { addServer, addTeam, errorsOf, filesOf, refusals } from './support';

const repoURL = 'https://example.com/team/platform';

test('without an environment is a fault', () => {
  expect(errorsOf((app) => new ArgoApplicationSet(app, 'apps', { repoURL, clusters: [] }))).toEqual([
    'synth/validation apps: : clusters: names none, got []; expected an environment at least',
  ]);
});

test('has an Application for each environment, on the cluster that it is for', () => {
  const files = filesOf((app) => {
    const [gpu, laptop] = [new Environment(app, 'gpu'), new Environment(app, 'laptop')];
    for (const environment of [gpu, laptop]) {
      addTeam(environment);
      addServer(environment);
    }
    new ArgoApplicationSet(app, 'apps', {
      repoURL,
      clusters: [{ environment: gpu, name: 'gpu', namespace: 'ml' }, { environment: laptop }],
    });
  });
  const [set, ...others] = files['clusters/apps/apps.yaml'] ?? [];
  expect(others).toEqual([]);
  expect(refusals([set])).toEqual([]);
  expect(set.spec.generators).toEqual([
    {
      list: {
        elements: [
          { application: 'apps-gpu', environment: 'gpu', destination: { name: 'gpu', namespace: 'ml' } },
          {
            application: 'apps-laptop',
            environment: 'laptop',
            destination: { server: 'https://kubernetes.default.svc' },
          },
        ],
      },
    },
  ]);
  expect(set.spec.template.metadata.name).toBe('{{.application}}');
  expect(set.spec.template.spec.source.path).toBe('dist/{{.environment}}');
  const namespaces = ['gpu', 'laptop'].map((name) => files[`dist/${name}/0-team.k8s.yaml`]?.[0].metadata.annotations);
  expect(namespaces.map((annotations) => annotations['argocd.argoproj.io/sync-wave'])).toEqual(['-1', '-1']);
});
