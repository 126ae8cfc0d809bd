import { ApiObject, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { FindingsError } from '../../report/findings-error';
import { formatFinding } from '../../report/text';
import { App } from '../app';
import { comment } from '../comment';

function program(): { app: App; chart: Chart; object: ApiObject } {
  const app = new App();
  const chart = new Chart(app, 'c');
  const object = new ApiObject(chart, 'pod', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'pod', annotations: { 'a/b': 'c' } },
    spec: { containers: [{ name: 'main' }, { name: 'side' }] },
  });
  return { app, chart, object };
}

test('reaches dist above an object, a field and an item, and no object', () => {
  const { app, chart, object } = program();
  comment(object, 'The counter.\nIt counts.');
  comment(object, 'Asked for by the team.');
  comment(object, 'Proxies.', '/spec/containers/1');
  comment(object, 'For the mesh.', '/metadata/annotations/a~1b');
  expect(app.synthYaml()).toBe(`# The counter.
# It counts.
# Asked for by the team.
apiVersion: v1
kind: Pod
metadata:
  annotations:
    # For the mesh.
    a/b: c
  name: pod
spec:
  containers:
    - name: main
    # Proxies.
    - name: side
`);
  expect(chart.toJson()[0].metadata).toEqual({ annotations: { 'a/b': 'c' }, name: 'pod' });
});

test('stands in its own document', () => {
  const { app, chart, object } = program();
  comment(object, 'First.');
  comment(new kplus.ConfigMap(chart, 'config', { metadata: { name: 'config' }, data: { a: 'b' } }), 'Second.');
  expect(app.synthYaml()).toMatch(/^# First\.\napiVersion: v1\nkind: Pod\n[^#]*\n---\n# Second\.\napiVersion: v1\n/);
});

test('is an error for a field that the object does not have', () => {
  const { app, object } = program();
  comment(object, 'Why?', '/spec/hostPID');
  comment(object, 'Why?', '/spec/containers/2');
  let found: string[] = [];
  try {
    app.synthYaml();
  } catch (error) {
    if (FindingsError.isFindingsError(error)) found = error.findings.map(formatFinding);
  }
  expect(found).toEqual([
    'c/pod: /spec/hostPID: has a comment, and is no field of the object',
    'c/pod: /spec/containers/2: has a comment, and is no field of the object',
  ]);
});

test.each(['a\rb', '\u0085', 'a\u2028b', '\0', '\ud800'])('fails for the text %j', (text) => {
  expect(() => comment(program().object, text)).toThrow(
    /^c\/pod: comment has control characters, got ".*"; expected text$/s,
  );
});

test('fails for a place that is no pointer, and a construct without an object', () => {
  const { chart, object } = program();
  expect(() => comment(object, 'x', 'spec')).toThrow(
    'c/pod: comment is for spec; expected a JSON pointer, as in /spec/replicas',
  );
  expect(() => comment(chart, 'x')).toThrow(/cannot find/);
});
