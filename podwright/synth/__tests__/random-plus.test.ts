// Random programs of cdk8s-plus's classes, each run under cdk8s's App and under ours.
import { ApiObject, Chart, Cron, Duration, JsonPatch, Size, App as StockApp } from 'cdk8s';
import * as plus27 from 'cdk8s-plus-27';
import * as plus34 from 'cdk8s-plus-34';
import fc from 'fast-check';
import { App } from '../app';
import { said } from './said';

/** Fixed, so that a failure is there again on the next run; SEED=n searches elsewhere. */
const seed = Number(process.env.SEED ?? 20240601);
const runs = Number(process.env.RUNS ?? 40);

type Plus = typeof plus27;

/** Numbers that decide what a program is: the same ones make the same program. When they end, all is 0. */
class Choices {
  private next = 0;
  constructor(private readonly numbers: readonly number[]) {}

  /** 0 to count - 1. */
  below(count: number): number {
    return (this.numbers[this.next++] ?? 0) % count;
  }

  maybe<T>(make: () => T): T | undefined {
    return this.below(2) === 1 ? make() : undefined;
  }

  of<T>(...items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  list<T>(most: number, make: (index: number) => T): T[] {
    return Array.from({ length: this.below(most + 1) }, (_, index) => make(index));
  }
}

/** Makes objects of random kinds with random props, and ties them to one another. */
class Program {
  private readonly chart: Chart;
  private readonly workloads: plus27.Deployment[] = [];
  private made = 0;

  constructor(
    app: StockApp,
    private readonly plus: Plus,
    private readonly choose: Choices,
  ) {
    this.chart = new Chart(app, 'main', {
      namespace: choose.maybe(() => 'team'),
      labels: choose.maybe(() => ({ team: 'a', 'example.com/on': 'yes' })),
      disableResourceNameHashes: choose.below(4) === 0,
    });
    for (let count = choose.below(8) + 1; count > 0; count--) this.step();
  }

  private id(): string {
    return `o${this.made++}`;
  }

  private step(): void {
    const { chart, choose, plus } = this;
    const steps: readonly (() => unknown)[] = [
      () =>
        this.workload(new plus.Deployment(chart, this.id(), { ...this.pod(), replicas: choose.of(undefined, 1, 3) })),
      () => new plus.Pod(chart, this.id(), this.pod()),
      () => new plus.DaemonSet(chart, this.id(), { ...this.pod(), minReadySeconds: choose.below(3) }),
      () => new plus.StatefulSet(chart, this.id(), { containers: [this.container(0)] }),
      () =>
        new plus.Job(chart, this.id(), {
          ...this.pod(),
          backoffLimit: choose.below(3),
          ttlAfterFinished: choose.maybe(() => Duration.hours(1)),
        }),
      () =>
        new plus.CronJob(chart, this.id(), {
          containers: [this.container(0)],
          schedule: Cron.hourly(),
          suspend: choose.below(2) === 1,
        }),
      () =>
        new plus.ConfigMap(chart, this.id(), {
          data: this.data(),
          binaryData: choose.maybe(() => ({ b: 'AAEC' })),
          immutable: choose.below(2) === 1,
        }),
      () => new plus.Secret(chart, this.id(), { stringData: this.data() }),
      () => new plus.ServiceAccount(chart, this.id(), { automountToken: choose.below(2) === 1 }),
      () => new plus.Namespace(chart, this.id(), { metadata: { labels: this.data() } }),
      () =>
        new plus.PersistentVolumeClaim(chart, this.id(), {
          storage: Size.gibibytes(1 + choose.below(9)),
          accessModes: [plus.PersistentVolumeAccessMode.READ_ONLY_MANY],
        }),
      () =>
        this.any()?.exposeViaService({ ports: [{ port: 80 + choose.below(10), targetPort: 8080 }], name: this.id() }),
      () => this.ingress(),
      () => this.role(),
      () => this.policy(),
      () => this.scale(),
      () => this.patch(),
      () => this.any()?.scheduling.tolerate(plus.Node.tainted(plus.NodeTaintQuery.exists('gpu'))),
      () => this.any()?.node.addDependency(new plus.ConfigMap(chart, this.id())),
    ];
    choose.of(...steps)();
  }

  private workload(made: plus27.Deployment): void {
    this.workloads.push(made);
  }

  private any(): plus27.Deployment | undefined {
    return this.workloads.length === 0 ? undefined : this.choose.of(...this.workloads);
  }

  private data(): Record<string, string> {
    const { choose } = this;
    const texts = ['yes', '', '0755', 'a\n b\n', '1e3', 'plain', 'ä: #', '2024-01-01'];
    return Object.fromEntries(choose.list(3, (index) => [`k${index}`, choose.of(...texts)]));
  }

