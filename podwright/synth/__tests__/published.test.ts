// Programs of the kinds that cdk8s publishes as examples, each run under cdk8s's App and under ours.
import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import {
  ApiObject,
  Chart,
  Cron,
  Duration,
  Include,
  type IResolver,
  JsonPatch,
  Lazy,
  Names,
  type ResolutionContext,
  Size,
  App as StockApp,
  YamlOutputType,
} from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { parseAllDocuments } from 'yaml';
import { App } from '../app';
import { said } from './said';

type Program = (app: StockApp) => void;

/** A service of a deployment's, each with a label made of its path; by the generated classes of cdk8s-plus. */
class WebService extends Construct {
  constructor(scope: Construct, id: string, image: string, replicas?: number) {
    super(scope, id);
    const labels = { app: Names.toLabelValue(this) };
    const { IntOrString, KubeDeployment, KubeService } = kplus.k8s;
    new KubeService(this, 'service', {
      spec: { type: 'LoadBalancer', selector: labels, ports: [{ port: 80, targetPort: IntOrString.fromNumber(8080) }] },
    });
    new KubeDeployment(this, 'deployment', {
      spec: {
        replicas,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { containers: [{ name: 'web', image, ports: [{ containerPort: 8080 }] }] },
        },
      },
    });
  }
}

/** Lists and maps that are handed over empty and filled later, as many programs of cdk8s's do. */
function filledLater(app: StockApp): void {
  const chart = new Chart(app, 'podinfo', { labels: { team: 'web' } });
  const containers: object[] = [];
  const annotations: Record<string, string> = {};
  const account = new ApiObject(chart, 'account', { apiVersion: 'v1', kind: 'ServiceAccount' });
  new ApiObject(chart, 'deployment', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    spec: {
      replicas: undefined,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: kplus.k8s.IntOrString.fromNumber(1) } },
      selector: { matchLabels: { app: 'podinfo' } },
      template: {
        metadata: { labels: { app: 'podinfo' }, annotations },
        spec: { serviceAccountName: account.name, containers, nodeSelector: null },
      },
    },
  });
  containers.push({ name: 'podinfod', image: 'podinfo:3.1.4', ports: [{ name: 'http', containerPort: 9898 }] });
  annotations['prometheus.io/scrape'] = 'true';
}

function ingress(app: StockApp): void {
  const chart = new Chart(app, 'ingress');
  const echo = (text: string) =>
    kplus.IngressBackend.fromService(
      new kplus.Deployment(chart, text, {
        containers: [{ image: 'http-echo', args: ['-text', text], portNumber: 5678 }],
      }).exposeViaService({ ports: [{ port: 5678 }] }),
    );
  const made = new kplus.Ingress(chart, 'ingress');
  made.addRule('/', echo('root'));
  made.addRule('/foo', echo('foo'), kplus.HttpIngressPathType.EXACT);
  made.addHostDefaultBackend('my.host', echo('host'));
  made.addTls([{ hosts: ['my.host'], secret: kplus.Secret.fromSecretName(chart, 'tls', 'cert') }]);
}

function webCacheDatabase(app: StockApp): void {
  const chart = new Chart(app, 'tiers', { namespace: 'shop' });
  const nodes = kplus.Node.labeled(kplus.NodeLabelQuery.is('optimized', 'storage'));
  const tier = (image: string, port: number) => ({
    containers: [{ image, portNumber: port }],
    replicas: 2,
    isolate: true,
  });
  const db = new kplus.StatefulSet(chart, 'db', tier('db', 8000));
  db.scheduling.attract(nodes);
  const cache = new kplus.Deployment(chart, 'cache', tier('cache', 7000));
  const web = new kplus.Deployment(chart, 'web', {
    ...tier('web', 6000),
    containers: [
      {
        image: 'web',
        portNumber: 6000,
        envVariables: {
          CACHE_HOST: kplus.EnvValue.fromValue(cache.exposeViaService().name),
          DB_PORT: kplus.EnvValue.fromValue(String(db.service.port)),
        },
      },
    ],
  });
  web.scheduling.colocate(cache);
  web.scheduling.tolerate(kplus.Node.tainted(kplus.NodeTaintQuery.is('gpu', 'true')));
  web.connections.allowTo(cache);
  cache.connections.allowTo(db);
  const office = kplus.Group.fromName(chart, 'group', 'office');
  web.permissions.grantReadWrite(office);
  db.permissions.grantReadWrite(office);
  web.exposeViaService({ serviceType: kplus.ServiceType.LOAD_BALANCER });
}

