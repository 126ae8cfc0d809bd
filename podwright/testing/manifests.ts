import type { ApiObject, App } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { isVersion, VERSIONS } from '../api/versions';
import { counts, type Finding } from '../report/finding';
import { formatFinding } from '../report/text';
import type { PodSecurityLevel } from '../rules/facts';
import { type CheckAllOptions, checkAll } from '../rules/families';
import { type End, endOf, type Port } from '../rules/relations/flows';
import { World } from '../rules/world';
import { findingsOf, judgeOptionsOf } from '../synth/app';
import { Environment } from '../synth/environment';
import { candidates, type Sought, sought } from './candidates';
import type { KindName, ManifestOf } from './kinds';
import { type Match, mismatches } from './match';
import { behind, nameOf, notMounted, notReached, notRunAs, notSelected, podOf } from './relations';
import { objectsOf, type Source, type SourceObject } from './source';

// biome-ignore lint/suspicious/noExplicitAny: objects of any kind
type Any = any;

/**
 * An object among those that are looked at: a construct that made it (a class of ours, or a KubeX), the object itself as
 * `find` gives it, or its name: `'web'`, `'Deployment/web'`, `'Deployment/ml/web'`.
 */
export type Ref = IConstruct | object | string;

/** By which objects are found: a name (`'web'`, `'ml/web'`), or a part of the object. */
export type Where<K extends string> = string | Match<ManifestOf<K>>;

/** Options of {@link Manifests.of}. */
export type ManifestsOptions = Omit<CheckAllOptions, 'families'>;

/**
 * The objects of a program, a chart, YAML or a folder, with questions that know Kubernetes. A question answers; the
 * matchers of the same names (`expect(chart).toHave('Pod', 'counter')`) fail with what is nearest.
 *
 * @example
 * const manifests = Manifests.of(chart);
 * manifests.find('Deployment', 'web').spec?.replicas;
 * manifests.reaches('Deployment/client', 'Service/web');
 */
export class Manifests {
  /** As the API has them, in the order in which they are written. */
  // biome-ignore lint/suspicious/noExplicitAny: objects of any kind
  readonly objects: readonly any[];

  /** @internal */
  private constructor(
    private readonly all: readonly SourceObject[],
    private readonly world: World,
    private readonly checks: CheckAllOptions,
    private readonly scope: IConstruct | undefined,
  ) {
    this.objects = all.map(({ value }) => value);
  }

  /**
   * @param source an App, a part of a program (a chart, an environment, any construct), YAML, the path of a file or a
   * folder, or objects
   * @param options what is known beside them @default - what their App says; of YAML and objects nothing
   * @throws for YAML that cannot be read, a path that is not there, and what constructs throw
   */
  static of(source: Source | Manifests, options: ManifestsOptions = {}): Manifests {
    if (source instanceof Manifests) return source;
    const scope = Construct.isConstruct(source) ? (source as IConstruct) : undefined;
    const said = scope ? judgeOptionsOf(scope.node.root as App, scope) : {};
    const checks: CheckAllOptions = { ...said, ...options };
    // What a part refers to may be in another: all that is for its cluster is the world around it.
    const around = scope ? objectsOf(scope.node.root).filter(forClusterOf(scope)) : objectsOf(source);
    const all = scope ? around.filter(({ construct }) => construct?.node.scopes.includes(scope)) : around;
    return new Manifests(
      all,
      new World(
        around.map(({ value }) => value),
        checks,
      ),
      checks,
      scope,
    );
  }

  /** The objects of a kind that match, or all of it. */
  findAll<K extends KindName>(kind: K, where?: Where<K>): ManifestOf<K>[] {
    const { kind: wanted, pattern } = sought(kind, where as Where<string> | undefined);
    return this.objects.filter((object) => isKind(object, wanted) && mismatches(pattern, object).length === 0);
  }

  /** The one object of a kind that matches. @throws where there is none, or more than one, with those that are nearest */
  find<K extends KindName>(kind: K, where?: Where<K>): ManifestOf<K> {
    const found = this.findAll(kind, where);
    if (found.length === 1) return found[0] as ManifestOf<K>;
    throw new Error(this.lacks(sought(kind, where as Where<string> | undefined), found.length, 'one'));
  }

  /** As {@link find}; undefined where there is none. @throws where there is more than one */
  tryFind<K extends KindName>(kind: K, where?: Where<K>): ManifestOf<K> | undefined {
    return this.findAll(kind, where).length === 0 ? undefined : this.find(kind, where);
  }

  /** Whether there is an object of a kind that matches. */
  has<K extends KindName>(kind: K, where?: Where<K>): boolean {
    return this.findAll(kind, where).length > 0;
  }

  /** How many objects there are, of a kind, that match. */
  count<K extends KindName>(kind?: K, where?: Where<K>): number {
    return kind === undefined ? this.objects.length : this.findAll(kind, where).length;
  }

