import { convertModule } from '../convert';

const lines = (source: string) => convertModule(source).left.map(({ line, message }) => `${line}: ${message}`);
const body = (props: string) => `import { k8s } from 'cdk8s-plus-27';

new k8s.KubeService(chart, 'web', ${props});
`;

test('replaces classes of cdk8s-plus, names of fields and wrapped values', () => {
  const source = `import { App, Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';

// A comment with k8s.KubePod in it.
export class WebChart extends Chart {
  constructor(scope: Construct, id: string, image = 'nginx:1.27', replicas?: number) {
    super(scope, id);
    new k8s.KubeDeployment(this, 'web', {
      metadata: { name: 'web', labels: { hostPid: 'a' } }, // kept
      spec: {
        replicas: replicas ?? 2,
        selector: { matchLabels: { app: 'web' } },
        template: {
          metadata: { labels: { app: 'web' } },
          spec: {
            hostPid: true,
            setHostnameAsFqdn: false,
            containers: [
              {
                name: 'web',
                image,
                args: ['a, b', \`c \${image} }\`],
                resources: { limits: { cpu: k8s.Quantity.fromString('100m'), 'nvidia.com/gpu': k8s.Quantity.fromNumber(1) } },
                readinessProbe: { httpGet: { path: '/', port: k8s.IntOrString.fromNumber(8080) } },
              },
            ],
          },
        },
      },
    });
    new k8s.KubeService(this, 'service', { metadata: { name: 'web' }, spec: { clusterIp: 'None', clusterIPs: ips, selector: labels } });
  }
}

const app = new App();
new WebChart(app, 'web');
app.synth();
`;
  const { text, converted, left } = convertModule(source);
  expect({ converted, left }).toEqual({ converted: 2, left: [] });
  expect(text).toBe(
    source
      .replace(
        "import { App, Chart } from 'cdk8s';",
        "import { Chart } from 'cdk8s';\nimport { App } from 'podwright';",
      )
      .replace("import { k8s } from 'cdk8s-plus-27';", "import { KubeDeployment, KubeService } from 'podwright/k8s';")
      .replace('hostPid: true', 'hostPID: true')
      .replace('setHostnameAsFqdn', 'setHostnameAsFQDN')
      .replace("k8s.Quantity.fromString('100m')", "'100m'")
      .replace('k8s.Quantity.fromNumber(1)', '1')
      .replace('k8s.IntOrString.fromNumber(8080)', '8080')
      .replace('new k8s.KubeDeployment', 'new KubeDeployment')
      .replace('new k8s.KubeService', 'new KubeService')
      .replace('clusterIp:', 'clusterIP:'),
  );
});

test('replaces classes that cdk8s has generated, imported by name or as a whole', () => {
  const named = `import { KubeConfigMap, KubePod as Pod, Quantity } from './imports/k8s';
new KubeConfigMap(chart, 'a', { metadata: { name: 'a' }, data: { a: 'b' } });
new Pod(chart, 'b', { metadata: { generateName: 'b-' }, spec: { containers: [{ name: 'a', resources: { limits: { cpu: Quantity.fromNumber(1) } } }] } });
`;
  expect(convertModule(named).text).toBe(`import { KubeConfigMap, KubePod } from 'podwright/k8s';
new KubeConfigMap(chart, 'a', { metadata: { name: 'a' }, data: { a: 'b' } });
new KubePod(chart, 'b', { metadata: { generateName: 'b-' }, spec: { containers: [{ name: 'a', resources: { limits: { cpu: 1 } } }] } });
`);
  const whole = `import * as kube from '../imports/k8s';\nnew kube.KubeSecret(this, 'a', { metadata: { name: 'a' } });\n`;
  expect(convertModule(whole).text).toBe(
    `import { KubeSecret } from 'podwright/k8s';\nnew KubeSecret(this, 'a', { metadata: { name: 'a' } });\n`,
  );
  const plus = `import * as kplus from 'cdk8s-plus-27';\nnew kplus.Pod(this, 'x');\nnew kplus.k8s.KubeSecret(this, 'a', { metadata: { name: 'a' } });\n`;
  expect(convertModule(plus).text).toContain(
    `import * as kplus from 'cdk8s-plus-27';\nimport { KubeSecret } from 'podwright/k8s';\n`,
  );
});

