import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { same } from '../../api/plain';
import { kept } from '../kept';

// biome-ignore lint/suspicious/noExplicitAny: objects of all kinds
type Any = any;
type Change = [path: (string | number)[], value?: unknown];
interface Pair {
  readonly seed: number;
  readonly a: Change[];
  readonly b: Change[];
  readonly equal: boolean;
}

const [head, ...lines] = readFileSync(join(__dirname, '../__fixtures__/pairs.jsonl'), 'utf8').trimEnd().split('\n');
const { version, seeds } = JSON.parse(head ?? '');
const pairs = lines.map((line) => JSON.parse(line) as Pair);

/** A copy with the changes made; one without a value takes away. */
function changed(object: Any, changes: Change[]): Any {
  const copy = structuredClone(object);
  for (const [path, ...value] of changes) {
    const key = path.at(-1) as string;
    const parent = path.slice(0, -1).reduce((part: Any, step) => part?.[step], copy);
    if (typeof parent !== 'object' || parent === null) continue;
    if (value.length > 0) parent[key] = value[0];
    else if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else delete parent[key];
  }
  return copy;
}

test('says of 1,000 pairs of objects what the API server says: whether it keeps them as the same', () => {
  const wrong = pairs.filter(({ seed, a, b, equal }) => {
    const [first, second] = [a, b].map((changes) => kept(changed(seeds[seed], changes), version));
    return same(first, second) !== equal;
  });
  expect(wrong).toEqual([]);
  expect(pairs).toHaveLength(1000);
  expect(pairs.filter((pair) => pair.equal)).toHaveLength(500);
});

const pod = (spec: object) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a' },
  spec: { containers: [{ name: 'main', image: 'b' }], ...spec },
});

test('leaves out a field that the version accepts and drops', () => {
  const written = pod({ hostnameOverride: 'b' });
  expect(kept(written, '1.34')).toEqual(kept(pod({}), '1.34'));
  expect(kept(written, '1.35').spec.hostnameOverride).toBe('b');
});

test('leaves out a dropped volume together with its mounts, and keeps the others', () => {
  const written = pod({
    containers: [{ name: 'main', image: 'b', volumeMounts: [{ name: 'model', mountPath: '/model' }] }],
    volumes: [{ name: 'model', image: { reference: 'c' } }, { name: 'cache' }],
  });
  const { spec } = kept(written, '1.34');
  expect(spec.volumes).toEqual([{ name: 'cache', emptyDir: {} }]);
  expect(spec.containers[0].volumeMounts).toBeUndefined();
  expect(written.spec).toHaveProperty('volumes.0.image.reference', 'c');
});

test('keeps an object of a kind that is not built in as it is, but for its status', () => {
  const queue = { apiVersion: 'kueue.x-k8s.io/v1beta2', kind: 'LocalQueue', metadata: { name: 'a' }, spec: { a: '' } };
  expect(kept({ ...queue, status: { pending: 1 } }, '1.37')).toEqual(queue);
});