  /** Whether a Service, a PodDisruptionBudget, a NetworkPolicy or a workload selects the pods of a workload. */
  selects(object: Ref, workload: Ref): boolean {
    return this.whyNot.selects(object, workload) === undefined;
  }

  /** Whether a container of a workload mounts a ConfigMap, a Secret or a PersistentVolumeClaim. */
  mounts(workload: Ref, object: Ref): boolean {
    return this.whyNot.mounts(workload, object) === undefined;
  }

  /**
   * Whether one NetworkPolicy by itself lets a flow through.
   * @param from a workload, or an end of its own (`{ ip: '203.0.113.7' }`)
   */
  allows(policy: Ref, from: Ref | End, to: Ref | End, port: number | Port): boolean {
    return this.whyNot.allows(policy, from, to, port) === undefined;
  }

  /**
   * Whether a flow passes all NetworkPolicies together.
   * @param to a workload, an end of its own, or a Service: then the port is the Service's, by number or name
   * @param port @default - the first of a Service
   */
  reaches(from: Ref | End, to: Ref | End, port?: number | string | Port): boolean {
    return this.whyNot.reaches(from, to, port) === undefined;
  }

  /** Whether all containers of a workload run as a user, by number, or its pods as a service account, by name. */
  runsAs(workload: Ref, user: number | string): boolean {
    return this.whyNot.runsAs(workload, user) === undefined;
  }

  /** Whether what is in its namespace fits into a ResourceQuota. */
  fits(quota: Ref): boolean {
    return this.whyNot.fits(quota) === undefined;
  }

  /** Whether no rule finds anything that keeps the objects, or one of them, from starting or being reached. */
  starts(object?: Ref): boolean {
    return this.whyNot.starts(object) === undefined;
  }

  /** Whether a namespace that enforces a Pod Security Standard admits all pods. */
  admittedBy(level: PodSecurityLevel): boolean {
    return this.whyNot.admittedBy(level) === undefined;
  }

  /** Whether the API server of a Kubernetes version (`'1.34'`) accepts all objects. */
  acceptedBy(version: string): boolean {
    return this.whyNot.acceptedBy(version) === undefined;
  }

  /** All that the rules find, as a synthesis says it, or `podwright check` of what was read. */
  findings(): readonly Finding[] {
    const { scope } = this;
    if (!scope) return checkAll(this.objects, { complete: false, ...this.checks });
    const { root, path } = scope.node;
    const within = (found: string | undefined) => path === '' || found === path || found?.startsWith(`${path}/`);
    return findingsOf(root as App).filter(
      (finding) => counts(finding) && (scope === root || within(finding.constructPath)),
    );
  }

  /** For each question why the answer is no; undefined where it is yes. */
  readonly whyNot = {
    has: (kind: string, where?: Where<string>): string | undefined =>
      this.has(kind, where) ? undefined : this.lacks(sought(kind, where), 0, 'one'),
    count: (count: number, kind?: string, where?: Where<string>): string | undefined => {
      const found = this.count(kind, where);
      if (found === count) return undefined;
      if (kind === undefined) return `expected ${count} objects, found ${found}:\n${this.listed()}`;
      return this.lacks(sought(kind, where), found, String(count));
    },
    selects: (object: Ref, workload: Ref) => notSelected(this.world, this.one(object), this.one(workload)),
    mounts: (workload: Ref, object: Ref) => notMounted(this.one(workload), this.one(object)),
    allows: (policy: Ref, from: Ref | End, to: Ref | End, port: number | Port) =>
      this.flow(new World([this.one(policy), ...this.world.ofKind('Namespace')]), from, to, port),
    reaches: (from: Ref | End, to: Ref | End, port?: number | string | Port) => this.flow(this.world, from, to, port),
    runsAs: (workload: Ref, user: number | string) => notRunAs(this.one(workload), user),
    fits: (quota: Ref) => {
      const object = this.one(quota);
      return this.found({ families: ['start'] }, (finding) => /^start\/quota/.test(finding.ruleId), object);
    },
    starts: (object?: Ref) =>
      this.found({ families: ['start'] }, () => true, object === undefined ? undefined : this.one(object)),
    admittedBy: (level: PodSecurityLevel) => this.found({ families: ['pod-security'], podSecurity: level }, () => true),
    acceptedBy: (version: string) => {
      if (!isVersion(version)) {
        throw new Error(`unknown version, got ${JSON.stringify(version)}; expected one of ${VERSIONS.join(', ')}`);
      }
      const families = ['api', 'versions'] as const;
      return this.found({ families, targets: [version] }, ({ severity }) => severity === 'error');
    },
    findings: () => said(this.findings()),
  };