  private container(index: number): plus27.ContainerProps {
    const { chart, choose, plus } = this;
    const volume = () => plus.Volume.fromEmptyDir(chart, this.id(), `v${this.made}`, { sizeLimit: Size.mebibytes(64) });
    return {
      name: `c${index}`,
      image: choose.of('busybox:1.37', 'a', 'b@sha256:0'),
      ports: index === 0 ? [{ number: 8080 }] : undefined,
      args: choose.maybe(() => ['-c', choose.of('true', 'a: b', '')]),
      command: choose.maybe(() => ['sh']),
      envVariables: choose.maybe(() =>
        Object.fromEntries(Object.entries(this.data()).map(([key, value]) => [key, plus.EnvValue.fromValue(value)])),
      ),
      resources: choose.of(
        undefined,
        {},
        { cpu: { request: plus.Cpu.millis(50) }, memory: { limit: Size.gibibytes(1) } },
      ),
      liveness: choose.maybe(() => plus.Probe.fromHttpGet('/', { port: 1 + choose.below(9) })),
      securityContext: choose.maybe(() => ({
        user: 1000,
        ensureNonRoot: choose.below(2) === 1,
        readOnlyRootFilesystem: false,
      })),
      volumeMounts: choose.list(2, (mount) => ({
        path: `/m${mount}`,
        volume: volume(),
        readOnly: choose.below(2) === 1,
      })),
      workingDir: choose.maybe(() => '/work'),
    };
  }

  private pod(): plus27.AbstractPodProps & { containers: plus27.ContainerProps[] } {
    const { choose, plus } = this;
    return {
      containers: [this.container(0), ...choose.list(1, () => this.container(1))],
      initContainers: choose.maybe(() => [{ name: 'init', image: 'init' }]),
      metadata: choose.of(undefined, { labels: this.data() }, { annotations: this.data(), name: this.id() }) as never,
      terminationGracePeriod: choose.maybe(() => Duration.seconds(choose.below(90))),
      hostNetwork: choose.maybe(() => true),
      dns: choose.maybe(() => ({ policy: plus.DnsPolicy.CLUSTER_FIRST_WITH_HOST_NET, searches: ['a.b'] })),
      securityContext: choose.maybe(() => ({ fsGroup: 1, sysctls: [{ name: 'a.b', value: '1' }] })),
      automountServiceAccountToken: choose.maybe(() => true),
    };
  }

  private ingress(): void {
    const service = this.any()?.exposeViaService({ ports: [{ port: 80 }], name: this.id() });
    if (!service) return;
    const { Ingress, IngressBackend } = this.plus;
    new Ingress(this.chart, this.id()).addHostRule(
      'a.b',
      `/${this.choose.below(9)}`,
      IngressBackend.fromService(service),
    );
  }

  private role(): void {
    const { chart, plus, choose } = this;
    const role = choose.below(2) === 0 ? new plus.Role(chart, this.id()) : new plus.ClusterRole(chart, this.id());
    role.allowReadWrite(plus.ApiResource.CONFIG_MAPS);
    role.allowRead(plus.ApiResource.custom({ apiGroup: 'a.b', resourceType: 'things' }));
    role.bind(plus.Group.fromName(chart, this.id(), 'g'));
  }

  private policy(): void {
    const target = this.any();
    if (!target) return;
    const policy = new this.plus.NetworkPolicy(this.chart, this.id(), { selector: target });
    policy.addEgressRule(this.plus.NetworkPolicyIpBlock.anyIpv4(this.chart, this.id()), [
      this.plus.NetworkPolicyPort.tcp(443),
    ]);
  }

  private scale(): void {
    const target = new this.plus.Deployment(this.chart, this.id(), {
      containers: [
        { image: 'a', resources: { cpu: { request: this.plus.Cpu.units(1) }, memory: { request: Size.mebibytes(1) } } },
      ],
    });
    new this.plus.HorizontalPodAutoscaler(this.chart, this.id(), { target, maxReplicas: 2 + this.choose.below(9) });
  }

  private patch(): void {
    const target = this.any();
    if (!target) return;
    const path = this.choose.of('/spec/revisionHistoryLimit', '/spec/paused', '/spec/unknown');
    ApiObject.of(target).addJsonPatch(
      JsonPatch.add(path, this.choose.of<unknown>(1, true, '1')),
      JsonPatch.remove('/spec/minReadySeconds'),
    );
  }
}

test.each([
  ['cdk8s-plus-27', plus27],
  // Their types are told apart by the compiler alone.
  ['cdk8s-plus-34', plus34 as unknown as Plus],
])('says what cdk8s says for random programs of %s', (_, plus) => {
  let right = 0;
  const under = <A extends StockApp>(app: A, numbers: readonly number[]): A => {
    new Program(app, plus, new Choices(numbers));
    return app;
  };
  fc.assert(
    fc.property(fc.array(fc.nat(1000), { minLength: 30, maxLength: 300 }), (numbers) => {
      const stock = said(under(new StockApp(), numbers));
      if (stock !== 'fails') right++;
      expect(said(under(new App(), numbers))).toEqual(stock);
    }),
    { seed, numRuns: runs },
  );
  // Most programs have to be right for the comparison to say anything.
  expect(right).toBeGreaterThan(runs * 0.8);
});
