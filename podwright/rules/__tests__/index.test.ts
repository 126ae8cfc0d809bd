import { checkObjects } from '../index';

const container = { name: 'main', image: 'busybox:1.37' };

function pod(spec: object, metadata: object = { name: 'counter' }): object {
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec };
}

/** What is found, short: rule, pointer, message. */
function found(object: object, ...targets: string[]): string[] {
  const findings = checkObjects([object], targets.length > 0 ? { targets } : {});
  return findings.map(({ ruleId, pointer, message }) => `${ruleId} ${pointer} ${message}`);
}

test('finds nothing in objects that are none, and in kinds that it does not know', () => {
  expect(
    checkObjects([{}, { apiVersion: 'v1' }, { kind: 'Pod' }, { apiVersion: 'example.com/v1', kind: 'Pod' }]),
  ).toEqual([]);
});

test('finds nothing in a Pod that the API server accepts', () => {
  expect(found(pod({ containers: [container] }))).toEqual([]);
});

test('fails a Pod without containers, and one without a spec', () => {
  expect(found(pod({ containers: [] }))).toEqual(['api/pod-spec /spec/containers Required value']);
  expect(found({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'counter' } })).toEqual([
    'api/pod-spec /spec/containers Required value',
  ]);
});

test('fails an empty name, and an empty image', () => {
  expect(found(pod({ containers: [{ name: '', image: '' }] }, { name: '' }))).toEqual([
    'api/metadata /metadata/name Required value: name or generateName is required',
    'api/container /spec/containers/0/name Required value',
    'api/container /spec/containers/0/image Required value',
  ]);
});

test('fails values of another type, and numbers that JSON has not, and looks no further', () => {
  const spec = { containers: [{ ...container, image: 7, stdin: 'yes' }], activeDeadlineSeconds: Number.NaN };
  expect(found(pod(spec))).toEqual([
    'api/type /spec/containers/0/image Invalid value: 7: cannot unmarshal number into a value of type string',
    'api/type /spec/containers/0/stdin Invalid value: "yes": cannot unmarshal string into a value of type bool',
    'api/type /spec/activeDeadlineSeconds Invalid value: NaN: cannot unmarshal number NaN into a value of type int64',
  ]);
});

test('fails a negative port', () => {
  expect(found(pod({ containers: [{ ...container, ports: [{ containerPort: -1 }] }] }))).toEqual([
    'api/container-port /spec/containers/0/ports/0/containerPort Invalid value: -1: must be between 1 and 65535, inclusive',
  ]);
});

test('fails two containers of one name, over kinds of container', () => {
  expect(found(pod({ containers: [container, container], initContainers: [container] }))).toEqual([
    'api/container-name /spec/containers/1/name Duplicate value: "main"',
    'api/container-name /spec/initContainers/0/name Duplicate value: "main"',
  ]);
});

test('fails a mount that names no volume', () => {
  const mounts = [{ name: 'data', mountPath: '/data' }];
  expect(found(pod({ containers: [{ ...container, volumeMounts: mounts }] }))).toEqual([
    'api/volume-mount /spec/containers/0/volumeMounts/0/name Not found: "data"',
  ]);
});

test('says the versions that lack a field, and since when it exists', () => {
  const rules = [{ action: 'Restart', exitCodes: { operator: 'In', values: [42] } }];
  const spec = { containers: [{ ...container, restartPolicy: 'Never', restartPolicyRules: rules }] };
  expect(checkObjects([pod(spec)], { targets: ['1.33', '1.37'] })).toMatchObject([
    {
      ruleId: 'api/unknown-field',
      pointer: '/spec/containers/0/restartPolicyRules',
      message: 'unknown field "spec.containers[0].restartPolicyRules"',
      fix: 'the field exists since Kubernetes 1.34: leave it out for older versions',
      versions: ['1.33'],
    },
  ]);
});

test('names the field that was probably meant', () => {
  const [finding] = checkObjects([pod({ containers: [container], nodename: 'a' })]);
  expect(finding).toMatchObject({ pointer: '/spec/nodename', fix: 'did you mean "nodeName"?' });
});

test('throws for a target version that is not known', () => {
  expect(() => checkObjects([], { targets: ['2.0'] })).toThrow(
    'unknown target version, got "2.0"; expected one of 1.27, 1.28',
  );
});
