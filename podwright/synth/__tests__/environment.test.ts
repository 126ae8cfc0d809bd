import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { KubePod, KubeService } from '../../api/k8s';
import { Job } from '../../constructs/job';
import { App, type AppProps, findingsOf } from '../app';
import { Environment, type EnvironmentProps } from '../environment';

const circular: unknown[] = [];
circular.push(circular);

const HOSTILE: readonly (readonly [key: string, value: unknown, said: string])[] = [
  ['targets', '1.36', ': got "1.36"; expected a list of 1.27, 1.28,'],
  ['targets', [], ': got []; expected a list of 1.27, 1.28,'],
  ['targets', ['1.36', '9.9'], ': got ["1.36","9.9"]; expected a list of 1.27, 1.28,'],
  ['podSecurity', 'high', ': got "high"; expected privileged, baseline, restricted'],
  ['podSecurity', null, ': got null; expected privileged, baseline, restricted'],
  ['externals', { kind: 'Secret' }, ': got {"kind":"Secret"}; expected a list of { kind, name, namespace, keys }'],
  ['externals', [null], '[0]: got null; expected { kind, name, namespace, keys }'],
  ['externals', circular, '[0]: got <ref *1> [ [Circular *1] ]; expected { kind, name, namespace, keys }'],
  [
    'externals',
    [{ kind: 'Secret', nmae: 'a' }],
    '[0]: got {"kind":"Secret","nmae":"a"}; expected { kind, name, namespace, keys }',
  ],
  ['externals', [{ kind: 'Secret', name: 3 }], '[0].name: got 3; expected text'],
  ['externals', [{ kind: 'Secret', keys: 'token' }], '[0].keys: got "token"; expected a list of keys'],
  ['facts', null, ': got null; expected { images, nodes }'],
  ['facts', { node: [] }, ': got {"node":[]}; expected { images, nodes }'],
  ['facts', { nodes: [null] }, '.nodes[0]: got null; expected { count, labels, taints, allocatable }'],
  ['facts', { nodes: [{ allocatable: 8 }] }, '.nodes[0].allocatable: got 8; expected amounts by resource'],
  ['facts', { nodes: [{ allocatable: { cpu: 'abc' } }] }, '.nodes[0].allocatable.cpu: got "abc"; expected a quantity'],
  [
    'facts',
    { nodes: [{ taints: [null] }] },
    '.nodes[0].taints[0]: got null; expected { key, value, effect, timeAdded }',
  ],
  ['facts', { nodes: [{ taints: 'x' }] }, '.nodes[0].taints: got "x"; expected a list of taints'],
  ['facts', { nodes: [{ labels: [1] }] }, '.nodes[0].labels: got [1]; expected labels'],
  ['facts', { nodes: [{ count: '2' }] }, '.nodes[0].count: got "2"; expected a whole number'],
  ['facts', { images: ['a'] }, '.images: got ["a"]; expected what is known of images, by reference'],
  ['facts', { images: { a: { user: -1 } } }, '.images.a.user: got -1; expected an id or a name'],
  ['gitops', 1n, ': got 1n; expected true or false'],
];

test('what is nothing that is said of a cluster fails for an environment', () => {
  const props = { target: ['1.36'] } as EnvironmentProps;
  expect(() => new Environment(new App(), 'gpu', props)).toThrow(
    'gpu: target: is nothing that is said of a cluster; expected targets, podSecurity, externals, facts, gitops',
  );
});

describe('what may not be said of a cluster', () => {
  test.each(HOSTILE)('%s: %p fails for an environment', (key, value, said) => {
    expect(() => new Environment(new App(), 'gpu', { [key]: value })).toThrow(`gpu: ${key}${said}`);
  });

  test.each(HOSTILE)('%s: %p fails for an App', (key, value, said) => {
    expect(() => findingsOf(new App({ [key]: value }))).toThrow(`${key}${said}`);
  });

  test('an external of a kind that there is not fails for both', () => {
    const externals = [{ kind: 'Secert', name: 'registry' }];
    const said = 'externals[0].kind: there is no kind "Secert"; did you mean "Secret"?';
    expect(() => new Environment(new App(), 'gpu', { externals })).toThrow(`gpu: ${said}`);
    expect(() => findingsOf(new App({ externals }))).toThrow(said);
  });

  test.each([undefined, {}, { targets: undefined, facts: { nodes: undefined }, externals: undefined }])(
    'props of %p say nothing',
    (props) => {
      const nodes = [{ count: 1, allocatable: { cpu: 1 } }];
      expect(told({ facts: { nodes } }, { gpu: props }, gpuJob)).toEqual(['gpu start/no-node']);
    },
  );
});

