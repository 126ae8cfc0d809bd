import type { ImageVolumeSource, Volume } from '../api/k8s';
import type { ContainerProps, Props } from './pod-spec';
import { fault, wholeNumber } from './validation';
import { type NameValue, nameOf, plain, type SecondsValue } from './values';

/** A container that fetches a model before the server starts. */
export interface DownloadProps extends Omit<ContainerProps, 'name'> {
  /**
   * A Secret whose keys are this container's variables, and no other's: a token of the model store.
   * @default - none
   */
  readonly credentials?: NameValue;

  /**
   * Where the model is kept: a volume without its name. On a claim it is there for the next pod; the container finds
   * then what it fetched before.
   * @default - an emptyDir: each new pod fetches it again
   */
  readonly cache?: Props<Omit<Volume, 'name'>>;

  /**
   * How long it may take. It is time that a rollout has, beside what the model takes to load.
   * @default 1800 - half an hour
   */
  readonly seconds?: SecondsValue;
}

/** Where a model comes from: exactly one of claimName, image and download. */
export interface ModelProps {
  /** A claim that holds it. */
  readonly claimName?: NameValue;

  /** An image that holds it, mounted as a volume (Kubernetes 1.35; 1.31 with the feature gate ImageVolume). */
  readonly image?: string;

  /** When the image is pulled. @default - as for containers: always for `latest`, else if it is not on the node */
  readonly imagePullPolicy?: ImageVolumeSource['pullPolicy'];

  /** A container that fetches it into a volume; it is mounted there at `mountPath`, writable. */
  readonly download?: DownloadProps;

  /** Where the containers find it; they may only read it. @default '/models' */
  readonly mountPath?: string;

  /** The folder of the volume that is mounted. @default - all of it */
  readonly subPath?: string;
}

const VOLUME = 'model';

/** What a model adds to a pod. */
export interface ModelParts {
  readonly volume: Props<Volume>;
  readonly mount: {
    readonly name: string;
    readonly mountPath: string;
    readonly readOnly: true;
    readonly subPath?: string;
  };
  readonly download?: ContainerProps;
}

/** The volume that holds a model, its mount, and the container that fetches it. */
export function modelParts(model: ModelProps): ModelParts {
  const { mountPath = '/models', subPath, download } = model;
  const where = { name: VOLUME, mountPath, ...(subPath !== undefined && { subPath }) };
  const parts = { volume: { name: VOLUME, ...sourceOf(model) }, mount: { ...where, readOnly: true as const } };
  if (!download) return parts;
  const { credentials, cache: _, seconds: __, volumeMounts = [], envFrom = [], ...container } = download;
  const secrets = credentials === undefined ? [] : [{ secretRef: { name: nameOf(credentials) } }];
  return {
    ...parts,
    download: {
      ...container,
      name: 'download',
      volumeMounts: [...volumeMounts, where],
      ...(envFrom.length + secrets.length > 0 && { envFrom: [...envFrom, ...secrets] }),
    },
  };
}

/** How long it takes at the most until the model is there to be loaded. */
export function fetchSeconds(model: ModelProps | undefined): number {
  return model?.download ? plain<number>(model.download.seconds ?? 1800) : 0;
}

function sourceOf({ claimName, image, imagePullPolicy, download }: ModelProps): Props<Omit<Volume, 'name'>> {
  if (claimName !== undefined) return { persistentVolumeClaim: { claimName: nameOf(claimName), readOnly: true } };
  if (image !== undefined) {
    return { image: { reference: image, ...(imagePullPolicy !== undefined && { pullPolicy: imagePullPolicy }) } };
  }
  return download?.cache ?? { emptyDir: {} };
}

function secondsFaults({ download }: ModelProps): string[] {
  return wholeNumber('model.download.seconds', plain(download?.seconds), 0);
}

/** The faults of a model that comes from nowhere, or from two places. */
export function modelFaults(model: ModelProps | undefined): string[] {
  if (!model) return [];
  const sources = (['claimName', 'image', 'download'] as const).filter((name) => model[name] !== undefined);
  if (sources.length === 1) return secondsFaults(model);
  const what = sources.length === 0 ? 'comes from nowhere' : `comes from ${sources.join(' and ')}`;
  return [fault('model', what, model, 'one of claimName, image, download')];
}
