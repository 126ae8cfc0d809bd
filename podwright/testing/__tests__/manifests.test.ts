import { ApiObject, Chart, App as StockApp } from 'cdk8s';
import { KubeConfigMap, KubeDeployment, KubeNamespace, KubeNetworkPolicy, KubeService } from '../../api/k8s';
import { HashedConfigMap } from '../../constructs/hashed-config-map';
import { Job } from '../../constructs/job';
import { ModelServer } from '../../constructs/model-server';
import { Pod } from '../../constructs/pod';
import { Team } from '../../constructs/team';
import { Environment } from '../../synth/environment';
import { exactly, expectManifests, Manifests, Testing } from '../index';

const containers = [{ name: 'main', image: 'busybox:1.37', env: { A: '1', B: '2' } }];

/** Two Deployments, a Service, a Pod with a ConfigMap, in one chart. */
function shop() {
  const chart = Testing.chart({ namespace: 'shop' });
  const deployment = (id: string, replicas: number) =>
    new KubeDeployment(chart, id, {
      metadata: { name: id },
      spec: {
        replicas,
        selector: { matchLabels: { app: id } },
        template: {
          metadata: { labels: { app: id } },
          spec: {
            containers: [{ name: 'main', image: 'busybox:1.37', ports: [{ name: 'http', containerPort: 8080 }] }],
          },
        },
      },
    });
  const web = deployment('web', 2);
  const cart = deployment('cart', 1);
  const service = new KubeService(chart, 'service', {
    metadata: { name: 'web' },
    spec: { selector: { app: 'web' }, ports: [{ name: 'public', port: 80, targetPort: 'http' }] },
  });
  const settings = new KubeConfigMap(chart, 'settings', { metadata: { name: 'settings' }, data: { a: 'b' } });
  const pod = new Pod(chart, 'worker', {
    containers: [
      { ...containers[0], name: 'main', image: 'busybox:1.37', volumeMounts: [{ name: 'v', mountPath: '/v' }] },
    ],
    volumes: [
      { name: 'v', configMap: { name: 'settings' } },
      { name: 'unused', secret: { secretName: 'token' } },
    ],
  });
  return { chart, web, cart, service, settings, pod };
}

/** What a failing call says. */
function failure(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it did not fail');
}

describe('sources', () => {
  test('YAML that cannot be read, and a path that is not there, are errors with their place', () => {
    expect(failure(() => Manifests.of('kind: [\n'))).toMatch(/^YAML:2: /);
    expect(failure(() => Manifests.of('nowhere.yaml'))).toBe(
      'nowhere.yaml is not there; expected a file, a folder, or YAML',
    );
  });

  test('an App, a chart, a construct, a stock App, YAML, a folder and objects all have their objects', () => {
    const { chart, web } = shop();
    const counts = [chart.node.root, chart, web].map((source) => Manifests.of(source).count());
    expect(counts).toEqual([5, 5, 1]);
    const stock = new StockApp({ outdir: 'never-written' });
    new ApiObject(new Chart(stock, 'c'), 'o', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' } });
    expect(Manifests.of(stock).count('Secret', 's')).toBe(1);
    const yaml = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n---\napiVersion: v1\nkind: List\nitems: []\n';
    expect(Manifests.of(yaml).objects).toEqual([{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } }]);
    expect(Manifests.of('dist').has('Pod', 'counter')).toBe(true);
    expect(Manifests.of([{ apiVersion: 'v1', kind: 'Pod' }]).count()).toBe(1);
  });

  test('an environment is a program of its own', () => {
    const app = Testing.app();
    for (const name of ['laptop', 'gpu']) {
      new KubeNamespace(new Chart(new Environment(app, name), 'team'), 'ml', { metadata: { labels: { env: name } } });
    }
    const laptop = Manifests.of(app.node.findChild('laptop'));
    expect(laptop.objects.map(({ metadata }) => metadata.labels.env)).toEqual(['laptop']);
  });

  test('a part of an environment sees its cluster, and what is told of that, and no other', () => {
    const app = Testing.app();
    const chartOf = (name: string, cpu: number) => {
      const facts = { nodes: [{ allocatable: { cpu } }] };
      const environment = new Environment(app, name, { facts });
      new Team(new Chart(environment, 'team'), 'ml', { quota: { 'requests.cpu': 2 } });
      return new Chart(environment, 'train', { namespace: 'ml' });
    };
    const [dev, prod] = [chartOf('dev', 1), chartOf('prod', 8)];
    for (const chart of [dev, prod]) {
      new Job(chart, 'train', {
        containers: [{ name: 'main', image: 'busybox:1.37', resources: { requests: { cpu: 2, memory: '1Gi' } } }],
      });
    }
    expect(Manifests.of(prod).whyNot.fits('ResourceQuota/quota')).toBeUndefined();
    expect(Manifests.of(prod).whyNot.starts()).toBeUndefined();
    expect(Manifests.of(dev).whyNot.starts()).toMatch(/\[start\/no-node\]$/);
  });
});

