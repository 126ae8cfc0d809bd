// Image references as the API server and the kubelet read them. Source: github.com/distribution/reference.

/** The parts of an image reference, as they are written: nothing is filled in. */
export interface ImageReference {
  /** `registry.example:5000`. @default - none is written; `docker.io` is meant */
  readonly registry?: string;
  /** `library/busybox`, `busybox`: without the registry. */
  readonly repository: string;
  /** @default - none is written; `latest` is meant where there is no digest either */
  readonly tag?: string;
  /** `sha256:…`. @default - the image is not pinned */
  readonly digest?: string;
}

const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9A-Fa-f]{32,}$/;
const HOST =
  /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*|\[[0-9A-Fa-f:]+\])(?::\d+)?$/;

/**
 * Reads an image reference: `busybox`, `team/app:1.2@sha256:…`, `registry.example:5000/app`.
 * @returns undefined for a text that is none
 */
export function parseImage(text: string): ImageReference | undefined {
  const at = text.indexOf('@');
  const digest = at < 0 ? undefined : text.slice(at + 1);
  const named = at < 0 ? text : text.slice(0, at);
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  const tag = colon < 0 ? undefined : named.slice(colon + 1);
  const path = colon < 0 ? named : named.slice(0, colon);
  const slash = path.indexOf('/');
  const first = slash < 0 ? '' : path.slice(0, slash);
  // What looks like no host is the first part of the path.
  const hosted = /[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase();
  const repository = hosted ? path.slice(slash + 1) : path;
  if (hosted && !HOST.test(first)) return undefined;
  if (!repository.split('/').every((component) => COMPONENT.test(component))) return undefined;
  if (tag !== undefined && !TAG.test(tag)) return undefined;
  if (digest !== undefined && !DIGEST.test(digest)) return undefined;
  return { ...(hosted && { registry: first }), repository, ...(tag && { tag }), ...(digest && { digest }) };
}

/** The reference as text. */
export function formatImage({ registry, repository, tag, digest }: ImageReference): string {
  return `${registry ? `${registry}/` : ''}${repository}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`;
}

/** Whether the kubelet takes an image for one whose tag moves: `latest`, written or meant. */
export function isLatest(image: unknown): boolean {
  // Most images have a tag that is another.
  if (typeof image !== 'string' || /^[^@]*:(?!latest$)[\w.-]+$/.test(image)) return false;
  const reference = parseImage(image);
  return reference !== undefined && (reference.tag ?? (reference.digest ? '' : 'latest')) === 'latest';
}
