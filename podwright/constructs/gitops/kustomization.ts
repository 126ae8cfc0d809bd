import { posix } from 'node:path';
import type { Construct } from 'constructs';
import { type ClusterFile, type Handed, HandOver, KUSTOMIZE } from '../../synth/clusters/hand-over';
import { kustomizationFile } from './kustomization-file';

/** Options of a {@link Kustomization}. */
export interface KustomizationProps {
  /** Fields of the kustomization.yaml beside `resources`: `{ namespace: 'team', images: [...] }`. @default - none */
  readonly fields?: Readonly<Record<string, unknown>>;
}

/**
 * A kustomization.yaml for the manifests of its environment, or of the App, in `clusters/kustomize/ENVIRONMENT/ID`. The
 * manifests are outside of its folder, which kustomize wants to be told:
 * `kubectl kustomize --load-restrictor LoadRestrictionsNone FOLDER | kubectl apply -f -`.
 */
export class Kustomization extends HandOver {
  readonly #fields: Readonly<Record<string, unknown>>;

  constructor(scope: Construct, id: string, { fields = {} }: KustomizationProps = {}) {
    super(scope, id);
    this.#fields = fields;
  }

  files({ files, folders: { dist, clusters } }: Handed): ClusterFile[] {
    const own = `${KUSTOMIZE}/${this.folder}/${this.node.id}`;
    const file = kustomizationFile({ folder: posix.join(clusters, own), dist, files });
    return [{ path: `${own}/kustomization.yaml`, content: [{ ...file, ...this.#fields }] }];
  }
}
