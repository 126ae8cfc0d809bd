import { posix } from 'node:path';
import type { ApiObject, Chart } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { type ClusterFile, type Handed, HandOver, type Report } from '../../synth/clusters/hand-over';
import type { Environment } from '../../synth/environment';
import { check, fault } from '../validation';
import {
  type ArgoDestination,
  type ArgoProps,
  applicationSpec,
  argoFaults,
  destinationFaults,
  destinationOf,
  isForced,
  reportSopsFiles,
} from './argo-application';
import { markWaves } from './sync-waves';

/** Options of an {@link ArgoApplicationSet}. */
export interface ArgoApplicationSetProps extends ArgoProps {
  /** The environments, each with the cluster that it is for. */
  readonly clusters: readonly ArgoCluster[];
}

/** An environment, and where it goes. */
export interface ArgoCluster extends ArgoDestination {
  readonly environment: Environment;
}

/**
 * Hands several environments to one Argo CD: an ApplicationSet in `clusters/ID/ID.yaml`, with an Application for each
 * cluster, `ID-ENVIRONMENT`. What an {@link ArgoApplication} says of syncs and waves holds for each of them.
 *
 * @example
 * new ArgoApplicationSet(app, 'apps', {
 *   repoURL: 'https://example.com/team/platform',
 *   clusters: [{ environment: gpu, name: 'gpu' }, { environment: laptop }],
 * });
 */
export class ArgoApplicationSet extends HandOver {
  readonly #props: ArgoApplicationSetProps;

  constructor(scope: Construct, id: string, props: ArgoApplicationSetProps) {
    super(scope, id);
    this.#props = props;
    check(this, () => [
      ...argoFaults(props),
      ...props.clusters.flatMap((cluster, index) => destinationFaults(`clusters[${index}]`, cluster)),
      ...(props.clusters.length === 0 ? [fault('clusters', 'names none', [], 'an environment at least')] : []),
    ]);
  }

  override get environments(): readonly IConstruct[] {
    return this.#props.clusters.map(({ environment }) => environment);
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
    const { namespace = 'argocd', clusters } = this.#props;
    const elements = clusters.map(({ environment, ...destination }) => ({
      application: `${this.node.id}-${environment.name.replaceAll('/', '-')}`,
      destination: destinationOf(destination),
      environment: environment.name,
    }));
    const path = posix.join(dist, '{{.environment}}');
    const set = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'ApplicationSet',
      metadata: { name: this.node.id, namespace },
      spec: {
        goTemplate: true,
        goTemplateOptions: ['missingkey=error'],
        generators: [{ list: { elements } }],
        template: { metadata: { name: '{{.application}}' }, spec: applicationSpec(this.#props, path, {}) },
        // A destination is a server or a name: of the two a template could only leave one empty.
        templatePatch: 'spec:\n  destination: {{ toJson .destination }}\n',
      },
    };
    return [{ path: `${this.folder}/${this.node.id}.yaml`, content: [set] }];
  }
}
