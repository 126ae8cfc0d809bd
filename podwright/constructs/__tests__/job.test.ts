import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chart, JsonPatch, Lazy, Testing } from 'cdk8s';
import { App } from '../../synth/app';
import { Job, type JobProps } from '../job';
import { JOB_DEFAULTS, type JobDefault } from '../job-spec';
import { errorsOf, faultsOf, objectOf, objectsOf, restrictedFaults } from './support';

const containers = [{ name: 'main', image: 'busybox:1.37' }];
const labels = { 'app.kubernetes.io/name': 'score', 'app.kubernetes.io/component': 'job' };
const ignoreDisruptions = { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] };
const job = (props: JobProps) => objectOf((chart) => new Job(chart, 'score', { containers, ...props }));
const spec = (props: JobProps) => job(props).spec;

test('fills in what a Job needs, and nothing else', () => {
  const { metadata, spec } = job({});
  expect(metadata).toEqual({ name: 'score', labels });
  expect({ ...spec, template: undefined }).toEqual({ podFailurePolicy: { rules: [ignoreDisruptions] } });
  expect(spec.template.metadata).toEqual({ labels });
  expect(spec.template.spec.restartPolicy).toBe('Never');
  expect(restrictedFaults(spec.template.spec)).toEqual([]);
});

describe('leaving defaults out', () => {
  test('all at once says exactly what the props say', () => {
    expect(job({ defaults: 'none', restartPolicy: 'OnFailure', backoffLimit: 2 })).toEqual({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'score' },
      spec: { backoffLimit: 2, template: { spec: { containers, restartPolicy: 'OnFailure' } } },
    });
  });

  const alone: Record<JobDefault | 'labels', (spec: ReturnType<typeof spec2>) => unknown> = {
    restartPolicy: ({ template }) => template.spec.restartPolicy,
    podFailurePolicy: ({ podFailurePolicy }) => podFailurePolicy,
    completionMode: ({ completionMode }) => completionMode,
    labels: ({ template }) => template.metadata,
  };
  const spec2 = (props: JobProps) => spec({ backoffLimitPerIndex: 1, ...props });

  test.each(Object.entries(alone))('%s alone', (name, field) => {
    expect(field(spec2({}))).toBeDefined();
    expect(field(spec2({ defaults: { [name]: false } }))).toBeUndefined();
  });

  test('labels leaves the object without them too', () => {
    expect(job({ defaults: { labels: false } }).metadata).toEqual({ name: 'score' });
  });

  test('fails on a default of another kind of workload', () => {
    const defaults = { drain: false } as unknown as JobProps['defaults'];
    expect(faultsOf((chart) => new Job(chart, 'a', { defaults }))).toEqual([
      "test/a: defaults.drain: is not a default, got false; expected 'none', or false for any of runAsNonRoot, " +
        'runAsUser, runAsGroup, fsGroup, fsGroupChangePolicy, seccompProfile, allowPrivilegeEscalation, capabilities, ' +
        `labels, ${JOB_DEFAULTS.join(', ')}`,
    ]);
  });
});

