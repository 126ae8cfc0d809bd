import { stringify } from 'yaml';
import type { ObjectDiff } from '../../../report/diff';
import { type CompareOptions, compare } from '../compare';
import { Side, type SideProps } from '../side';

// biome-ignore lint/suspicious/noExplicitAny: objects of any kind
type Any = any;

function object(kind: string, name: string, fields: object = {}, metadata: object = {}): Any {
  const apiVersion = { Deployment: 'apps/v1', HorizontalPodAutoscaler: 'autoscaling/v2' }[kind] ?? 'v1';
  return { apiVersion, kind, metadata: { name, namespace: 'team', ...metadata }, ...fields };
}
const configMap = (name: string, value = 'b', metadata: object = {}) =>
  object('ConfigMap', name, { data: { a: value } }, metadata);
const deployment = (name: string, spec: object = {}, metadata: object = {}) => {
  const template = {
    metadata: { labels: { app: name } },
    spec: { containers: [{ name: 'main', image: 'busybox:1' }] },
  };
  return object(
    'Deployment',
    name,
    { spec: { selector: { matchLabels: { app: name } }, template, ...spec } },
    metadata,
  );
};

function side(files: { [file: string]: Any[] }, props: Partial<SideProps> = {}): Side {
  const texts = Object.entries(files).map(
    ([file, objects]) => [file, objects.map((each) => stringify(each)).join('---\n')] as const,
  );
  return new Side({ label: 'a side', files: new Map(texts), ...props });
}

/** What is found, a line an object. */
function lines(before: Side, after: Side): string[] {
  return compare(before, after).objects.map(line);
}
function line({ object: { kind, name }, effect, outcomes, renamed }: ObjectDiff): string {
  return `${effect} ${kind} ${name}${renamed ? ` (${renamed})` : ''}: ${outcomes.map(({ what }) => what).join('; ')}`;
}

test('finds nothing between equal sides, and counts what is the same', () => {
  const files = { 'a.yaml': [configMap('a'), configMap('b')], 'b.yaml': [configMap('c')] };
  expect(compare(side(files), side(files))).toEqual({
    before: 'a side',
    after: 'a side',
    version: '1.37',
    objects: [],
    unchanged: 3,
    footprint: [],
    notes: [],
  });
  expect(compare(side({}), side({})).objects).toEqual([]);
});

test('counts what is the same of what is wanted alone', () => {
  const files = (data: string) => ({
    'dev/a.yaml': [configMap('a'), configMap('b', data)],
    'prod/a.yaml': [configMap('a'), configMap('b', data)],
    'prod/b.yaml': [configMap('c')],
    'c.yaml': [configMap('d')],
  });
  const told = (isWanted?: CompareOptions['isWanted']) => {
    const { objects, unchanged } = compare(
      side(files('1'), { environments: ['dev', 'prod'] }),
      side(files('2'), { environments: ['dev', 'prod'] }),
      { isWanted },
    );
    return [objects.length, unchanged];
  };
  expect(told()).toEqual([2, 4]);
  expect(told(({ environment }) => environment === 'dev')).toEqual([1, 1]);
  expect(told(({ environment }) => environment === 'prod')).toEqual([1, 2]);
  expect(told(({ environment }) => environment === undefined)).toEqual([0, 1]);
});

test('says what becomes of each object, the one of which most does first, with its places', () => {
  const before = side({ 'a.yaml': [configMap('gone', 'x'), configMap('changed'), configMap('same')] });
  const after = side({ 'a.yaml': [configMap('same'), configMap('changed', 'c'), configMap('new')] });
  const { objects, unchanged } = compare(before, after);
  expect(objects.map(line)).toEqual([
    'gone ConfigMap gone: is deleted',
    'in-place ConfigMap changed: no pod of the program reads it',
    'new ConfigMap new: is made',
  ]);
  expect(unchanged).toBe(1);
  expect(objects[1]).toMatchObject({
    object: { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'team', name: 'changed' },
    before: { file: 'a.yaml', line: 9, column: 1 },
    after: { file: 'a.yaml', line: 9, column: 1 },
    fields: [{ pointer: '/data/a', name: 'data.a', before: 'b', after: 'c', effect: 'in-place' }],
  });
});

test('takes another file, other text and a namespace written out for nothing', () => {
  const before = side({ 'a.yaml': [configMap('a'), deployment('web'), configMap('b', 'b', { namespace: undefined })] });
  const after = side({
    '0-a.yaml': [configMap('a')],
    'a.yaml': [deployment('web', { replicas: 1 }), configMap('b', 'b', { namespace: 'default' })],
  });
  expect(lines(before, after)).toEqual([
    'nothing ConfigMap b: only its text is other',
    'nothing ConfigMap a: only its file is other: 0-a.yaml instead of a.yaml',
    'nothing Deployment web: only its text is other',
  ]);
});

