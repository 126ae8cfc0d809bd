import { posix } from 'node:path';
import type { Construct } from 'constructs';
import { type ClusterFile, type Handed, HandOver, KUSTOMIZE, type Report } from '../../synth/clusters/hand-over';
import { check, fault } from '../validation';
import { kustomizationFile, kustomizationOf } from './kustomization-file';
import { type Part, partsOf } from './parts';
import { readyTimeOf } from './ready-time';
import { SopsFile } from './sops-file';
import { type PostBuild, postBuildFaults, postBuildSpec, reportSubstitutions } from './substitution';

/** Where Flux has the repository from. */
export interface FluxSource {
  readonly kind: 'GitRepository' | 'OCIRepository' | 'Bucket' | 'ExternalArtifact';
  readonly name: string;
  /** @default - that of the Kustomizations */
  readonly namespace?: string;
}

/** Options of a {@link FluxKustomization}. */
export interface FluxKustomizationProps {
  /**
   * The repository's address, for which a GitRepository is made: `ssh://git@example.com/team/platform`.
   * @default - none is made: `sourceRef` says what there is
   */
  readonly url?: string;
  /** The branch that is followed, with `url`. @default 'main' */
  readonly branch?: string;
  /** The Secret with the repository's credentials, with `url`. @default - none: anybody may read it */
  readonly secretRef?: string;
  /** The source that is there already. @default - the GitRepository flux-system, which `flux bootstrap` makes */
  readonly sourceRef?: FluxSource;
  /** The program's folder in the repository: `platform/gpu`. @default - the repository's root */
  readonly root?: string;
  /** The namespace of the Flux objects. @default 'flux-system' - that of `flux bootstrap` */
  readonly namespace?: string;
  /** How often what was edited by hand is undone; a commit is followed at once. @default '10m' */
  readonly interval?: string;
  /** How soon what failed is tried again. @default '1m' */
  readonly retryInterval?: string;
  /**
   * How long a revision may take until all of it is ready. A stuck rollout holds the next commit up for as long.
   * @default '5m' - or a minute more than the longest progressDeadlineSeconds of its Deployments, where that is longer
   */
  readonly timeout?: string;
  /** Variables that Flux puts into the manifests. `${…}` of a shell is refused then. @default - none: nothing is replaced */
  readonly postBuild?: PostBuild;
  /** The Secret with the key of the {@link SopsFile}s, in `namespace`. @default 'sops-age' */
  readonly decryptionSecret?: string;
  /** Fields of each Kustomization's spec beside these, or in their place: `{ serviceAccountName: 'team' }`. @default - none */
  readonly spec?: Readonly<Record<string, unknown>>;
}

/**
 * Hands the manifests of its environment, or of the App, to Flux: Kustomizations in `clusters/ENVIRONMENT/ID.yaml`, the
 * folder that `flux bootstrap --path` is given, and what they build in `clusters/kustomize`.
 *
 * Namespaces, definitions and quotas are applied first (`ID-setup`). Jobs and claims are in a Kustomization without wait
 * (`ID-jobs`): Flux takes no other commit while it waits, and a training may run for days. Charts that depend on each
 * other (`addDependency`) are in Kustomizations of their own that say so in `dependsOn`, and Jobs that another chart
 * depends on are waited for. All else is in `ID`.
 *
 * @example
 * new FluxKustomization(prod, 'apps', { url: 'https://example.com/team/platform' });
 */
export class FluxKustomization extends HandOver {
  readonly #props: FluxKustomizationProps;

  constructor(scope: Construct, id: string, props: FluxKustomizationProps = {}) {
    super(scope, id);
    this.#props = props;
    check(this, () => faultsOf(props));
  }