/** An operator's custom resource, a secret that the operator makes, and a config map of a file that is mounted. */
function query(app: StockApp): void {
  const chart = new Chart(app, 'query');
  const search = new ApiObject(chart, 'elastic', {
    apiVersion: 'elasticsearch.k8s.elastic.co/v1',
    kind: 'Elasticsearch',
    spec: {
      version: '7.7.1',
      nodeSets: [{ count: 1, name: 'default', config: { 'node.master': true, 'node.store.allow_mmap': false } }],
    },
  });
  const password = kplus.Secret.fromSecretName(chart, 'secret', `${search.name}-user`);
  const deployment = new kplus.Deployment(chart, 'deployment', { replicas: 1 });
  const container = deployment.addContainer({
    image: 'node:20',
    workingDir: '/root',
    command: ['node', 'query.js'],
    portNumber: 8000,
    envVariables: {
      ENDPOINT: kplus.EnvValue.fromValue(`http://${search.name}:9200`),
      PASSWORD: kplus.EnvValue.fromSecretValue({ secret: password, key: 'elastic' }),
      NODE: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.NODE_NAME),
      LIMIT: kplus.EnvValue.fromResource(kplus.ResourceFieldPaths.MEMORY_LIMIT),
    },
    resources: { cpu: { request: kplus.Cpu.millis(100) }, memory: { limit: Size.mebibytes(512) } },
    liveness: kplus.Probe.fromHttpGet('/live', { periodSeconds: Duration.seconds(3) }),
    readiness: kplus.Probe.fromCommand(['true']),
    startup: kplus.Probe.fromTcpSocket({ port: 8000 }),
    lifecycle: { preStop: kplus.Handler.fromCommand(['sleep', '5']) },
  });
  const config = new kplus.ConfigMap(chart, 'config', { data: { empty: '', 'on.txt': 'on', number: '012' } });
  config.addFile(__filename, 'query.js');
  container.mount(
    '/root',
    kplus.Volume.fromConfigMap(chart, 'volume', config, { items: { 'query.js': { path: 'q.js' } } }),
  );
  container.mount('/tmp', kplus.Volume.fromEmptyDir(chart, 'tmp', 'tmp', { medium: kplus.EmptyDirMedium.MEMORY }));
  deployment.exposeViaService();
  new kplus.HorizontalPodAutoscaler(chart, 'scale', {
    target: new kplus.Deployment(chart, 'scaled', {
      containers: [{ image: 'a', resources: { cpu: { request: kplus.Cpu.units(1), limit: kplus.Cpu.units(2) } } }],
    }),
    maxReplicas: 5,
    metrics: [kplus.Metric.resourceCpu(kplus.MetricTarget.averageUtilization(70))],
  });
}

