import { type Namespace, useNamespace } from './harness/namespace';
import { twin } from './harness/program';
import { provesItself } from './harness/proves';

// Two containers of one Pod share a volume: what one writes, the other reads. In the twin each has a volume of its own.
const FILE = 'dist/shared-volume.k8s.yaml';
const here = useNamespace('shared-volume');
const apart = useNamespace('shared-volume-twin');

beforeAll(async () => {
  const fault = twin(FILE, 'a-volume-each', ([pod]) => {
    pod.spec.volumes.push({ name: 'own', emptyDir: {} });
    pod.spec.containers[1].volumeMounts[0].name = 'own';
  });
  await Promise.all([here().fine(`kubectl apply -f ${FILE}`), apart().fine(`kubectl apply -f ${fault}`)]);
  await Promise.all([here().ready('shared-volume'), apart().ready('shared-volume')]);
});

test('the reader prints the dates that the writer writes', () =>
  provesItself(
    async (namespace: Namespace) => {
      const logs = namespace.follow('kubectl logs -f shared-volume -c reader');
      await logs.until('three lines', ({ lines }) => lines.length >= 3);
      await logs.stop();
      const dates = logs.lines.map((line) => ({ line, now: Math.abs(Date.now() - Date.parse(line)) < 3_600_000 }));
      expect(dates).toEqual(dates.map(({ line }) => ({ line, now: true })));
    },
    { good: here(), bad: apart(), because: /"line": "cat: can't open '\/shared\/date': No such file or directory"/ },
  ));

test('the containers have one volume: a file of one is seen by the other', () =>
  provesItself(
    async (namespace: Namespace) => {
      await namespace.fine("kubectl exec shared-volume -c writer -- sh -c 'echo from the writer > /shared/file'");
      const read = await namespace.fine('kubectl exec shared-volume -c reader -- cat /shared/file');
      expect(read).toBe('from the writer\n');
    },
    { good: here(), bad: apart(), because: /can't open '\/shared\/file': No such file or directory/ },
  ));

test('the reader has the volume read-only', () =>
  provesItself(
    async (container: string) => {
      const command = `kubectl exec shared-volume -c ${container} -- touch /shared/mine`;
      const { code, stderr } = await here().run(command);
      expect(code).toBe(1);
      expect(stderr).toContain('Read-only file system');
    },
    { good: 'reader', bad: 'writer', because: /Expected: 1\s+Received: 0/ },
  ));
