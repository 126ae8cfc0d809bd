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