function storageAndJobs(app: StockApp): void {
  const chart = new Chart(app, 'storage');
  const volume = new kplus.AwsElasticBlockStorePersistentVolume(chart, 'disk', {
    volumeId: 'vol-1',
    storage: Size.gibibytes(50),
    accessModes: [kplus.PersistentVolumeAccessMode.READ_WRITE_ONCE],
  });
  const claim = volume.reserve();
  const pod = new kplus.Pod(chart, 'pod', {
    containers: [
      {
        image: 'a',
        volumeMounts: [{ path: '/data', volume: kplus.Volume.fromPersistentVolumeClaim(chart, 'v', claim) }],
      },
    ],
    dns: { hostname: 'me', nameservers: ['1.1.1.1'], options: [{ name: 'ndots', value: '2' }] },
    hostAliases: [{ ip: '127.0.0.1', hostnames: ['a', 'b'] }],
  });
  new kplus.CronJob(chart, 'nightly', {
    schedule: Cron.schedule({ minute: '0', hour: '2' }),
    containers: [{ image: 'backup' }],
    timeZone: 'Europe/Zurich',
    concurrencyPolicy: kplus.ConcurrencyPolicy.REPLACE,
  });
  new kplus.Job(chart, 'once', {
    containers: [{ image: 'migrate', envFrom: [] }],
    backoffLimit: 0,
    ttlAfterFinished: Duration.minutes(1),
  });
  const role = new kplus.Role(chart, 'reader');
  role.allowRead(kplus.ApiResource.PODS, pod);
  role.bind(new kplus.ServiceAccount(chart, 'account'), kplus.User.fromName(chart, 'user', 'jane'));
  const cluster = new kplus.ClusterRole(chart, 'all');
  cluster.allow(['get'], kplus.NonApiResource.of('/healthz'));
  cluster.aggregate('app', 'x');
  new kplus.Secret(chart, 'keys', { stringData: { a: '1', 'b.c': 'yes' }, type: 'example.com/keys' });
  new kplus.BasicAuthSecret(chart, 'basic', { username: 'me', password: '0123' });
  new kplus.Namespace(chart, 'space', { metadata: { labels: { a: 'b' } } });
  new kplus.DaemonSet(chart, 'agent', { containers: [{ image: 'agent' }], minReadySeconds: 3 });
  const policy = new kplus.NetworkPolicy(chart, 'policy', {
    selector: pod,
    egress: { default: kplus.NetworkPolicyTrafficDefault.DENY },
  });
  policy.addIngressRule(kplus.NetworkPolicyIpBlock.ipv4(chart, 'block', '10.0.0.0/8', ['10.1.0.0/16']), [
    kplus.NetworkPolicyPort.tcpRange(80, 90),
  ]);
}

const MANIFESTS = `apiVersion: v1
kind: Namespace
metadata: { name: board }
---
# A comment, and words that YAML 1.1 has for others.
kind: ConfigMap
apiVersion: v1
metadata: { name: settings, namespace: board, labels: { on: "off" } }
data: { yes: "y", time: "12:30", octal: "0755", text: "a\\n  b \\n" }
---
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: board, namespace: board }
spec:
  replicas: 1
  selector: { matchLabels: &labels { app: board } }
  template:
    metadata: { labels: *labels }
    spec: { containers: [{ name: board, image: board:1, args: [--port, "8443"], securityContext: {} }] }
`;

function include(app: StockApp): void {
  const folder = fs.mkdtempSync(join(os.tmpdir(), 'podwright-include-'));
  const url = join(folder, 'all.yaml');
  fs.writeFileSync(url, MANIFESTS);
  const chart = new Chart(app, 'board', { labels: { from: 'file' } });
  const included = new Include(chart, 'all', { url });
  const deployment = included.apiObjects.find((object) => object.kind === 'Deployment');
  deployment?.metadata.addAnnotation('changed', 'yes');
  deployment?.addJsonPatch(JsonPatch.replace('/spec/replicas', 3), JsonPatch.remove('/spec/template/metadata/labels'));
  fs.rmSync(folder, { recursive: true });
}

