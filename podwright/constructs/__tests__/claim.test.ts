import { Size } from 'cdk8s';
import { Claim, type ClaimProps } from '../claim';
import { errorsOf, faultsOf, objectOf } from './support';

const claim = (props: ClaimProps) => objectOf((chart) => new Claim(chart, 'models', props));
const keep = {
  'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
};

test('asks for storage, and is kept when it leaves the program', () => {
  expect(claim({ storage: '10Gi' })).toEqual({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'models', annotations: keep },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } },
  });
});

test('takes a size of cdk8s', () => {
  expect(claim({ storage: Size.gibibytes(10) }).spec.resources).toEqual({ requests: { storage: '10Gi' } });
});

test('what is set wins', () => {
  const metadata = { name: 'other', annotations: { 'argocd.argoproj.io/sync-options': 'Prune=confirm' } };
  const fields = {
    accessModes: ['ReadWriteMany'],
    resources: { requests: { storage: '1Gi' }, limits: { storage: '2Gi' } },
    storageClassName: '',
    volumeName: 'pv',
  } as const;
  expect(claim({ metadata, storage: '5Gi', ...fields })).toMatchObject({
    metadata: {
      name: 'other',
      annotations: { ...keep, 'argocd.argoproj.io/sync-options': 'Prune=confirm,Delete=false' },
    },
    spec: fields,
  });
});

test('each default can be left out, and all at once', () => {
  const resources = { requests: { storage: '1Gi' } };
  expect(claim({ storage: '1Gi', defaults: { keep: false } }).metadata).toEqual({ name: 'models' });
  expect(claim({ storage: '1Gi', defaults: { accessModes: false } }).spec).toEqual({ resources });
  expect(claim({ storage: '1Gi', defaults: 'none' })).toMatchObject({
    metadata: { name: 'models' },
    spec: { resources },
  });
});

test('fails on no storage, on a negative one, and on a default that is none', () => {
  const at = (props: ClaimProps) =>
    errorsOf((chart) => new Claim(chart, 'models', props)).map(([path, pointer]) => [path, pointer]);
  expect(at({})).toEqual([['test/models', '/spec/resources/requests/storage']]);
  expect(at({ storage: '-1Gi' })).toEqual([['test/models', '/spec/resources/requests/storage']]);
  const defaults = { prune: false } as unknown as ClaimProps['defaults'];
  expect(faultsOf((chart) => new Claim(chart, 'models', { storage: 1, defaults }))).toEqual([
    "test/models: defaults.prune: is not a default, got false; expected 'none', or false for any of accessModes, keep",
  ]);
});
