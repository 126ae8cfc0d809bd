// Rules see whatever decodes: any field may be missing, and any list or map may be empty. What nobody decodes may be
// anything.
import { checkAll, rulesOf } from '../families';

type Any = Record<string | number, unknown>;

/** Copies of an object, each without one field or item, or with an empty list or map in its place. */
function* thinned(object: Any): Generator<object> {
  for (const key of Object.keys(object)) {
    const value = object[key] as Any;
    const isList = Array.isArray(object);
    const but = (replaced?: unknown): object => {
      const copy: Any = isList ? ([...(object as unknown as unknown[])] as unknown as Any) : { ...object };
      if (replaced !== undefined) copy[key] = replaced;
      else if (isList) (copy as unknown as unknown[]).splice(Number(key), 1);
      else delete copy[key];
      return copy;
    };
    yield but();
    if (typeof value !== 'object' || value === null) continue;
    yield but(Array.isArray(value) ? [] : {});
    for (const part of thinned(value)) yield but(part);
  }
}

test.each(rulesOf().map((rule) => [rule.id, rule] as const))('%s judges what is left of its examples', (_, rule) => {
  const broken: string[] = [];
  let judged = 0;
  for (const example of [rule.fails, rule.passes]) {
    for (const [index, object] of example.entries()) {
      for (const thin of thinned(object as Any)) {
        const objects = example.map((other, at) => (at === index ? thin : other));
        judged++;
        for (const { message } of checkAll(objects, { ...rule.given, gitops: true, families: [], rules: [rule] })) {
          if (message.startsWith('the rule ')) broken.push(`${message}: ${JSON.stringify(thin)}`);
        }
      }
    }
  }
  expect(broken).toEqual([]);
  expect(judged).toBeGreaterThan(5);
});

describe('objects that no schema is known of', () => {
  /** Copies of an object, each with a value of another type in one place. */
  function* mistyped(object: Any): Generator<object> {
    for (const key of Object.keys(object)) {
      const value = object[key];
      const but = (other: unknown): object =>
        Array.isArray(object)
          ? object.map((item, index) => (index === Number(key) ? other : item))
          : { ...object, [key]: other };
      for (const other of [null, undefined, 3, 'text', [null], { toString: 1 }]) yield but(other);
      if (typeof value === 'object' && value !== null) for (const part of mistyped(value as Any)) yield but(part);
    }
  }

  /** What fails at the copies of an object that are still of its kind. */
  const failures = (object: Any): string[] => {
    const given = {
      gitops: true,
      facts: { nodes: [{ count: 1, allocatable: { cpu: 1 } }] },
      podSecurity: 'restricted',
    } as const;
    return [...mistyped(object)].flatMap((copy) =>
      checkAll([{ ...copy, apiVersion: object.apiVersion, kind: object.kind }], given)
        .filter(({ message }) => message.startsWith('the rule '))
        .map(({ message }) => `${message}: ${JSON.stringify(copy)}`),
    );
  };

  test('of a version that is gone, no rule fails at', () => {
    const largest = new Map<string, Any>();
    for (const object of rulesOf().flatMap(({ fails, passes }) => [...fails, ...passes]) as Any[]) {
      const [group, version] = String(object.apiVersion).split('/');
      if (version === undefined) continue;
      const gone = { ...object, apiVersion: `${group}/v0` };
      const known = largest.get(`${group}/${object.kind}`);
      if (!known || JSON.stringify(known).length < JSON.stringify(gone).length) {
        largest.set(`${group}/${object.kind}`, gone);
      }
    }
    expect([...largest.keys()]).toEqual(expect.arrayContaining(['apps/Deployment', 'batch/CronJob', 'batch/Job']));
    expect([...largest.values()].flatMap(failures)).toEqual([]);
  });

  test('of a JobSet without its definition, no rule fails at', () => {
    const container = {
      name: 'a',
      image: 'a',
      command: ['torchrun', '--nnodes=2'],
      args: ['--rdzv-endpoint=s-w-0-0.s:1', 'train.py'],
      env: [{ name: 'PET_NNODES', value: '2' }],
      resources: { limits: { 'nvidia.com/gpu': 8 } },
    };
    const template = { metadata: { labels: {} }, spec: { subdomain: 's', nodeSelector: {}, containers: [container] } };
    const job = { name: 'w', replicas: 2, template: { spec: { parallelism: 2, completions: 2, template } } };
    const spec = { replicatedJobs: [job] };
    expect(failures({ apiVersion: 'jobset.x-k8s.io/v1alpha2', kind: 'JobSet', metadata: { name: 's' }, spec })).toEqual(
      [],
    );
  });
});
