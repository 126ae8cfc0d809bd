import { resolve } from 'node:path';
import { type Namespace, useNamespace } from './harness/namespace';
import { moved, twin } from './harness/program';
import { provesItself } from './harness/proves';
import { until } from './harness/wait';

// A team's namespace, as dist has it: what it refuses, and what it gives. One twin says no Pod Security Standard, the other
// no defaults of containers.
const FILE = 'dist/0-team.k8s.yaml';
const COUNTER = 'dist/counter.k8s.yaml';
const SEED = resolve(__dirname, '..', '__tests__', '__fixtures__', 'seed-counter.yaml');
const team = useNamespace('team', { level: 'privileged' });
const open = useNamespace('team-open', { level: 'privileged' });
const unlimited = useNamespace('team-unlimited', { level: 'privileged' });

beforeAll(async () => {
  const noStandard = twin(FILE, 'no-standard', ([namespace]) => {
    delete namespace.metadata.labels;
  });
  const noLimits = twin(FILE, 'no-limit-range', (objects) => {
    const limits = objects.findIndex(({ kind }) => kind === 'LimitRange');
    objects.splice(limits, 1);
  });
  await Promise.all([make(team(), FILE), make(open(), noStandard), make(unlimited(), noLimits)]);
});

async function make(namespace: Namespace, file: string): Promise<void> {
  await namespace.fine(`kubectl apply -f ${moved(file, namespace.name)}`);
  // It is enforced once it is counted.
  await until('the quota', async () => (await namespace.get('quota', 'quota'))?.status.hard);
}

test("a team's namespace refuses what the restricted standard does", () =>
  provesItself(
    async (namespace: Namespace) => {
      const { code, stderr } = await namespace.run(`kubectl create --dry-run=server -f ${SEED}`);
      expect(code).toBe(1);
      expect(stderr).toContain('pods "counter" is forbidden: violates PodSecurity "restricted:latest"');
    },
    { good: team(), bad: open(), because: /Expected: 1\s+Received: 0/ },
  ));

test('its quota refuses more than the team has in all', () =>
  provesItself(
    async (cpu: string) => {
      const file = twin(COUNTER, `requests-${cpu}`, ([pod]) => {
        pod.spec.containers[0].resources = { requests: { cpu } };
      });
      const { code, stderr } = await team().run(`kubectl create --dry-run=server -f ${file}`);
      expect(code).toBe(1);
      expect(stderr).toMatch(/exceeded quota: quota, requested: requests\.cpu=1001m, used: requests\.cpu=0, limited/);
    },
    { good: '1001m', bad: '1000m', because: /Expected: 1\s+Received: 0/ },
  ));

test('a container that says no requests has those of the team, without which its quota refuses it', () =>
  provesItself(
    async (namespace: Namespace) => {
      await namespace.fine(`kubectl create -f ${COUNTER}`);
      const { spec } = await namespace.ready('counter');
      expect(spec.containers[0].resources.requests).toEqual({ cpu: '100m', memory: '128Mi' });
    },
    { good: team(), bad: unlimited(), because: /failed quota: quota: must specify requests\.cpu.*requests\.memory/ },
  ));

test('its members may work in it, and nobody else', () =>
  provesItself(
    async (group: string) => {
      const may = await team().run(`kubectl auth can-i create jobs --as=somebody --as-group=${group}`);
      expect(may).toMatchObject({ code: 0, stdout: 'yes\n' });
    },
    { good: 'ml-engineers', bad: 'web-engineers', because: /\+ +"stdout": "no/ },
  ));
