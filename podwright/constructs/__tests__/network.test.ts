import { Chart, Testing } from 'cdk8s';
import { NetworkPolicyIpBlock, Pods } from 'cdk8s-plus-27';
import { type End, type Port, passes } from '../../rules/relations/flows';
import { World } from '../../rules/world';
import { App } from '../../synth/app';
import { ModelServer, type ModelServerProps } from '../model-server';
import { Team, type TeamProps } from '../team';
import { TrainingJob } from '../training-job';
import { kindsOf } from './support';

const containers = [{ name: 'main', image: 'python:3.11' }];
const http: Port = { port: 8080 };
const metrics: Port = { port: 9090 };
const nccl: Port = { port: 41234 };
const dns: Port = { port: 53, protocol: 'UDP' };

/** A team with a training and a server beside a neighbour, and what comes through between them. */
function flows(server: ModelServerProps = {}, team: TeamProps = {}) {
  const app = new App();
  const charts = ['team', 'vision', 'speech'].map((id) => new Chart(app, id, id === 'team' ? {} : { namespace: id }));
  const [teams, vision, speech] = charts as [Chart, Chart, Chart];
  new Team(teams, 'vision', team);
  new Team(teams, 'speech');
  new TrainingJob(vision, 'mnist', { nodes: 2, containers });
  new ModelServer(vision, 'sentiment', { containers, ...server });
  new ModelServer(speech, 'translate', { containers });
  const world = new World(charts.flatMap((chart) => Testing.synth(chart)));
  return (from: End, to: End, port: Port) => passes(world, from, to, port);
}

const pod = (namespace: string, name: string, component: string): End => ({
  namespace,
  labels: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/component': component },
});
const worker = pod('vision', 'mnist', 'training');
const server = pod('vision', 'sentiment', 'model-server');
const client: End = { namespace: 'vision', labels: { app: 'client' } };
const neighbour = pod('speech', 'translate', 'model-server');
const scraper: End = { namespace: 'monitoring', labels: { app: 'prometheus' } };
const resolver: End = { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } };
const outside: End = { ip: '203.0.113.7' };

describe('in a Team', () => {
  const passes = flows();

  test.each([
    ['a worker reaches another, at any port', worker, worker, nccl, true],
    ['a worker reaches no server of the team', worker, server, http, false],
    ['a client reaches no worker', client, worker, nccl, false],
    ['a neighbour reaches no worker', neighbour, worker, nccl, false],
    ['a neighbour reaches no server', neighbour, server, http, false],
    ['a scraper reaches no server', scraper, server, metrics, false],
    ['nobody outside reaches a server', outside, server, http, false],
    ['a worker asks for names', worker, resolver, dns, true],
    ['a server asks for names, by TCP too', server, resolver, { port: 53 }, true],
    ['a node-local cache of names is reached', server, { ip: '169.254.20.10' }, dns, true],
    ['nothing else outside is reached', server, outside, { port: 443 }, false],
    ['a worker asks nobody else by UDP', worker, outside, { port: 123, protocol: 'UDP' }, false],
    // The server lets its namespace in; the client is let out only by a team that says so.
    ['a client is not let out to the server', client, server, http, false],
  ] as [string, End, End, Port, boolean][])('%s', (_, from, to, port, expected) => {
    expect(passes(from, to, port)).toBe(expected);
  });
});

describe('in a Team whose pods may reach each other', () => {
  const passes = flows({}, { allowTo: [{ podSelector: {} }] });

  test.each([
    ['a client reaches the server', client, server, http, true],
    ['at its port alone', client, server, metrics, false],
    ['a client reaches no worker still', client, worker, nccl, false],
    ['a neighbour reaches no server still', neighbour, server, http, false],
    ['the server of the neighbours is not reached', client, neighbour, http, false],
  ] as [string, End, End, Port, boolean][])('%s', (_, from, to, port, expected) => {
    expect(passes(from, to, port)).toBe(expected);
  });
});

describe('a server with peers of its own', () => {
  const passes = flows({
    allowFrom: [
      { podSelector: { matchLabels: { app: 'client' } } },
      { namespace: 'monitoring', podSelector: { matchLabels: { app: 'prometheus' } }, ports: [9090] },
    ],
    allowTo: [{ ipBlock: { cidr: '203.0.113.0/24' }, ports: [443] }],
  });

  test.each([
    ['a scraper reaches the port that it names', scraper, server, metrics, true],
    ['and no other', scraper, server, http, false],
    ['another pod of its namespace does not', { namespace: 'monitoring' }, server, metrics, false],
    ['another pod of the team does not', { namespace: 'vision' }, server, http, false],
    ['the model store is reached', server, outside, { port: 443 }, true],
    ['at no other port', server, outside, { port: 22 }, false],
    ['and nothing else is', server, { ip: '198.51.100.1' }, { port: 443 }, false],
    ['but for names', server, resolver, dns, true],
    ['a client of the team is let in, but not out', client, server, http, false],
    ['a client of another namespace is not let in', { ...client, namespace: 'open' }, server, http, false],
  ] as [string, End, End, Port, boolean][])('%s', (_, from, to, port, expected) => {
    expect(passes(from, to, port)).toBe(expected);
  });
});