test.each([
  ['{ spec: {} }', "its name is the path that cdk8s makes, podwright's is the id; say metadata.name first"],
  ['props', 'its props are not written out, and its name is the path that cdk8s makes'],
  ["{ metadata: { name: 'a' }, ...more }", 'it has fields from elsewhere'],
  ["{ metadata: { name: 'a' }, spec }", 'spec comes from elsewhere'],
  [
    "{ metadata: { name: 'a' }, spec: specOf(1) }",
    'spec comes from elsewhere, as specOf(1); only what is written out can be read',
  ],
  ["{ metadata: { name: 'a' }, spec: { ports: [port] } }", 'ports comes from elsewhere, as port; only what'],
  ["{ metadata: { name: 'a' }, spec: { ports: [...ports] } }", 'ports has items from elsewhere'],
  ["{ metadata: { name: 'a' }, spec: { ports: [{ port: 1, targetPort: port }] } }", 'targetPort comes from elsewhere'],
  ["{ metadata: { name: 'a' }, spec: { [key]: 1 } }", 'a name of a field is worked out by the program'],
  ["{ metadata: { name: 'a' }, spec: { clusterIpp: 'None' } }", 'clusterIpp is no field of spec'],
  ["{ metadata: { name: 'a' }, spec: { type: k8s.Type.A } }", "k8s.Type.A is cdk8s's own"],
  ["{ metadata: { name: 'a' } } as any", 'its props are more than a literal'],
])('leaves what is not safe, and says where: %s', (props, message) => {
  const source = body(props);
  expect(convertModule(source).text).toBe(source);
  expect(lines(source)).toEqual([expect.stringContaining(`3: KubeService stays cdk8s's: ${message}`)]);
});

test('leaves objects that are patched by the names of cdk8s, base classes, and data', () => {
  const source = `import { k8s } from 'cdk8s-plus-27';
const web = new k8s.KubeService(chart, 'web', { metadata: { name: 'web' } });
web.addJsonPatch(JsonPatch.add('/spec/clusterIp', 'None'));
class Own extends k8s.KubePod {}
const data = k8s.KubePod.manifest({});
`;
  expect(convertModule(source).text).toBe(source);
  expect(lines(source)).toEqual([
    "2: KubeService stays cdk8s's: its patches have the paths of cdk8s's names",
    "4: k8s.KubePod stays cdk8s's",
    "5: k8s.KubePod stays cdk8s's",
  ]);
});

test('keeps the old import for what stays, and never two classes of one name', () => {
  const source = `import { k8s } from 'cdk8s-plus-27';
new k8s.KubeSecret(chart, 'a', { metadata: { name: 'a' } });
new k8s.KubeSecret(chart, 'b', {});
`;
  expect(convertModule(source).text).toBe(`import { k8s } from 'cdk8s-plus-27';
import { KubeSecret } from 'podwright/k8s';
new KubeSecret(chart, 'a', { metadata: { name: 'a' } });
new k8s.KubeSecret(chart, 'b', {});
`);
  const named = `import { KubeSecret } from './imports/k8s';
new KubeSecret(chart, 'a', { metadata: { name: 'a' } });
new KubeSecret(chart, 'b', {});
`;
  expect(convertModule(named).text).toBe(named);
  expect(lines(named)).toEqual([
    "2: KubeSecret stays cdk8s's: another of its class does, under the same name",
    expect.stringMatching(/^3: /),
  ]);
});

test('leaves a module without generated classes as it is', () => {
  const source = `import { Chart } from 'cdk8s';\nconst re = /['"\`]{/;\nconst a = 1 / 2; // new k8s.KubePod(\n`;
  expect(convertModule(source)).toEqual({ text: source, converted: 0, left: [] });
});