describe('find', () => {
  test('is typed by kind, with or without its group, and partial', () => {
    const manifests = Manifests.of(shop().chart);
    const replicas: number | undefined = manifests.find('Deployment', 'web').spec?.replicas;
    expect(replicas).toBe(2);
    expect(manifests.find('apps/Deployment', { spec: { replicas: 1 } }).metadata?.name).toBe('cart');
    expect(manifests.findAll('Deployment').map(({ metadata }) => metadata?.name)).toEqual(['web', 'cart']);
    expect(manifests.tryFind('Secret')).toBeUndefined();
    // @ts-expect-error a field that the kind does not have
    manifests.has('Deployment', { spec: { replica: 1 } });
  });

  test('looks up items with names by name, and takes asymmetric matchers', () => {
    const manifests = Manifests.of(shop().chart);
    const image = expect.stringMatching(/^busybox:/);
    expect(
      manifests.has('Pod', { spec: { containers: [{ name: 'main', env: [{ name: 'B', value: '2' }], image }] } }),
    ).toBe(true);
    const env = exactly([{ name: 'B', value: '2' }]);
    expect(manifests.has('Pod', { spec: { containers: [{ name: 'main', env }] } })).toBe(false);
  });
});

describe('what failures say', () => {
  const cases: [string, (chart: Chart) => unknown][] = [
    ['no object of the kind', (chart) => expectManifests(chart).toHave('Deploymnet')],
    ['another field', (chart) => expectManifests(chart).toHave('Deployment', { spec: { replicas: 3 } })],
    ['another name', (chart) => expectManifests(chart).toHave('Service', 'shop/webb')],
    [
      'a container that is not there',
      (chart) => expectManifests(chart).toHave('Pod', { spec: { containers: [{ name: 'proxy' }] } }),
    ],
    ['a field too many', (chart) => expectManifests(chart).toHave('ConfigMap', { data: exactly({}) })],
    [
      'an asymmetric matcher',
      (chart) => expectManifests(chart).toHave('Deployment', { spec: { replicas: expect.any(String) } } as never),
    ],
    ['what is there and must not be', (chart) => expectManifests(chart).not.toHave('Pod', 'worker')],
    ['a count', (chart) => expectManifests(chart).toHaveCount(3, 'Deployment')],
    ['a count of all', (chart) => expectManifests(chart).toHaveCount(1)],
    ['several where one is wanted', (chart) => Manifests.of(chart).find('Deployment')],
    ['another selector', (chart) => expectManifests(chart).toSelect('Service/web', 'Deployment/cart')],
    ['a volume that nothing mounts', (chart) => expectManifests(chart).toMount('worker', secret)],
    ['no volume', (chart) => expectManifests(chart).toMount('Deployment/web', 'settings')],
    ['another user', (chart) => expectManifests(chart).toRunAs('worker', 1000)],
    ["the image's user", (chart) => expectManifests(chart).toRunAs('Deployment/web', 0)],
    ['another service account', (chart) => expectManifests(chart).toRunAs('worker', 'trainer')],
    ['a name of two objects', (chart) => expectManifests(chart).toRunAs('web', 0)],
    ['what does not start', (chart) => expectManifests(chart).toStart('worker')],
    ['what is not admitted', (chart) => expectManifests(chart).toBeAdmittedBy('baseline')],
    ['a version that is not known', (chart) => expectManifests(chart).toBeAcceptedBy('1.2')],
  ];
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'token', namespace: 'shop' } };

  test.each(cases)('%s', (_, call) => {
    const { chart } = shop();
    new Pod(chart, 'host', { containers, hostNetwork: true });
    expect(failure(() => call(chart))).toMatchSnapshot();
  });
});

