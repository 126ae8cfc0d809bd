import { type Namespace, useNamespace } from './harness/namespace';
import { type Manifest, manifest, parse, twin } from './harness/program';
import { provesItself } from './harness/proves';
import { testWith } from './harness/run';
import type { Running } from './harness/shell';

// Every command of the notes that looks at a running Pod, on the synthesized counter. A check's twin is a counter with
// one fault, a namespace without it, or the command with another word.
const FILE = 'dist/counter.k8s.yaml';
const here = useNamespace('counter');
const faulty = useNamespace('counter-twin');
const empty = useNamespace('counter-none');

beforeAll(async () => {
  const typo = twin(FILE, 'typo-in-loop', ([pod]) => {
    const [container] = pod.spec.containers;
    container.args = container.args.map((arg: string) => arg.replace('$(date)', '$(data)'));
  });
  await Promise.all([here().fine(`kubectl apply -f ${FILE}`), faulty().fine(`kubectl apply -f ${typo}`)]);
  await Promise.all([here().ready('counter'), faulty().ready('counter')]);
});

test('kubectl get pod lists the counter as running', () =>
  provesItself(
    async (namespace: Namespace) => {
      expect(await namespace.fine('kubectl get pod')).toMatch(
        /^NAME +READY +STATUS +RESTARTS +AGE\ncounter +1\/1 +Running +0 /,
      );
    },
    { good: here(), bad: empty(), because: /Received string: +""/ },
  ));

test('kubectl get pod NAME finds the counter by its exact name', () =>
  provesItself(
    async (name: string) => {
      expect(await here().fine(`kubectl get pod ${name}`)).toMatch(/\ncounter +1\/1 +Running +0 +\d+\w+\n$/);
    },
    { good: 'counter', bad: 'count', because: /Error from server \(NotFound\): pods "count" not found/ },
  ));