/** Values that are not known until the end, patches, and what depends on what, over nested charts. */
function late(app: StockApp): void {
  const outer = new Chart(app, 'outer', { namespace: 'one' });
  const inner = new Chart(outer, 'inner', { disableResourceNameHashes: true });
  let port = 1;
  const service = new ApiObject(inner, 'service', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      annotations: { a: 'b' },
      finalizers: ['x/y'],
      ownerReferences: [],
      generateName: 'g-',
      extra: { z: 1, a: [] },
    } as never,
    spec: {
      ports: [{ port: Lazy.any({ produce: () => port }) }],
      selector: Lazy.any({ produce: () => ({ b: 1, a: null }) }),
    },
  });
  const other = new WebService(new Chart(app, 'other'), 'web', 'web:1', 2);
  outer.addDependency(other);
  service.addDependency(
    new ApiObject(inner, 'first', { apiVersion: 'v1', kind: 'ConfigMap', data: { '10': 'x', '9': 'y', a: 'z' } }),
  );
  service.addJsonPatch(JsonPatch.add('/spec/type', 'NodePort'), JsonPatch.add('/metadata/labels', { new: 'label' }));
  service.metadata.addLabel('added', 'late');
  port = 8080;
}

const PROGRAMS: readonly (readonly [string, Program])[] = [
  [
    'a service and a deployment by generated classes',
    (app) => void new WebService(new Chart(app, 'hello'), 'web', 'hello:1', 2),
  ],
  ['lists and maps that are filled later', filledLater],
  ['an ingress with its backends', ingress],
  ['three tiers that may reach one another', webCacheDatabase],
  ["an operator's resource, a secret and a mounted file", query],
  ['storage, jobs, roles, secrets and policies', storageAndJobs],
  ['manifests that are included, and changed', include],
  ['values that are known late, over nested charts', late],
  [
    'all of them at once',
    (app) => {
      for (const run of [filledLater, ingress, webCacheDatabase, query, storageAndJobs, include, late]) run(app);
    },
  ],
];

function under<A extends StockApp>(app: A, program: Program): A {
  program(app);
  return app;
}

test.each(PROGRAMS)('says what cdk8s says: %s', (_, program) => {
  const stock = said(under(new StockApp(), program));
  expect(stock).toHaveProperty('yaml');
  expect(said(under(new App(), program))).toEqual(stock);
});

/** The last of the programs. */
const all = PROGRAMS.at(-1)?.[1] as Program;

test('resolves as cdk8s does by a resolver of the program', () => {
  /** As those that look up what the tokens of another tool stand for. */
  class Registry implements IResolver {
    resolve(context: ResolutionContext): void {
      const { key, value } = context;
      if (key.at(-1) === 'image' && !String(value).startsWith('registry/')) context.replaceValue(`registry/${value}`);
    }
  }
  const resolvers = [new Registry()];
  const stock = said(under(new StockApp({ resolvers }), all));
  expect(stock).toHaveProperty('yaml');
  expect(JSON.stringify(stock)).toContain('registry/http-echo');
  expect(said(under(new App({ resolvers }), all))).toEqual(stock);
});

test.each([
  YamlOutputType.FILE_PER_APP,
  YamlOutputType.FILE_PER_CHART,
  YamlOutputType.FILE_PER_RESOURCE,
  YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE,
])('writes files with the objects of those of cdk8s, of output type %i', (yamlOutputType) => {
  const folder = fs.mkdtempSync(join(os.tmpdir(), 'podwright-published-'));
  const [theirs, ours] = [join(folder, 'theirs'), join(folder, 'ours')];
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  under(new StockApp({ yamlOutputType, outdir: theirs }), all).synth();
  under(new App({ yamlOutputType, outdir: ours, rules: 'report' }), all).synth();
  jest.restoreAllMocks();
  const objects = documents(theirs);
  expect(objects.length).toBeGreaterThan(50);
  expect(documents(ours)).toEqual(objects);
  fs.rmSync(folder, { recursive: true });
});

/** All objects of a folder, as JSON, sorted. */
function documents(folder: string): string[] {
  const files = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
  return files
    .flatMap((name) => parseAllDocuments(fs.readFileSync(join(folder, name), 'utf8'), { version: '1.1' }))
    .map((document) => JSON.stringify(document.toJSON()))
    .sort();
}