/** What is found in each environment, a line a finding: `ENVIRONMENT RULE`. */
function told(
  props: AppProps,
  environments: Readonly<Record<string, EnvironmentProps | undefined>>,
  build: (scope: Construct) => void,
): string[] {
  const app = new App(props);
  const made = new Map<string, Construct>([['', app]]);
  for (const [name, said] of Object.entries(environments)) {
    const [id = '', ...outer] = name.split('/').reverse();
    const environment = new Environment(made.get(outer.reverse().join('/')) ?? app, id, said);
    made.set(name, environment);
    build(new Chart(environment, 'chart'));
  }
  return findingsOf(app).map(
    ({ constructPath = '', ruleId }) => `${constructPath.slice(0, constructPath.lastIndexOf('/chart'))} ${ruleId}`,
  );
}

const containers = [{ name: 'main', image: 'registry.example.com/train:1' }];

function gpuJob(scope: Construct): void {
  const resources = { limits: { 'nvidia.com/gpu': 1 } };
  new Job(scope, 'train', { containers: [{ name: 'main', image: 'registry.example.com/train:1', resources }] });
}

test('nodes are those of the cluster, and not those that the App knows of', () => {
  const laptop = { facts: { nodes: [{ count: 1, allocatable: { cpu: 8, memory: '16Gi' } }] } };
  const gpu = { facts: { nodes: [{ allocatable: { cpu: 64, 'nvidia.com/gpu': 8 } }] } };
  expect(told({}, { laptop, gpu }, gpuJob)).toEqual(['laptop start/no-node']);
  expect(told(laptop, { laptop: {}, gpu }, gpuJob)).toEqual(['laptop start/no-node']);
});

test('images are known by the cluster beside those that the App knows', () => {
  const build = (scope: Construct) => {
    for (const image of ['a:1', 'b:1']) {
      new KubePod(scope, `pod-${image.charAt(0)}`, {
        spec: { containers: [{ name: 'main', image, securityContext: { runAsNonRoot: true } }] },
      });
    }
  };
  const root = (image: string) => ({ facts: { images: { [image]: { user: 0 } } } });
  const found = told(root('a:1'), { dev: root('b:1'), prod: {} }, build);
  expect(found.filter((line) => line.includes('root'))).toEqual([
    'dev start/root-image',
    'dev start/root-image',
    'prod start/root-image',
  ]);
});

test('externals are those of the cluster and those of all clusters', () => {
  const secret = (name: string) => ({ externals: [{ kind: 'Secret', name }] });
  const build = (scope: Construct) => {
    const envFrom = ['a', 'b'].map((name) => ({ secretRef: { name } }));
    new KubePod(scope, 'pod', { spec: { containers: [{ ...containers[0], name: 'main', envFrom }] } });
  };
  const missing = (lines: readonly string[]) => lines.filter((line) => line.endsWith('reference'));
  expect(missing(told(secret('a'), { dev: secret('b'), prod: {} }, build))).toEqual(['prod start/secret-reference']);
});

test('an environment in another is told what that one is', () => {
  const restricted = { podSecurity: 'restricted' } as const;
  const build = (scope: Construct) => new KubePod(scope, 'pod', { spec: { hostPID: true, containers } });
  const found = told(
    { podSecurity: 'privileged' },
    { eu: restricted, 'eu/prod': {}, 'eu/dev': { podSecurity: 'privileged' }, us: {} },
    build,
  );
  const places = found.filter((line) => line.includes('pod-security/host-namespaces'));
  expect(places).toEqual(['eu pod-security/host-namespaces', 'eu/prod pod-security/host-namespaces']);
});

test('targets are the versions of the cluster', () => {
  // Before 1.36 a Service's name begins with a letter.
  const build = (scope: Construct) => {
    new KubeService(scope, 'web', { metadata: { name: '1' }, spec: { clusterIP: 'None', ports: [{ port: 80 }] } });
  };
  const found = told({ targets: ['1.37'] }, { old: { targets: ['1.33'] }, now: {} }, build);
  expect(found.filter((line) => line.includes('api/'))).toEqual(['old api/metadata']);
});