describe('relations', () => {
  test('hold by construct, by object and by name', () => {
    const { chart, web, service, settings, pod } = shop();
    const manifests = Manifests.of(chart);
    expect(manifests.selects(service, web)).toBe(true);
    expect(manifests.selects('Service/web', manifests.find('Deployment', 'web'))).toBe(true);
    expect(manifests.mounts(pod, settings)).toBe(true);
    expect(manifests.mounts('Pod/shop/worker', 'ConfigMap/settings')).toBe(true);
    expect(manifests.runsAs(pod, 65534)).toBe(true);
    expect(manifests.runsAs(pod, 'default')).toBe(true);
  });

  test('a flow passes unless a policy keeps it back, to a Service by its port', () => {
    const { chart, web, cart } = shop();
    const policy = new KubeNetworkPolicy(chart, 'policy', {
      metadata: { name: 'web' },
      spec: {
        podSelector: { matchLabels: { app: 'web' } },
        ingress: [{ from: [{ podSelector: { matchLabels: { app: 'cart' } } }], ports: [{ port: 'http' }] }],
      },
    });
    const manifests = Manifests.of(chart);
    expect(manifests.reaches(cart, 'Service/web')).toBe(true);
    expect(manifests.reaches(cart, 'Service/web', 'public')).toBe(true);
    expect(manifests.reaches(cart, web, 8080)).toBe(true);
    expect(manifests.allows(policy, cart, web, 8080)).toBe(true);
    expect(manifests.whyNot.reaches('worker', 'Service/web')).toBe(
      'Pod shop/worker to Deployment shop/web behind Service shop/web, port 8080, is not let in: NetworkPolicy web allows no such flow',
    );
    expect(manifests.whyNot.reaches({ ip: '203.0.113.7' }, web, 8080)).toBe(
      'the flow to Deployment shop/web, port 8080, is not let in: NetworkPolicy web allows no such flow',
    );
    expect(failure(() => manifests.reaches(cart, 'Service/web', 443))).toBe(
      'Service shop/web has no port 443; expected public (80)',
    );
  });

  test("a quota fits, and a part of a program sees the program's other parts", () => {
    const app = Testing.app();
    new Team(new Chart(app, 'team'), 'ml', { quota: { pods: 3, 'requests.cpu': 1 } });
    const chart = new Chart(app, 'server', { namespace: 'ml' });
    new ModelServer(chart, 'small', { replicas: 2, containers });
    expect(app).toFit('ResourceQuota/quota');
    expect(chart).toStart();
    new ModelServer(chart, 'large', { replicas: 2, containers });
    expect(Manifests.of(app).whyNot.fits('ResourceQuota/quota')).toMatch(
      /\/spec\/hard\/pods: is less than what is in the/,
    );
  });
});

describe('jest', () => {
  test('the matchers are there, and with not', () => {
    const { chart } = shop();
    expect(chart).toHave('Pod', 'worker');
    expect(chart).not.toHave('Pod', 'counter');
    expect(chart).toHaveCount(2, 'Deployment');
    expect(chart).toBeAcceptedBy('1.34');
    expect(chart).not.toHaveNoFindings();
    expect(chart).not.toBeAdmittedBy('restricted');
  });

  test('a snapshot is a block a resource, and the same when only a hash is another', () => {
    const made = (value: string) => {
      const chart = Testing.chart();
      const { name } = new HashedConfigMap(chart, 'settings', {
        data: { value: 'same' },
        metadata: { labels: { value } },
      });
      new Job(chart, 'job', {
        containers: [{ name: 'main', image: `busybox:${value}`, envFrom: [{ configMapRef: { name } }] }],
        onChange: 'new-name',
      });
      return Manifests.of(chart);
    };
    expect(made('1.36')).toMatchSnapshot();
    expect(made('1.36').find('Job').metadata?.name).not.toBe(made('1.37').find('Job').metadata?.name);
  });
});
