import { posix } from 'node:path';
import type { ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { type ClusterFile, type Handed, HandOver, type Report } from '../../synth/clusters/hand-over';
import { Environment } from '../../synth/environment';
import { check, fault } from '../validation';
import { SopsFile } from './sops-file';
import { markWaves } from './sync-waves';

/** Where Argo CD applies manifests. */
export interface ArgoDestination {
  /** The API server's address. @default 'https://kubernetes.default.svc' - the cluster that Argo CD runs in, without `name` */
  readonly server?: string;
  /** The name by which Argo CD knows the cluster. @default - `server` says it */
  readonly name?: string;
  /** For objects that say none. @default - `default` */
  readonly namespace?: string;
}

/** What an Argo CD Application is told, of one environment or of several. */
export interface ArgoProps {
  /** The repository's address. */
  readonly repoURL: string;
  /** The branch, tag or commit. @default 'main' */
  readonly targetRevision?: string;
  /** The program's folder in the repository: `platform/gpu`. @default - the repository's root */
  readonly root?: string;
  /** The namespace of Argo CD. @default 'argocd' */
  readonly namespace?: string;
  /** The project. @default 'default' */
  readonly project?: string;
  /** Fields of the Application's spec beside these, or in their place. @default - none */
  readonly spec?: Readonly<Record<string, unknown>>;
}

/** Options of an {@link ArgoApplication}. */
export interface ArgoApplicationProps extends ArgoProps {
  /** @default - the cluster that Argo CD runs in */
  readonly destination?: ArgoDestination;
}

/**
 * Hands the manifests of its environment, or of the App, to Argo CD: an Application in `clusters/ENVIRONMENT/ID.yaml`,
 * which syncs each commit, undoes what was edited by hand and prunes what is gone.
 *
 * The objects are annotated with sync waves, where one waits for another: namespaces, definitions and quotas come first,
 * then charts after those that they depend on (`addDependency`), Jobs last, unless another chart depends on theirs.
 *
 * @example
 * new ArgoApplication(prod, 'apps', { repoURL: 'https://example.com/team/platform' });
 */
export class ArgoApplication extends HandOver {
  readonly #props: ArgoApplicationProps;

  constructor(scope: Construct, id: string, props: ArgoApplicationProps) {
    super(scope, id);
    this.#props = props;
    check(this, () => [...argoFaults(props), ...destinationFaults('destination', props.destination)]);
  }

  /** Argo CD is there, and its namespace with it. */
  override get externals() {
    return [{ kind: 'Namespace', name: this.#props.namespace ?? 'argocd' }];
  }

  override get recreates() {
    return isForced(this.#props);
  }

  override mark(objects: readonly ApiObject[], after: (chart: Chart) => readonly Chart[]): void {
    markWaves(objects, after);
  }

  files({ folders: { dist } }: Handed, report: Report): ClusterFile[] {
    reportSopsFiles(this, report);
    const { namespace = 'argocd', destination } = this.#props;
    const path = posix.join(dist, Environment.tryOf(this)?.name ?? '');
    const application = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: this.node.id, namespace },
      spec: applicationSpec(this.#props, path, destinationOf(destination)),
    };
    return [{ path: `${this.folder}/${this.node.id}.yaml`, content: [application] }];
  }
}

/** An Application's spec. */
export function applicationSpec(props: ArgoProps, path: string, destination: object): object {
  const { repoURL, targetRevision = 'main', root = '', project = 'default', spec } = props;
  return {
    project,
    source: { repoURL, targetRevision, path: posix.join(root, path), directory: { recurse: true } },
    destination,
    // The server fills defaults in by the rules of apply, so that they are no difference to the commit.
    syncPolicy: { automated: { prune: true, selfHeal: true }, syncOptions: ['ServerSideApply=true'] },
    ...spec,
  };
}

/** Whether all of an Application is replaced by what a sync brings, and not only what says so itself. */
export function isForced({ spec }: ArgoProps): boolean {
  const { syncOptions = [] } = (spec?.syncPolicy ?? {}) as { syncOptions?: readonly string[] };
  return syncOptions.some((option) => option === 'Replace=true' || option === 'Force=true');
}

/** A destination as Argo CD takes it: a name or a server, not both. */
export function destinationOf({ name, server, namespace }: ArgoDestination = {}): object {
  return {
    ...(name !== undefined ? { name } : { server: server ?? 'https://kubernetes.default.svc' }),
    ...(namespace !== undefined && { namespace }),
  };
}

/** The faults of a destination that types have not caught. */
export function destinationFaults(prop: string, { name, server }: ArgoDestination = {}): string[] {
  if (name === undefined || server === undefined) return [];
  return [fault(prop, 'has a server beside its name', server, 'one of the two')];
}

/** The faults of {@link ArgoProps} that types have not caught. */
export function argoFaults({ repoURL, root }: ArgoProps): string[] {
  return [
    ...(typeof repoURL !== 'string' || !/^(https?:\/\/|ssh:\/\/|git@)/.test(repoURL)
      ? [fault('repoURL', 'must be the address of a git repository', repoURL, "'https://…', 'ssh://…' or 'git@…'")]
      : []),
    ...(root !== undefined && !/^[^./][^/]*(\/[^./][^/]*)*$/.test(root)
      ? [fault('root', "must be the program's folder in the repository", root, "a path such as 'platform/gpu'")]
      : []),
  ];
}

/** Argo CD decrypts nothing by itself: Secrets that never arrive are an error here, and not pods that never start. */
export function reportSopsFiles(handOver: HandOver, report: Report): void {
  for (const one of SopsFile.besides(handOver)) {
    report({
      message: `Argo CD decrypts no SOPS file, and ${one.node.path} is one; expected a SealedSecret or an ExternalSecret`,
      fix: 'Make one of these in its place, or hand the environment to Flux',
    });
  }
}
