import { join, resolve } from 'node:path';
import { useNamespace } from './harness/namespace';
import { provesItself } from './harness/proves';

// The Pod of the notes, byte for byte as they give it, and what is wrong with it.
const SEED = resolve(__dirname, '..', '__tests__', '__fixtures__', 'seed-counter.yaml');
const OURS = join('dist', 'counter.k8s.yaml');
const open = useNamespace('seed', { level: 'baseline' });
const ours = useNamespace('seed-ours', { level: 'baseline' });
const restricted = useNamespace('seed-restricted');
const restrictedOurs = useNamespace('seed-restricted-ours');

test('the Pod of the notes counts, and says data: not found where the date should be', () =>
  provesItself(
    async ({ namespace, file }) => {
      await namespace.fine(`kubectl apply -f ${file}`);
      await namespace.ready('counter');
      const logs = namespace.follow('kubectl logs -f counter');
      await logs.until('four lines', ({ lines }) => lines.length >= 4);
      await logs.stop();
      expect([...logs.lines.slice(0, 4)].sort()).toEqual([
        '/bin/sh: data: not found',
        '/bin/sh: data: not found',
        '0: ',
        '1: ',
      ]);
    },
    {
      good: { namespace: open(), file: SEED },
      bad: { namespace: ours(), file: OURS },
      because: /- +"\/bin\/sh: data: not found",.*\+ +"0: \w{3} \w{3} /s,
    },
  ));

test('a namespace that enforces the restricted standard refuses the Pod of the notes', () =>
  provesItself(
    async ({ namespace, file }) => {
      const { code, stderr } = await namespace.run(`kubectl apply -f ${file}`);
      expect(code).toBe(1);
      expect(stderr).toContain('pods "counter" is forbidden: violates PodSecurity "restricted:latest"');
    },
    {
      good: { namespace: restricted(), file: SEED },
      bad: { namespace: restrictedOurs(), file: OURS },
      because: /Expected: 1\s+Received: 0/,
    },
  ));