test('a server whose default is left out is let nobody in to by itself', () => {
  const passes = flows({ defaults: { allowFromTeam: false } }, { allowTo: [{ podSelector: {} }] });
  expect(passes(client, server, http)).toBe(false);
});

describe('outside of a Team', () => {
  const kinds = (props: ModelServerProps) =>
    kindsOf((chart) => new ModelServer(chart, 'a', { containers, metadata: { namespace: 'open' }, ...props }));

  test('a server without peers has no policy', () => {
    expect(kinds({}).NetworkPolicy).toBeUndefined();
  });

  test('peers that may reach it leave open what it reaches', () => {
    const { NetworkPolicy } = kinds({ allowFrom: [client] });
    expect(NetworkPolicy.metadata.name).toBe('a-ingress');
    expect(NetworkPolicy.spec.policyTypes).toEqual(['Ingress']);
  });

  test('peers that it may reach leave open who reaches it, and names too', () => {
    const { NetworkPolicy } = kinds({ allowTo: [{ namespace: 'store' }] });
    const world = new World([NetworkPolicy]);
    const own = pod('open', 'a', 'model-server');
    expect(passes(world, outside, own, http)).toBe(true);
    expect(passes(world, own, { namespace: 'store' }, http)).toBe(true);
    expect(passes(world, own, resolver, dns)).toBe(true);
    expect(passes(world, own, outside, http)).toBe(false);
  });

  test('no peers at all are nobody', () => {
    const { NetworkPolicy } = kinds({ allowFrom: [] });
    expect(passes(new World([NetworkPolicy]), client, pod('open', 'a', 'model-server'), http)).toBe(false);
  });
});

describe('a peer', () => {
  const from = (peer: NonNullable<ModelServerProps['allowFrom']>[number]) =>
    kindsOf((chart) => {
      new ModelServer(chart, 'a', { containers, metadata: { namespace: 'vision' }, allowFrom: [peer] });
    }).NetworkPolicy.spec.ingress;

  test('may be another workload, of another namespace too', () => {
    const kinds = kindsOf((chart) => {
      const training = new TrainingJob(chart, 'mnist', { containers, metadata: { namespace: 'speech' } });
      new ModelServer(chart, 'a', { containers, metadata: { namespace: 'vision' }, allowFrom: [training] });
    });
    expect(kinds.NetworkPolicy.spec.ingress).toEqual([
      {
        from: [
          {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'speech' } },
            podSelector: { matchLabels: worker.labels },
          },
        ],
        ports: [{ port: 8080 }],
      },
    ]);
  });

  test("may be in the API's own fields, with ports in any form", () => {
    const peer = { namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'Exists' }] } };
    expect(from({ ...peer, ports: [9090, 'metrics', { port: 1, endPort: 9, protocol: 'UDP' }] })).toEqual([
      { from: [peer], ports: [{ port: 9090 }, { port: 'metrics' }, { port: 1, endPort: 9, protocol: 'UDP' }] },
    ]);
  });

  test("may be cdk8s-plus's", () => {
    const kinds = kindsOf((chart) => {
      const pods = Pods.select(chart, 'pods', { labels: { app: 'client' } });
      const elsewhere = Pods.select(chart, 'elsewhere', {
        labels: { app: 'client' },
        namespaces: { toNamespaceSelectorConfig: () => ({ names: ['a', 'b'] }) } as never,
      });
      const block = NetworkPolicyIpBlock.ipv4(chart, 'block', '10.0.0.0/8');
      new ModelServer(chart, 'a', { containers, allowFrom: [pods, elsewhere, block] });
    });
    const podSelector = { matchLabels: { app: 'client' } };
    const namespaceSelector = (name: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });
    expect(kinds.NetworkPolicy.spec.ingress.map(({ from }: { from: unknown }) => from)).toEqual([
      [{ podSelector }],
      [
        { namespaceSelector: namespaceSelector('a'), podSelector },
        { namespaceSelector: namespaceSelector('b'), podSelector },
      ],
      [{ ipBlock: { cidr: '10.0.0.0/8' } }],
    ]);
  });
});