test('knows an object under another name, and a new generation of hashed content', () => {
  const before = side({ 'a.yaml': [deployment('web'), configMap('settings-0123abcd', 'b'), configMap('other')] });
  const after = side({
    'a.yaml': [deployment('site'), configMap('settings-4567cdef', 'c'), configMap('another', 'd')],
  });
  expect(lines(before, after)).toEqual([
    'gone ConfigMap other: is deleted',
    'gone ConfigMap settings-0123abcd (settings-4567cdef): is deleted; settings-4567cdef is new in its place',
    'gone Deployment web (site): is deleted; site is new in its place',
    'new ConfigMap another: is made',
    'new ConfigMap settings-4567cdef (settings-0123abcd): is made in place of settings-0123abcd, under another name',
    'new Deployment site (web): is made in place of web, under another name',
  ]);
});

test('knows no object of another cluster under another name', () => {
  const before = side({ 'dist/web.yaml': [deployment('web')] }, { roots: ['dist'] });
  const after = side({ 'dist/prod/web.yaml': [deployment('web')] }, { roots: ['dist'], environments: ['prod'] });
  expect(lines(before, after)).toEqual(['gone Deployment web: is deleted', 'new Deployment web: is made']);
});

test.each([
  [{ prune: true }, true],
  [{ prune: false }, false],
  [{ prune: true, suspend: true }, false],
  [{ prune: true, deletionPolicy: 'Orphan' }, false],
  [{ prune: false, deletionPolicy: 'Delete' }, true],
])('says whether a Kustomization takes with it what it has applied: %j', (spec, isLost) => {
  const apps = object('Kustomization', 'apps', { spec, apiVersion: 'kustomize.toolkit.fluxcd.io/v1' });
  expect(endOf(apps)).toBe(isLost ? APPLIED : undefined);
});

test('says that an Application with a finalizer takes with it what it has applied', () => {
  const fields = { spec: {}, apiVersion: 'argoproj.io/v1alpha1' };
  const finalizers = ['resources-finalizer.argocd.argoproj.io'];
  expect(endOf(object('Application', 'apps', fields, { finalizers }))).toBe(APPLIED);
  expect(endOf(object('Application', 'apps', fields))).toBeUndefined();
});

const APPLIED = 'what it has applied, unless marked to be kept or taken over by another before';

function endOf(gone: Any): string | undefined {
  return compare(side({ 'a.yaml': [gone] }), side({})).objects[0]?.outcomes[0]?.ends;
}

const kept = { annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } };

test('says what goes with an object, and that a marked one stays', () => {
  const before = side({ 'a.yaml': [deployment('web'), object('PersistentVolumeClaim', 'data', {}, kept)] });
  expect(compare(before, side({})).objects.map(({ leaves, outcomes }) => [leaves, ...outcomes])).toEqual([
    ['deleted', { effect: 'gone', what: 'is deleted', ends: 'its pods' }],
    ['kept', { effect: 'gone', what: 'stays in the cluster: it is marked to be kept' }],
  ]);
});

test('says that what is marked goes with its namespace all the same, and so does what git still has', () => {
  const namespace = object('Namespace', 'team', {}, { namespace: undefined });
  const claim = object('PersistentVolumeClaim', 'data', {}, kept);
  const found = compare(side({ 'a.yaml': [namespace, claim, configMap('a')] }), side({ 'a.yaml': [configMap('a')] }));
  expect(found.objects.map(({ leaves, outcomes }) => [leaves, ...outcomes])).toEqual([
    [
      'deleted',
      {
        effect: 'gone',
        what: 'is deleted, and 1 of the objects that git still has goes with it: ConfigMap a',
        ends: 'everything in the namespace',
      },
    ],
    [
      'deleted-with-namespace',
      {
        effect: 'gone',
        what: 'is deleted with its namespace, although it is marked to be kept',
        ends: 'its data, unless its volume is retained',
      },
    ],
  ]);
  const marked = { ...namespace, metadata: { ...namespace.metadata, ...kept } };
  expect(compare(side({ 'a.yaml': [marked, claim] }), side({})).objects.map(({ leaves }) => leaves)).toEqual([
    'kept',
    'kept',
  ]);
});

test('tells the generations of configuration that nothing uses any more, and what something still does', () => {
  const uses = (name: string) => ({
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'main', image: 'busybox:1', envFrom: [{ configMapRef: { name } }] }] },
    },
  });
  const old = [configMap('settings-0123abcd', 'b', kept), configMap('plain')];
  const before = side({ 'a.yaml': [...old, deployment('web', uses('settings-0123abcd'))] });
  const next = (name: string) => {
    const { objects } = compare(before, side({ 'a.yaml': [deployment('web', uses(name))] }));
    return objects.filter(({ leaves }) => leaves).map(({ leaves, outcomes }) => [leaves, outcomes[0]?.what]);
  };
  const stays = 'stays in the cluster: it is marked to be kept';
  expect(next('settings-4567cdef')).toEqual([
    ['deleted', 'is deleted'],
    ['generation', `${stays}; delete it once every rollout has ended`],
  ]);
  expect(next('settings-0123abcd')).toEqual([
    ['deleted', 'is deleted'],
    ['kept', stays],
  ]);
  expect(next('plain')).toEqual([
    ['deleted', 'is deleted, and Deployment web cannot start without it'],
    ['generation', `${stays}; delete it once every rollout has ended`],
  ]);
});