  /** Flux is there, and its namespace with it. */
  override get externals() {
    return [{ kind: 'Namespace', name: this.#props.namespace ?? 'flux-system' }];
  }

  override get recreates() {
    return this.#props.spec?.force === true;
  }

  files(handed: Handed, report: Report): ClusterFile[] {
    const { dist, clusters } = handed.folders;
    const { postBuild } = this.#props;
    if (postBuild) reportSubstitutions(handed, postBuild, report);
    const parts = partsOf(handed);
    for (const { suffix } of parts) {
      const name = this.#nameOf(suffix);
      if (name.length > 63)
        report({
          message: `the Kustomization ${name} has ${name.length} characters; expected at most 63`,
          fix: 'Shorten the id, or that of the chart',
        });
    }
    const built = (suffix: string, content: (folder: string) => object): ClusterFile => {
      const folder = this.#folderOf(suffix);
      return { path: `${folder}/kustomization.yaml`, content: [content(posix.join(clusters, folder))] };
    };
    const secrets = SopsFile.besides(this).map(({ path }) => posix.join(clusters, path));
    return [
      { path: `${this.folder}/${this.node.id}.yaml`, content: this.#objects(parts, clusters) },
      ...parts.map(({ suffix, files, has }) =>
        built(suffix, (folder) => kustomizationFile({ folder, dist, files, has })),
      ),
      ...(secrets.length > 0 ? [built(SECRETS_SUFFIX, (folder) => kustomizationOf(folder, secrets))] : []),
    ];
  }

  #folderOf(suffix: string): string {
    return `${KUSTOMIZE}/${this.folder}/${this.#nameOf(suffix)}`;
  }

  #nameOf(suffix: string): string {
    return `${this.node.id}${suffix}`;
  }

  #objects(parts: readonly Part[], clusters: string): object[] {
    const { url, branch = 'main', secretRef, namespace = 'flux-system' } = this.#props;
    const { decryptionSecret = 'sops-age', postBuild } = this.#props;
    const objects: object[] = [];
    if (url !== undefined) {
      objects.push({
        apiVersion: 'source.toolkit.fluxcd.io/v1',
        kind: 'GitRepository',
        metadata: { name: this.node.id, namespace },
        spec: {
          interval: '1m',
          url,
          ref: { branch },
          ...(secretRef !== undefined && { secretRef: { name: secretRef } }),
        },
      });
    }
    for (const part of parts) {
      objects.push(
        this.#kustomization(part.suffix, posix.join(clusters, this.#folderOf(part.suffix)), {
          timeout: this.#props.timeout ?? readyTimeOf(part),
          wait: part.wait,
          ...(part.dependsOn.length > 0 && {
            dependsOn: part.dependsOn.map((suffix) => ({ name: this.#nameOf(suffix) })),
          }),
          ...(postBuild && { postBuild: postBuildSpec(postBuild) }),
        }),
      );
    }
    if (SopsFile.besides(this).length > 0) {
      const dependsOn = parts
        .filter(({ suffix }) => suffix === '-setup')
        .map(({ suffix }) => ({ name: this.#nameOf(suffix) }));
      objects.push(
        this.#kustomization(SECRETS_SUFFIX, posix.join(clusters, this.#folderOf(SECRETS_SUFFIX)), {
          wait: true,
          ...(dependsOn.length > 0 && { dependsOn }),
          decryption: { provider: 'sops', secretRef: { name: decryptionSecret } },
        }),
      );
    }
    return objects;
  }

  #kustomization(suffix: string, path: string, fields: object): object {
    const { url, sourceRef = { kind: 'GitRepository', name: url === undefined ? 'flux-system' : this.node.id } } =
      this.#props;
    const { namespace = 'flux-system', interval = '10m', retryInterval = '1m', timeout = '5m' } = this.#props;
    return {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: { name: this.#nameOf(suffix), namespace },
      spec: {
        interval,
        retryInterval,
        timeout,
        path: `./${posix.join(this.#props.root ?? '', path)}`,
        prune: true,
        sourceRef,
        ...fields,
        ...this.#props.spec,
      },
    };
  }
}

const SECRETS_SUFFIX = '-secrets';

/** What Flux takes for a duration. */
const DURATION = /^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$/;

function faultsOf({ url, branch, secretRef, sourceRef, root, postBuild, ...props }: FluxKustomizationProps): string[] {
  const durations = (['interval', 'retryInterval', 'timeout'] as const).flatMap((prop) =>
    props[prop] === undefined || DURATION.test(props[prop])
      ? []
      : [fault(prop, 'must be a duration', props[prop], "a number with 'ms', 's', 'm' or 'h', as in '10m'")],
  );
  return [
    ...durations,
    ...(url !== undefined && !/^(https?|ssh):\/\//.test(url)
      ? [fault('url', 'must be the address of a git repository', url, "'https://…' or 'ssh://…'")]
      : []),
    ...(url !== undefined && sourceRef ? [fault('sourceRef', 'is said beside url', sourceRef, 'one of the two')] : []),
    ...(url === undefined && (branch ?? secretRef) !== undefined
      ? [fault(branch === undefined ? 'secretRef' : 'branch', 'belongs to url', branch ?? secretRef, 'a url beside it')]
      : []),
    ...(root !== undefined && !/^[^./][^/]*(\/[^./][^/]*)*$/.test(root)
      ? [fault('root', "must be the program's folder in the repository", root, "a path such as 'platform/gpu'")]
      : []),
    ...(postBuild ? postBuildFaults(postBuild) : []),
  ];
}
