import { Chart, Testing } from 'cdk8s';
import { App } from 'podwright';
import { LinearServer } from '../../constructs/linear-server';

const chart = new Chart(new App(), 'test');
new LinearServer(chart, 'linear', { line: { weight: 3, bias: 2 } });
const { Deployment, ConfigMap } = Object.fromEntries(Testing.synth(chart).map((object) => [object.kind, object]));
const { containers, initContainers, volumes } = Deployment.spec.template.spec;

test('the model is fetched before the server starts', () => {
  expect(initContainers[0].env).toEqual([{ name: 'MODEL', value: '{"weight":3,"bias":2}' }]);
  expect(initContainers[0].volumeMounts[0]).toEqual({ name: 'model', mountPath: '/models' });
});

test('the server runs the program, listens where it is asked for, and is ready when it says so', () => {
  expect(volumes).toContainEqual({ name: 'code', configMap: { name: ConfigMap.metadata.name } });
  expect(containers[0].env).toEqual([{ name: 'PORT', value: '8080' }]);
  expect(containers[0].readinessProbe.httpGet).toEqual({ path: '/health', port: 8080 });
});

test('a pod that goes answers for longer than the server keeps a connection', () => {
  const [, seconds] = ConfigMap.data['serve.py'].match(/KEEP_ALIVE_SECONDS = (\d+)/);
  expect(containers[0].lifecycle.preStop.sleep.seconds).toBeGreaterThan(Number(seconds));
});

test('each container requests CPU, which scaling goes by', () => {
  expect(containers[0].resources.requests.cpu).toBe('50m');
});
