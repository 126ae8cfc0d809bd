import { YamlOutputType } from 'cdk8s';
import { Environment } from '../../../synth/environment';
import { FluxKustomization } from '../flux-kustomization';
import { Kustomization } from '../kustomization';
import { addJob, addServer, addTeam, filesOf } from './support';

test('lists the files of its environment in the order in which they apply, with what it is told beside', () => {
  const files = filesOf((app) => {
    const prod = new Environment(app, 'prod');
    addServer(prod);
    addTeam(prod);
    addJob(app);
    new Kustomization(prod, 'all', { fields: { images: [{ name: 'busybox', newName: 'mirror/busybox' }] } });
  });
  expect(files['clusters/kustomize/prod/all/kustomization.yaml']).toEqual([
    {
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      resources: ['../../../../dist/prod/0-team.k8s.yaml', '../../../../dist/prod/server.k8s.yaml'],
      images: [{ name: 'busybox', newName: 'mirror/busybox' }],
    },
  ]);
});

test('objects of one kind and several parts in one file are told apart by their names', () => {
  const files = filesOf(
    (app) => {
      addJob(app, 'web.v1').addDependency(addJob(app, 'migrate'));
      new FluxKustomization(app, 'apps');
    },
    { yamlOutputType: YamlOutputType.FILE_PER_APP },
  );
  const [{ resources, patches }] = files['clusters/kustomize/apps/apps-migrate-jobs/kustomization.yaml'] ?? [];
  expect(resources).toEqual(['../../../../dist/app.k8s.yaml']);
  expect(patches.map(({ target }: { target: object }) => target)).toEqual([
    { group: 'batch', version: 'v1', kind: 'Job', name: 'web\\.v1', namespace: 'ml' },
  ]);
});