describe('what is set wins', () => {
  test('every field of the JobSpec passes, beside those of the PodSpec', () => {
    const fields = {
      activeDeadlineSeconds: 600,
      backoffLimit: 4,
      backoffLimitPerIndex: 1,
      completionMode: 'Indexed',
      completions: 8,
      managedBy: 'example.com/controller',
      maxFailedIndexes: 2,
      parallelism: 4,
      podFailurePolicy: { rules: [{ action: 'FailJob', onExitCodes: { operator: 'In', values: [42] } }] },
      podReplacementPolicy: 'Failed',
      successPolicy: { rules: [{ succeededIndexes: '0-3', succeededCount: 2 }] },
      suspend: true,
      ttlSecondsAfterFinished: 0,
    } as const;
    const { template, ...rest } = spec({ ...fields, priorityClassName: 'batch', nodeSelector: { a: 'b' } });
    expect(rest).toEqual(fields);
    expect([template.spec.priorityClassName, template.spec.nodeSelector]).toEqual(['batch', { a: 'b' }]);
  });

  test('the failure policy takes restartPolicy Never, and is left out with another', () => {
    expect(spec({ restartPolicy: 'OnFailure' }).podFailurePolicy).toBeUndefined();
  });

  test('the failure policy waits for pods to end, and is left out where they are replaced before', () => {
    expect(spec({ podReplacementPolicy: 'TerminatingOrFailed' }).podFailurePolicy).toBeUndefined();
  });

  test.each([
    ['backoffLimitPerIndex', { backoffLimitPerIndex: 0 }, 'Indexed'],
    ['maxFailedIndexes', { maxFailedIndexes: 0 }, 'Indexed'],
    ['successPolicy', { successPolicy: { rules: [{ succeededCount: 1 }] } }, 'Indexed'],
    ['parallelism', { parallelism: 3 }, undefined],
  ] as const)('%s has completionMode %s', (_, props, mode) => {
    expect(spec(props).completionMode).toBe(mode);
  });

  test('a prop that is passed on undefined leaves room for the default', () => {
    const { restartPolicy, podFailurePolicy } = { restartPolicy: undefined, podFailurePolicy: undefined };
    expect(spec({ restartPolicy, podFailurePolicy }).template.spec.restartPolicy).toBe('Never');
    expect(spec({ restartPolicy, podFailurePolicy }).podFailurePolicy).toBeDefined();
  });

  test('labels of the pods, and their annotations', () => {
    const podMetadata = { labels: { 'app.kubernetes.io/name': 'other', a: 'b' }, annotations: { c: 'd' } };
    expect(spec({ podMetadata }).template.metadata).toEqual({
      labels: { ...labels, ...podMetadata.labels },
      annotations: { c: 'd' },
    });
  });
});

test('a finished Job is left to who deletes it: made again under GitOps, it would run again', () => {
  expect(spec({}).ttlSecondsAfterFinished).toBeUndefined();
});

