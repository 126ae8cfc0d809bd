import { Load } from './harness/load';
import { isReady, type Namespace, useNamespace } from './harness/namespace';
import { type Manifest, manifest, moved, twin } from './harness/program';
import { provesItself } from './harness/proves';
import { until } from './harness/wait';

// A model server of two pods, and a twin that stops answering as soon as it is told to go, and serves another line.
// Scaling is a file of its own: here the number of pods is fixed.
const FILE = 'dist/model-server.k8s.yaml';
const here = useNamespace('model-server');
const abrupt = useNamespace('model-server-twin');

beforeAll(async () => {
  const fixed = twin(FILE, 'two-replicas', fixReplicas);
  const faults = twin(FILE, 'no-drain', (objects) => {
    fixReplicas(objects);
    const { containers, initContainers } = objects[0].spec.template.spec;
    delete containers[0].lifecycle;
    initContainers[0].env[0].value = '{"weight":4,"bias":2}';
  });
  await Promise.all([
    here().fine(`kubectl apply -f ${moved(fixed, here().name)}`),
    abrupt().fine(`kubectl apply -f ${moved(faults, abrupt().name)}`),
  ]);
  await Promise.all([here, abrupt].map((namespace) => rolledOut(namespace())));
});

function fixReplicas(objects: Manifest[]): void {
  objects[0].spec.replicas = 2;
  const autoscaler = objects.findIndex(({ kind }) => kind === 'HorizontalPodAutoscaler');
  objects.splice(autoscaler, 1);
}

function rolledOut(namespace: Namespace): Promise<string> {
  return namespace.fine('kubectl rollout status deployment/linear --timeout=240s', { seconds: 250 });
}

/** Asks through the API server, which passes it on to a pod that is ready. */
async function predict(namespace: Namespace, x: number): Promise<unknown> {
  const service = `/api/v1/namespaces/${namespace.name}/services/linear:http/proxy`;
  return JSON.parse(await namespace.fine(`kubectl get --raw '${service}/predict?x=${x}'`));
}

test('the model server answers with the y of its model', () =>
  provesItself(
    async (namespace: Namespace) => {
      expect(await predict(namespace, 2)).toEqual({ y: 8, pod: expect.stringMatching(/^linear-/) });
    },
    { good: here(), bad: abrupt(), because: /- +"y": 8,\n\+ +"y": 10,/ },
  ));

test('a server whose process is killed is back by itself', async () => {
  const { spec } = manifest(FILE, 'Deployment').spec.template;
  const bare = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'bare' }, spec: { ...spec, restartPolicy: 'Never' } };
  await here().fine('kubectl create -f -', { input: JSON.stringify(bare) });
  await here().ready('bare');
  const [pod] = await here().list('pod', 'app.kubernetes.io/name=linear');
  await provesItself(
    async (name: string) => {
      await here().run(`kubectl exec ${name} -c server -- sh -c 'kill 1'`); // It may go before it is told that it did.
      const end = await until(`Pod '${name}' to be ready again`, async () => {
        const pod = await here().get('pod', name);
        const isBack = pod?.status.containerStatuses[0].restartCount === 1 && isReady(pod);
        return isBack ? 'ready again' : pod?.status.phase === 'Succeeded' && 'gone';
      });
      expect(end).toBe('ready again');
    },
    { good: pod?.metadata.name ?? '', bad: 'bare', because: /Received: "gone"/ },
  );
});

test('three rollouts cost no request, on new connections or kept ones, of clients that never try again', () =>
  provesItself(
    async (namespace: Namespace) => {
      const load = await Load.start(namespace, { url: 'http://linear/predict?x=1', onNew: 2, onKept: 2, seconds: 400 });
      const before = await serving(namespace);
      for (let rollout = 0; rollout < 3; rollout++) {
        await namespace.fine('kubectl rollout restart deployment/linear');
        await rolledOut(namespace);
      }
      // Until the last of the old pods is gone.
      await until('two pods', async () => (await serving(namespace)).length === 2);
      const answered = await load.stop();
      const after = await serving(namespace);
      expect(after.filter((pod) => before.includes(pod))).toEqual([]);
      const none = { answers: expect.any(Number), connections: expect.any(Number), failures: [] };
      expect(answered).toEqual({ new: none, kept: none });
      // Each is asked several times a second, and a kept connection takes more than one request.
      expect(answered.new.answers).toBeGreaterThan(50);
      expect(answered.kept.answers).toBeGreaterThan(3 * answered.kept.connections);
    },
    { good: here(), bad: abrupt(), because: /- +"failures": Array \[\],\n\+ +"failures": Array \[\n\+ +"\w+: .*/ },
  ));

async function serving(namespace: Namespace): Promise<string[]> {
  const pods = await namespace.list('pod', 'app.kubernetes.io/name=linear,app.kubernetes.io/component=model-server');
  return pods.map(({ metadata }) => metadata.uid);
}
