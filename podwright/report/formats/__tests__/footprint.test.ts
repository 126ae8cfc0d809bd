import type { NamespaceFootprint } from '../../footprint';
import { footprintChangeMarkdown, footprintChangeText, footprintMarkdown, footprintText } from '../footprint';

const team: NamespaceFootprint = {
  environment: 'prod',
  namespace: 'team',
  always: { pods: '2', 'requests.cpu': '500m', 'requests.storage': '1Gi' },
  atMost: { pods: '9', 'requests.cpu': '4', 'requests.storage': '1Gi', 'requests.nvidia.com/gpu': '1' },
  workloads: [
    {
      object: { apiVersion: 'batch/v1', kind: 'CronJob', namespace: 'team', name: 'nightly' },
      always: {},
      atMost: { pods: '1', 'requests.example.com/nic': '2' },
      unbounded: 'its runs may overlap',
    },
  ],
  uncounted: [{ apiVersion: 'apps/v1', kind: 'DaemonSet', namespace: 'team', name: 'agent' }],
};

test('nothing is written of nothing', () => {
  const written = [footprintText([]), footprintMarkdown([]), footprintChangeText([]), footprintChangeMarkdown([])];
  expect(written).toEqual(['', '', '', '']);
});

test('a terminal has each workload, and what the figures leave out', () => {
  expect(footprintText([team, { ...team, environment: undefined, namespace: '', workloads: [], uncounted: [] }])).toBe(
    `namespace          pods    CPU        memory  GPU nvidia.com/gpu  storage
prod: team         2 to 9  500m to 4  0       0 to 1              1Gi
  CronJob nightly  0 to 1  0          0       0                   0
(none)             2 to 9  500m to 4  0       0 to 1              1Gi
DaemonSet team/agent is not counted: its pods depend on the cluster
CronJob team/nightly may take more: its runs may overlap
`,
  );
});

test('Markdown has the namespaces', () => {
  expect(footprintMarkdown([team])).toBe(`| namespace | pods | CPU | memory | GPU nvidia.com/gpu | storage |
|---|--:|--:|--:|--:|--:|
| prod: team | 2 to 9 | 500m to 4 | 0 | 0 to 1 | 1Gi |

DaemonSet team/agent is not counted: its pods depend on the cluster

CronJob team/nightly may take more: its runs may overlap
`);
});

test('a change has a line for each amount that is other, limits too', () => {
  const limited = { always: { 'limits.memory': '1Gi' }, atMost: { 'limits.memory': '1Gi' } };
  expect(
    footprintChangeText([
      { namespace: 'team', before: team },
      { namespace: 'b', after: limited },
    ]),
  ).toBe(
    `namespace                      before     after
team       pods                2 to 9     0
team       CPU                 500m to 4  0
team       GPU nvidia.com/gpu  0 to 1     0
team       storage             1Gi        0
b          memory limit        0          1Gi
`,
  );
});