describe('onChange', () => {
  const name = (props: JobProps) => job({ onChange: 'new-name', ...props }).metadata.name;

  test("'new-name' adds a hash to the name", () => {
    expect(name({})).toBe('score-af42696e');
  });

  test('which changes with what cannot be changed, and with nothing else', () => {
    const same: JobProps[] = [
      { parallelism: 2 },
      { suspend: true },
      { backoffLimit: 2 },
      { activeDeadlineSeconds: 2 },
      { ttlSecondsAfterFinished: 2 },
      { metadata: { labels: { a: 'b' } } },
    ];
    const other: JobProps[] = [
      { completions: 2 },
      { backoffLimitPerIndex: 2 },
      { podFailurePolicy: { rules: [] } },
      { nodeSelector: { a: 'b' } },
      { podMetadata: { labels: { a: 'b' } } },
    ];
    expect(same.map(name)).toEqual(same.map(() => name({})));
    expect(new Set([...other.map(name), name({})]).size).toBe(other.length + 1);
  });

  test('which changes with what is added later', () => {
    const added = objectOf((chart) => {
      const job = new Job(chart, 'score', { containers, onChange: 'new-name' });
      job.addEnv({ A: '1' });
    });
    expect(added.metadata.name).not.toBe(name({}));
  });

  test('which changes with what a patch changes', () => {
    const patched = (command: string) =>
      objectOf((chart) => {
        const { job } = new Job(chart, 'score', { containers, onChange: 'new-name' });
        job.addJsonPatch(JsonPatch.add('/spec/template/spec/containers/0/command', [command]));
      }).metadata.name;
    expect(new Set([name({}), patched('a'), patched('b')]).size).toBe(3);
    expect(patched('a')).toBe(patched('a'));
  });

  test('is added to a name that is known late', () => {
    const late = Lazy.any({ produce: () => 'late' }) as string;
    expect(name({ metadata: { name: late } })).toMatch(/^late-[0-9a-f]{8}$/);
  });

  test('which changes with the locked image, since that is what is written', () => {
    const locked = (digest: string) => {
      const folder = mkdtempSync(join(tmpdir(), 'job-lock-'));
      const imageLock = join(folder, 'images.lock.yaml');
      writeFileSync(imageLock, `images:\n  busybox:1.37:\n    image: busybox:1.37@sha256:${digest.repeat(64)}\n`);
      const chart = new Chart(new App({ imageLock }), 'test');
      new Job(chart, 'score', { containers, onChange: 'new-name' });
      const [job] = Testing.synth(chart);
      rmSync(folder, { recursive: true });
      return [job.metadata.name, job.spec.template.spec.containers[0].image];
    };
    const [one, two] = [locked('1'), locked('2')];
    expect([one[1], two[1]]).toEqual(['1', '2'].map((digit) => `busybox:1.37@sha256:${digit.repeat(64)}`));
    expect(new Set([name({}), one[0], two[0]]).size).toBe(3);
  });

  test.each([
    ['a record', (name: string) => ({ JOB: name })],
    ['a list', (name: string) => [{ name: 'JOB', value: name }]],
  ])('the name can be passed on to another object, and to its own, in %s', (_, env) => {
    const [own, other] = objectsOf((chart) => {
      const job = new Job(chart, 'score', { containers, onChange: 'new-name' });
      job.addEnv(env(job.name));
      new Job(chart, 'after', { containers: [{ name: 'a', image: 'b', env: env(job.name) }] });
    });
    expect(own.metadata.name).toMatch(/^score-[0-9a-f]{8}$/);
    for (const { spec } of [own, other]) {
      expect(spec.template.spec.containers[0].env).toEqual([{ name: 'JOB', value: own.metadata.name }]);
    }
  });

  test("'recreate' lets the controllers delete the Job and make it again", () => {
    expect(job({ onChange: 'recreate' }).metadata).toEqual({
      name: 'score',
      labels,
      annotations: {
        'argocd.argoproj.io/sync-options': 'Force=true',
        'kustomize.toolkit.fluxcd.io/force': 'enabled',
      },
    });
  });

  test('fails on another choice, and on a name that only the API server knows', () => {
    const onChange = 'rename' as 'recreate';
    expect(faultsOf((chart) => new Job(chart, 'a', { onChange }))).toEqual([
      `test/a: onChange: is not a choice, got "rename"; expected 'new-name' or 'recreate'`,
    ]);
    const metadata = { generateName: 'a-' };
    expect(faultsOf((chart) => new Job(chart, 'a', { onChange: 'new-name', metadata }))).toEqual([
      'test/a: onChange: has no name to add to beside metadata.generateName, got "new-name"; expected one of the two',
    ]);
  });
});

test('a patch reaches the object', () => {
  const { spec } = objectOf((chart) => {
    new Job(chart, 'a', { containers }).job.addJsonPatch(JsonPatch.add('/spec/template/spec/activeDeadlineSeconds', 5));
  });
  expect(spec.template.spec.activeDeadlineSeconds).toBe(5);
});

test("the chart's labels are on the pods too", () => {
  const chart = new Chart(new App(), 'test', { labels: { team: 'vision' } });
  const job = new Job(chart, 'score', { containers });
  expect(job.podTemplate.metadata).toEqual({ labels: { team: 'vision', ...labels } });
});

test.each([
  ['a restart policy that Jobs do not have', { restartPolicy: 'Always' }, '/spec/template/spec/restartPolicy'],
  ['a negative number of retries', { backoffLimit: -1 }, '/spec/backoffLimit'],
  ['a parallelism that is no number', { parallelism: Number.NaN }, '/spec/parallelism'],
  ['indexes without their number', { completionMode: 'Indexed', parallelism: 2 }, '/spec/completions'],
] as [string, JobProps, string][])('fails at the field for %s', (_, props, pointer) => {
  const errors = errorsOf((chart) => new Job(chart, 'a', { containers, ...props }));
  expect(errors.map(([path, pointer]) => [path, pointer])).toContainEqual(['test/a', pointer]);
});
