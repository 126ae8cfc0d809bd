import { Load } from './harness/load';
import { type Namespace, useNamespace } from './harness/namespace';
import { moved, twin } from './harness/program';
import { provesItself } from './harness/proves';
import { testWith } from './harness/run';
import { until } from './harness/wait';

// The number of pods follows the load, from two to four and back. In the twin a container says no CPU request, so that
// there is no part of it to go by.
const FILE = 'dist/model-server.k8s.yaml';
const here = useNamespace('autoscaling');
const faulty = useNamespace('autoscaling-twin');

beforeAll(async () => {
  const fault = twin(FILE, 'no-cpu-request', ([deployment]) => {
    delete deployment.spec.template.spec.containers[0].resources.requests.cpu;
  });
  await Promise.all([
    here().fine(`kubectl apply -f ${moved(FILE, here().name)}`),
    faulty().fine(`kubectl apply -f ${moved(fault, faulty().name)}`),
  ]);
  await Promise.all(
    [here(), faulty()].map((namespace) =>
      namespace.fine('kubectl rollout status deployment/linear --timeout=240s', { seconds: 250 }),
    ),
  );
});

/** Waits for a number of replicas; where the autoscaler says that it has nothing to go by, that is the end of it. */
async function expectReplicas(namespace: Namespace, expected: number): Promise<void> {
  const end = await until(
    `${expected} replicas`,
    async () => {
      const deployment = await namespace.get('deployment', 'linear');
      const autoscaler = await namespace.get('hpa', 'linear');
      if (deployment?.spec.replicas === expected) return `${expected} replicas`;
      const conditions: { message: string }[] = autoscaler?.status.conditions ?? [];
      const missing = conditions.find(({ message }) => message.includes('missing request for cpu'));
      if (missing) return missing.message;
      throw new Error(JSON.stringify({ replicas: deployment?.spec.replicas, ...autoscaler?.status }));
    },
    { seconds: 180 },
  );
  expect(end).toBe(`${expected} replicas`);
}

const BECAUSE =
  /Received: "the HPA was unable to compute the replica count:.* missing request for cpu in container server/;

testWith('metrics')('under load there are more pods', () =>
  provesItself(
    async (namespace: Namespace) => {
      // A client's requests take a fifteenth of a processor, about as much as two pods are to use.
      const load = await Load.start(namespace, { url: 'http://linear/predict?x=1', onKept: 4, seconds: 240 });
      await expectReplicas(namespace, 4).finally(() => load.stop());
    },
    { good: here(), bad: faulty(), because: BECAUSE },
  ),
);

testWith('metrics')('and without it there are as few as at first', async () => {
  await faulty().fine('kubectl scale deployment/linear --replicas=4');
  await provesItself((namespace: Namespace) => expectReplicas(namespace, 2), {
    good: here(),
    bad: faulty(),
    because: BECAUSE,
  });
});
