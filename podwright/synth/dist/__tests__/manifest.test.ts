import { EMPTY, formatManifest, parseManifest, sumOf } from '../manifest';

const a = 'a'.repeat(64);
const b = 'b'.repeat(64);

test('reads back what it wrote, sorted by path', () => {
  const files = new Map([
    ['b.k8s.yaml', new Set([a])],
    ['a b/x.k8s.yaml', new Set([a, b])],
  ]);
  const versions = new Map([
    ['podwright', '1.2.3'],
    ['kueue', '0.14'],
  ]);
  const environments = ['eu/prod', 'eu'];
  const text = formatManifest({ files, versions, environments });
  expect(text).toBe(
    [
      '# What podwright synth made here. After a merge conflict in this file, run it again.',
      'version kueue 0.14',
      'version podwright 1.2.3',
      'environment eu',
      'environment eu/prod',
      `file ${a} a b/x.k8s.yaml`,
      `file ${b} a b/x.k8s.yaml`,
      `file ${a} b.k8s.yaml`,
      '',
    ].join('\n'),
  );
  expect(parseManifest(text)).toEqual({ files, versions, environments: ['eu', 'eu/prod'], conflicted: false });
});

test('reads both sides of a merge conflict', () => {
  const text = `# x\n<<<<<<< HEAD\nfile ${a} x.k8s.yaml\n=======\nfile ${b} x.k8s.yaml\n>>>>>>> main\nfile ${a} y.k8s.yaml\n`;
  expect(parseManifest(text)).toEqual({
    files: new Map([
      ['x.k8s.yaml', new Set([a, b])],
      ['y.k8s.yaml', new Set([a])],
    ]),
    versions: new Map(),
    environments: [],
    conflicted: true,
  });
});

test.each(['', '\0\0', 'file x y', `file ${a}`, 'version', 'environment', 'environment a b', '{"files": []}'])(
  'finds nothing in %o',
  (text) => {
    expect(parseManifest(text)).toEqual(EMPTY);
  },
);

test('reads line ends of Windows', () => {
  expect(parseManifest(`# x\r\nfile ${a} x.k8s.yaml\r\n`).files).toEqual(new Map([['x.k8s.yaml', new Set([a])]]));
});

test('sums as sha256 does', () => {
  const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
  expect([sumOf(''), sumOf(Buffer.alloc(0))]).toEqual([empty, empty]);
});
