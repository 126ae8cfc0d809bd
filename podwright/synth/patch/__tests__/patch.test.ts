import { ApiObject, Chart, JsonPatch, Lazy } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { FindingsError } from '../../../report/findings-error';
import { formatFinding } from '../../../report/text';
import { App } from '../../app';
import { Patch, patch } from '../patch';

function chart(): Chart {
  return new Chart(new App(), 'c');
}

function pod(scope: Chart, spec: object = { containers: [{ name: 'main', image: 'a' }] }): ApiObject {
  return new ApiObject(scope, 'pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'pod' }, spec });
}

/** What the one object of a chart says. */
function said(scope: Chart) {
  return scope.toJson()[0];
}

/** What is wrong with a chart. */
function faults(scope: Chart): string[] {
  try {
    scope.toJson();
  } catch (error) {
    if (FindingsError.isFindingsError(error)) return error.findings.map(formatFinding);
    throw error;
  }
  throw new Error('nothing was wrong');
}

test('changes an object by all three forms, in their order, with the keys sorted as before', () => {
  const scope = chart();
  const object = pod(scope);
  patch(object, Patch.json([{ op: 'add', path: '/spec/hostPID', value: true }]));
  patch(
    object,
    Patch.merge({ metadata: { labels: { b: '1', a: '2' } } }),
    Patch.strategic({ spec: { containers: [{ name: 'main', tty: true }] } }),
  );
  expect(JSON.stringify(said(scope))).toBe(
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { labels: { a: '2', b: '1' }, name: 'pod' },
      spec: { containers: [{ image: 'a', name: 'main', tty: true }], hostPID: true },
    }),
  );
  expect(said(scope)).toEqual(said(scope));
});

test('reaches every field of an object of cdk8s-plus, newer ones and unions too', () => {
  const scope = chart();
  const deployment = new kplus.Deployment(scope, 'web', { containers: [{ image: 'a', portNumber: 80 }] });
  patch(
    deployment,
    Patch.strategic({
      spec: {
        template: {
          spec: {
            initContainers: [{ name: 'proxy', image: 'b', restartPolicy: 'Always' }],
            containers: [
              {
                name: 'main',
                resources: { limits: { 'nvidia.com/gpu': 1 } },
                lifecycle: { preStop: { sleep: { seconds: 5 } } },
              },
            ],
          },
        },
      },
    }),
    Patch.json([{ op: 'replace', path: '/spec/template/spec/setHostnameAsFQDN', value: true }]),
  );
  const { spec } = said(scope).spec.template;
  expect(spec.initContainers).toEqual([{ name: 'proxy', image: 'b', restartPolicy: 'Always' }]);
  expect(spec.containers[0]).toMatchObject({
    resources: { limits: { 'nvidia.com/gpu': 1, cpu: '1500m' } },
    lifecycle: { preStop: { sleep: { seconds: 5 } } },
  });
  expect(spec.setHostnameAsFQDN).toBe(true);
});

test("comes after tokens and cdk8s's own patches, and keeps the program's props as they are", () => {
  const scope = chart();
  const spec = { containers: Lazy.any({ produce: () => [{ name: 'main', image: 'a' }] }), nodeSelector: { a: 'b' } };
  const object = pod(scope, spec);
  object.addJsonPatch(JsonPatch.add('/spec/hostNetwork', true));
  patch(
    object,
    Patch.json([
      { op: 'replace', path: '/spec/hostNetwork', value: false },
      { op: 'add', path: '/spec/nodeSelector/c', value: 'd' },
    ]),
  );
  expect(said(scope).spec).toEqual({
    containers: [{ name: 'main', image: 'a' }],
    hostNetwork: false,
    nodeSelector: { a: 'b', c: 'd' },
  });
  expect(spec.nodeSelector).toEqual({ a: 'b' });
});

test.each([
  ['merges what is there already', Patch.merge({ spec: { containers: [{ name: 'main', image: 'a' }] } })],
  ['removes what is not there', Patch.merge({ spec: { hostPID: null } })],
  ['names no change', Patch.strategic({ spec: { containers: [{ name: 'main', image: 'a' }] } })],
  ['has no steps', Patch.json([])],
  ['only tests', Patch.json([{ op: 'test', path: '/kind', value: 'Pod' }])],
])('is an error when it %s', (_, change) => {
  const scope = chart();
  patch(pod(scope), Patch.merge({ metadata: { labels: { a: 'b' } } }), change);
  expect(faults(scope)).toEqual([
    'c/pod: patch 2 changes nothing; expected a difference. Remove it, or mend its paths',
  ]);
});

test('is an error of the object, with the path in it, when it does not fit', () => {
  const scope = chart();
  patch(pod(scope), Patch.json([{ op: 'remove', path: '/spec/setHostnameAsFqdn' }]));
  expect(faults(scope)).toEqual([
    "c/pod: /spec/setHostnameAsFqdn: does not exist: 'setHostnameAsFqdn' is missing; there are containers",
  ]);
});

test('fails at once for a construct that has no object', () => {
  const scope = chart();
  expect(() => patch(scope, Patch.merge({}))).toThrow(/cannot find a \(direct or indirect\) child of type ApiObject/);
});