  private flow(
    policies: World,
    from: Ref | End,
    to: Ref | End,
    port: number | string | Port | undefined,
  ): string | undefined {
    const [source, target] = [this.end(from), isEnd(to) ? to : this.one(to)];
    const sender = isEnd(from) ? 'the flow' : nameOf(this.one(from));
    if (isEnd(target) || target.kind !== 'Service') {
      if (port === undefined || typeof port === 'string') {
        throw new Error(`port is that of a pod, got ${port ?? 'none'}; expected a number`);
      }
      const { end, name } = isEnd(target)
        ? { end: target, name: 'it' }
        : { end: endOf(podOf(target)), name: nameOf(target) };
      const flow = typeof port === 'number' ? { port } : port;
      return notReached(policies, source, end, flow, `${sender} to ${name}, port ${flow.port},`);
    }
    const { pods, port: behindPort } = behind(this.world, target, typeof port === 'object' ? port.port : port);
    if (pods.length === 0) return `${nameOf(target)} selects no pods`;
    for (const pod of pods) {
      const text = `${sender} to ${nameOf(pod.object)} behind ${nameOf(target)}, port ${behindPort.port},`;
      const why = notReached(policies, source, endOf(pod), behindPort, text);
      if (why) return why;
    }
    return undefined;
  }

  private end(end: Ref | End): End {
    return isEnd(end) ? end : endOf(podOf(this.one(end)));
  }

  /** What rules find in the objects as they are seen from here, less what others are found to have. */
  private found(options: CheckAllOptions, of: (finding: Finding) => boolean, object?: Any): string | undefined {
    const own = new Set(object ? [object] : this.objects);
    // A level that is asked for is that of whatever namespace: those of the program may enforce another.
    const { podSecurity } = options;
    const around = podSecurity ? this.world.objects.filter(({ kind }) => kind !== 'Namespace') : this.world.objects;
    const findings = checkAll(around, { ...this.checks, rules: [], ...options });
    return said(findings.filter((finding) => own.has(around[finding.index]) && of(finding)));
  }

  /** The one object that is meant. @throws where there is none, or more than one */
  private one(ref: Ref): Any {
    if (typeof ref === 'string') return this.named(ref);
    if (!Construct.isConstruct(ref)) return ref;
    const made = this.madeBy(ref as IConstruct);
    if (made) return made;
    throw new Error(`${(ref as IConstruct).node.path} made no object that is looked at`);
  }

  private madeBy(construct: IConstruct): Any {
    const own = (one: IConstruct) => this.all.find((object) => object.construct === (one as ApiObject))?.value;
    const main = construct.node.tryFindChild('Default') ?? construct.node.tryFindChild('Resource');
    return own(construct) ?? (main && own(main));
  }

  private named(ref: string): Any {
    const parts = ref.split('/');
    const kind = parts.length > 1 ? parts[0] : undefined;
    const [name, namespace] = parts.slice(kind === undefined ? 0 : 1).reverse();
    const found = this.world.objects.filter(
      ({ kind: own, metadata }) =>
        (kind === undefined || own === kind) &&
        metadata?.name === name &&
        (namespace === undefined || (metadata?.namespace ?? '') === namespace),
    );
    if (found.length === 1) return found[0];
    const what = found.length === 0 ? 'no object' : `${found.length} objects: ${found.map(nameOf).join(', ')}`;
    throw new Error(
      `'${ref}' is the name of ${what}; expected KIND/NAME or KIND/NAMESPACE/NAME of one.\n${this.listed()}`,
    );
  }

  private lacks(wanted: Sought, found: number, expected: string): string {
    return candidates(this.all, wanted, found, expected);
  }

  private listed(): string {
    return this.all.map(({ value, origin }) => `  ${nameOf(value)}${origin ? ` (${origin})` : ''}`).join('\n');
  }
}

/** Whether an object is in a part of a program, or beside it in the same cluster. */
function forClusterOf(scope: IConstruct): (one: SourceObject) => boolean {
  const environment = Environment.tryOf(scope);
  return ({ construct }) =>
    construct !== undefined && (construct.node.scopes.includes(scope) || Environment.tryOf(construct) === environment);
}

function isKind(object: Any, kind: string): boolean {
  const own = String(object.apiVersion).includes('/')
    ? `${String(object.apiVersion).split('/')[0]}/${object.kind}`
    : object.kind;
  return own === kind || object.kind === kind;
}

function isEnd(value: unknown): value is End {
  if (typeof value !== 'object' || value === null || Construct.isConstruct(value)) return false;
  return !('kind' in value) && ('ip' in value || 'labels' in value || 'namespace' in value);
}

function said(findings: readonly Finding[]): string | undefined {
  if (findings.length === 0) return undefined;
  return findings.map((finding) => `${finding.severity}: ${formatFinding(finding)} [${finding.ruleId}]`).join('\n');
}
