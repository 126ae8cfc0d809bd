import { type Namespace, useNamespace } from './harness/namespace';
import { twin } from './harness/program';
import { provesItself } from './harness/proves';
import { sleep } from './harness/wait';

// A Pod comes, is watched, goes and comes again: the desired state is the file's, the current one the cluster's. The
// cases follow one another in their order; the twin of the namespace is where a faulty command leaves the Pod alone.
const FILE = 'dist/counter.k8s.yaml';
const here = useNamespace('lifecycle');
const other = useNamespace('lifecycle-twin');

async function expectGone(namespace: Namespace): Promise<void> {
  const { code, stderr } = await namespace.run('kubectl get pod counter');
  expect({ code, stderr }).toEqual({ code: 1, stderr: 'Error from server (NotFound): pods "counter" not found\n' });
}

test('kubectl apply -f makes the Pod, kubectl get pod -w shows it come, and it runs under the restricted standard', () =>
  provesItself(
    async ({ namespace, file, watch }) => {
      const watched = namespace.follow(watch);
      const { stdout, stderr } = await namespace.run(`kubectl apply -f ${file}`);
      expect({ stdout, stderr }).toEqual({ stdout: 'pod/counter created\n', stderr: '' });
      await watched.until('the counter running', ({ output }) => / Running /.test(output), 120);
      const states = watched.lines.slice(1).map((line) => line.split(/ +/).slice(0, 3).join(' '));
      expect([states[0], states.at(-1)]).toEqual(['counter 0/1 Pending', 'counter 1/1 Running']);
      // It says nothing while nothing changes.
      const { length } = watched.lines;
      await sleep(2);
      await watched.stop();
      expect(watched.lines).toHaveLength(length);
    },
    {
      good: { namespace: here(), file: FILE, watch: 'kubectl get pod -w' },
      bad: { namespace: other(), file: FILE, watch: 'kubectl get pod' },
      because: /'kubectl get pod': expected the counter running; it ended\nNo resources found/,
    },
  ));

test('the applied Pod is what its file says: applied again it is unchanged, and kubectl diff has nothing to say', () =>
  provesItself(
    async (file: string) => {
      const diff = await here().run(`kubectl diff -f ${file}`);
      expect({ code: diff.code, diff: diff.stdout }).toEqual({ code: 0, diff: '' });
      expect(await here().fine(`kubectl apply -f ${file}`)).toBe('pod/counter unchanged\n');
    },
    {
      good: FILE,
      bad: twin(FILE, 'newer-image', ([pod]) => {
        pod.spec.containers[0].image = 'busybox:1.36';
      }),
      because: /\+ +image: busybox:1\.36/,
    },
  ));

// The notes say `kubectl delete <pod-name>`: the word 'pod' is missing.
test('kubectl delete NAME, as the notes have it, deletes nothing', () =>
  provesItself(
    async (command: string) => {
      const { code, stderr } = await here().run(command);
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: 'error: the server doesn\'t have a resource type "counter"\n',
      });
      await here().ready('counter');
    },
    { good: 'kubectl delete counter', bad: 'kubectl delete pod counter --dry-run=server', because: /\+ +"code": 0/ },
  ));

test('kubectl delete pod NAME deletes it for good, and kubectl apply -f brings another one back', () =>
  provesItself(
    async ({ namespace, command }) => {
      const first = await namespace.ready('counter');
      expect(await namespace.fine(command)).toMatch(/^pod "counter" deleted/);
      await expectGone(namespace);
      // Nothing makes a bare Pod again: the desired state went with it.
      await sleep(3);
      await expectGone(namespace);
      expect((await namespace.run(`kubectl diff -f ${FILE}`)).code).toBe(1);

      expect(await namespace.fine(`kubectl apply -f ${FILE}`)).toBe('pod/counter created\n');
      const second = await namespace.ready('counter');
      expect(second.metadata.uid).not.toBe(first.metadata.uid);
      const logs = namespace.follow('kubectl logs -f counter');
      await logs.until('it to count from the start', ({ lines }) => lines[0]?.startsWith('0: ') ?? false);
      await logs.stop();
    },
    {
      good: { namespace: here(), command: 'kubectl delete pod counter' },
      bad: { namespace: other(), command: 'kubectl delete counter' },
      because: /the server doesn't have a resource type "counter"/,
    },
  ));