test('kubectl describe pod NAME tells the container, what it runs and what happened', () =>
  provesItself(
    async (namespace: Namespace) => {
      const text = await namespace.fine('kubectl describe pod counter');
      expect(text).toMatch(new RegExp(`^Name: +counter\nNamespace: +${namespace.name}\n`));
      expect(text).toMatch(/\nContainers:\n {2}count:\n/);
      expect(text).toMatch(/\n {4}Image: +busybox:1\.37\n/);
      expect(text).toMatch(/\nEvents:\n(.*\n)* {2}Normal +Started /);
      expect(text).toContain('echo "$i: $(date)"');
    },
    { good: here(), bad: faulty(), because: /Expected substring: "echo .*\$\(date\).*Received string:.*\$\(data\)/s },
  ));

test('kubectl get pod -o wide adds the address and the node', () =>
  provesItself(
    async (options: string) => {
      const pod = await here().get('pod', 'counter');
      const [head, row] = (await here().fine(`kubectl get pod ${options}`)).split('\n');
      expect(head).toMatch(/ IP +NODE /);
      expect(row?.split(/\s+/)).toEqual(expect.arrayContaining([pod?.status.podIP, pod?.spec.nodeName]));
    },
    { good: '-o wide', bad: '', because: /Received string: +"NAME +READY +STATUS +RESTARTS +AGE"/ },
  ));

test('kubectl get pod NAME -o yaml gives back all that was synthesized, with its current state', () =>
  provesItself(
    async (desired: Manifest) => {
      const [current] = parse(await here().fine('kubectl get pod counter -o yaml'));
      expect(current).toMatchObject(desired);
      expect(current.status.phase).toBe('Running');
    },
    {
      good: manifest(FILE, 'Pod'),
      bad: { ...manifest(FILE, 'Pod'), metadata: { name: 'counter', labels: { 'not-synthesized': 'true' } } },
      because: /not-synthesized/,
    },
  ));

// A number a line, each one more than the last, with the date at which it was counted.
async function counts(logs: Running): Promise<void> {
  await logs.until('five lines', ({ lines }) => lines.length >= 5, 30);
  await logs.stop();
  const counted = logs.lines.map((line) => {
    const { number = '', date = '' } = /^(?<number>\d+): (?<date>.*)$/.exec(line)?.groups ?? {};
    return { line, number: Number(number), dated: Math.abs(Date.now() - Date.parse(date)) < 3_600_000 };
  });
  const first = counted[0]?.number ?? 0;
  expect(counted).toEqual(counted.map(({ line }, index) => ({ line, number: first + index, dated: true })));
}

test('kubectl logs -f NAME shows the counter counting, with dates', () =>
  provesItself(async (namespace: Namespace) => counts(namespace.follow('kubectl logs -f counter')), {
    good: here(),
    bad: faulty(),
    because: /- +"dated": true,\n\+ +"dated": false,\n +"line": "0: "/,
  }));

test('kubectl logs -f NAME -c CONTAINER shows that container', () =>
  provesItself(async (container: string) => counts(here().follow(`kubectl logs -f counter -c ${container}`)), {
    good: 'count',
    bad: 'counter',
    because: /container counter is not valid for pod counter/,
  }));

test('kubectl config view --minify | grep namespace: names the current namespace', () =>
  provesItself(
    async (namespace: string) => {
      expect(await here().fine('kubectl config view --minify | grep namespace:')).toBe(`    namespace: ${namespace}\n`);
    },
    { good: here().name, bad: 'default', because: /- +namespace: default\n/ },
  ));

// The notes say that 'default' is printed where none was set: nothing is, though it is the one that commands use.
test('kubectl config view --minify | grep namespace: prints nothing where none was set', () =>
  provesItself(
    async (setUp: string) => {
      const view = await here().run(`${setUp} kubectl config view --minify | grep namespace:`);
      expect(view).toMatchObject({ code: 1, stdout: '', stderr: '' });
    },
    { good: 'KUBECONFIG=kubeconfig', bad: '', because: /\+ +"stdout": " +namespace: podwright-e2e-counter-/ },
  ));

test("kubectl get pod -n kube-system looks into that namespace, where the counter isn't", () =>
  provesItself(
    async (namespace: string) => {
      const { code, stdout, stderr } = await here().run(`kubectl get pod -n ${namespace}`);
      expect(code).toBe(0);
      expect(stdout + stderr).toMatch(/^NAME +READY |^No resources found in kube-system namespace\.\n$/);
      expect(stdout).not.toMatch(/^counter /m);
    },
    { good: 'kube-system', bad: here().name, because: /not\.toMatch.*counter +1\/1/s },
  ));

test('kubectl get pod -A lists the Pods of all namespaces, each with its own', () =>
  provesItself(
    async (options: string) => {
      const rows = (await here().fine(`kubectl get pod ${options}`))
        .split('\n')
        .map((row) => row.split(/ +/).slice(0, 3));
      expect(rows).toEqual(
        expect.arrayContaining([
          ['NAMESPACE', 'NAME', 'READY'],
          [here().name, 'counter', '1/1'],
          [faulty().name, 'counter', '1/1'],
        ]),
      );
    },
    { good: '-A', bad: '', because: /ArrayContaining.*Received:.*"NAME", "READY", "STATUS"/s },
  ));

testWith('terminal')('kubectl exec -it NAME -- sh gives a terminal in the container', () =>
  provesItself(
    async (options: string) => {
      const shell = here().terminal(`kubectl exec ${options} counter -- sh`);
      // The terminal gives back what is typed; only the shell can say the product.
      shell.type('test -t 0 && echo "$((6 * 7)) in $(hostname) as $(id -u)"; echo "$((7 * 7))"\n');
      // What is typed ahead can be lost while the shell sets its terminal up.
      await shell.until('its answer', ({ output }) => /^49\r?$/m.test(output));
      shell.type('exit 3\n');
      const code = await shell.ended();
      expect(shell.output).toMatch(/^42 in counter as 65534\r?$/m);
      expect(code).toBe(3);
    },
    { good: '-it', bad: '-i', because: /Received string:(?!.*42 in)/s },
  ),
);