test('says that a mark is taken off, and that a controller makes again what is not taken', () => {
  const kept = { annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' } };
  const [before, after] = [configMap('a', 'b', kept), configMap('a')].map((each) => side({ 'a.yaml': [each] }));
  expect(lines(before as Side, after as Side)).toEqual([
    'in-place ConfigMap a: it is deleted from now on when it leaves git: its mark is taken off; only the object itself is marked otherwise',
  ]);
  const forced = { annotations: { 'kustomize.toolkit.fluxcd.io/force': 'enabled' } };
  const fixed = (value: string) => side({ 'a.yaml': [{ ...configMap('a', value, forced), immutable: true }] });
  expect(lines(fixed('b'), fixed('c'))).toEqual([
    'recreate ConfigMap a: an immutable ConfigMap takes no other content; its controller deletes it and makes it again',
  ]);
});

test('tells the objects of two environments apart, and judges each among its own', () => {
  const reader = deployment('web', {
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'main', image: 'busybox:1', envFrom: [{ configMapRef: { name: 'a' } }] }] },
    },
  });
  const program = (value: string) => ({
    'laptop/a.yaml': [configMap('a', value)],
    'prod/a.yaml': [configMap('a'), reader],
  });
  const found = compare(side(program('b')), side(program('c'))).objects;
  expect(found.map((each) => [each.environment, line(each)])).toEqual([
    ['laptop', 'in-place ConfigMap a: no pod of the program reads it'],
  ]);
});

test('tells the clusters of several folders apart where an object is in two of them', () => {
  const roots = ['dist/laptop', 'dist/prod'];
  const program = (value: string) =>
    side(
      { 'dist/laptop/a.yaml': [configMap('a', value)], 'dist/prod/a.yaml': [configMap('a'), configMap('b', value)] },
      { roots, environments: [] },
    );
  const found = compare(program('b'), program('c')).objects;
  expect(found.map(({ environment, object: { name } }) => [environment, name])).toEqual([
    ['laptop', 'a'],
    ['prod', 'b'],
  ]);
});

describe('an object in a file that another controller follows', () => {
  const controllers = [
    { name: 'Kustomization apps', paths: ['apps'] },
    { name: 'Kustomization all', paths: [''] },
  ];
  const move = (each: Any) =>
    compare(side({ 'apps/a.yaml': [each] }, { controllers }), side({ 'jobs/a.yaml': [each] }, { controllers })).objects;

  test('may be deleted before it is made again', () => {
    expect(move(deployment('web')).map(({ outcomes }) => outcomes)).toEqual([
      [
        {
          effect: 'moved',
          what: 'moves from Kustomization apps to Kustomization all, and may be deleted by the first before the second has it',
          ends: 'its pods, where it is deleted',
        },
      ],
    ]);
  });

  test('stays when it is marked to', () => {
    const kept = { annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } };
    expect(move(configMap('a', 'b', kept)).map(line)).toEqual([
      'moved ConfigMap a: moves from Kustomization apps to Kustomization all; it is marked to be kept meanwhile',
    ]);
  });
});

test('warns of an autoscaler whose target says its own replicas', () => {
  const autoscaler = object('HorizontalPodAutoscaler', 'web', {
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, maxReplicas: 3 },
  });
  const before = side({ 'a.yaml': [deployment('web', { replicas: 2 })] });
  expect(lines(before, side({ 'a.yaml': [deployment('web', { replicas: 2 }), autoscaler] }))).toEqual([
    'new HorizontalPodAutoscaler web: is made; Deployment web says replicas: 2, which each commit that is applied sets again',
  ]);
  expect(lines(before, side({ 'a.yaml': [deployment('web'), autoscaler] }))).toEqual([
    'scale Deployment web: drops to 1 first, then HorizontalPodAutoscaler web sets it between 1 and 3',
    'new HorizontalPodAutoscaler web: is made',
  ]);
});

test("shows nothing of a Secret's content", () => {
  const secret = (value: string) => object('Secret', 'a', { stringData: { password: value }, type: 'Opaque' });
  const [found] = compare(side({ 'a.yaml': [secret('before')] }), side({ 'a.yaml': [secret('after')] })).objects;
  expect(found?.fields).toEqual([
    {
      pointer: '/data/password',
      name: 'data.password',
      before: '<not shown>',
      after: '<not shown>',
      effect: 'in-place',
    },
  ]);
});

test('carries where an object comes from, for one that is gone from the side that had it', () => {
  const origin = { constructPath: 'app/a', source: { file: 'charts/a.ts', line: 3, column: 5 } };
  const program = side({ 'a.yaml': [configMap('a')] }, { originOf: () => origin });
  expect(compare(side({}), program).objects[0]).toMatchObject(origin);
  expect(compare(program, side({})).objects[0]).toMatchObject(origin);
});
