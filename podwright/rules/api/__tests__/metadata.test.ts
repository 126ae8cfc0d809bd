import { checkObjects } from '../../check-objects';

const job = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox:1.37' }] } } },
};

function found(metadata: object, targets: readonly string[]) {
  const findings = checkObjects([{ ...job, metadata }], { targets });
  return findings.map(({ pointer, message }) => `${pointer} ${message.replace(/: a lowercase.*/, '')}`);
}

// The server judges `simplea`, the prefix without its last two characters, and then the name that it made.
test.each(['1.33', '1.34', '1.35', '1.37'])(
  'a generateName whose capital only the made name shows is refused in %s',
  (version) => {
    expect(found({ generateName: 'simpleC-' }, [version])).toEqual([
      '/metadata/generateName Invalid value: "simpleC-xxxxx"',
    ]);
  },
);

test('a prefix that is wrong in itself is told once, and one beside a name makes none', () => {
  expect(found({ generateName: 'Simple' }, ['1.33'])).toEqual(['/metadata/generateName Invalid value: "Simple"']);
  expect(found({ name: 'simple', generateName: 'simpleC-' }, ['1.33'])).toEqual([]);
  expect(found({ generateName: 'simple-' }, ['1.33', '1.37'])).toEqual([]);
});

const long = 'x'.repeat(64);
const service = (name: string, labels?: object) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, labels },
  spec: { ports: [{ port: 80 }] },
});

test('what the checks of several versions say in the same words is told once, as true for all of them', () => {
  const targets = ['1.34', '1.35', '1.36', '1.37'];
  const versions = (name: string) => checkObjects([service(name)], { targets }).map((finding) => finding.versions);
  expect(versions(long)).toEqual([targets]);
  // Before 1.36 a Service's name begins with a letter.
  expect(versions('1')).toEqual([['1.34', '1.35']]);
  expect(versions('A')).toEqual([
    ['1.34', '1.35'],
    ['1.36', '1.37'],
  ]);
});

test('what two checks say of one field in the same words is told once', () => {
  expect(found({ name: long }, ['1.35', '1.37'])).toEqual([
    `/spec/template/metadata/labels Invalid value: "${long}": must be no more than 63 bytes`,
  ]);
  expect(found({ name: 'a', labels: { b: long, c: long } }, ['1.37'])).toEqual([
    `/metadata/labels Invalid value: "${long}": must be no more than 63 bytes`,
  ]);
});

test('names are too long by characters, and labels and qualified names by bytes, as the API server says', () => {
  const labels = { [long]: 'a', [`${'x'.repeat(254)}/a`]: long };
  const said = checkObjects([service(long, labels)], { targets: ['1.37'] });
  expect(said.map(({ message }) => message.replace(/.*: /, ''))).toEqual([
    'must be no more than 63 characters',
    'name part must be no more than 63 bytes',
    'prefix part must be no more than 253 bytes',
    'must be no more than 63 bytes',
  ]);
});
