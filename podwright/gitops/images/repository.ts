// Where an image is asked for, as container runtimes have it. Source: github.com/distribution/reference.
import type { ImageReference } from '../../api/image';

/** A repository at a registry. */
export interface Repository {
  /** Host and port: `registry-1.docker.io`, `127.0.0.1:5000`. */
  readonly host: string;
  /** `library/busybox`. */
  readonly name: string;
  /** What its credentials are filed under. */
  readonly server: string;
}

const HUB = 'docker.io';

/**
 * The repository of an image.
 * @param mirrors other hosts to be asked in the place of those named
 */
export function repositoryOf(image: ImageReference, mirrors: ReadonlyMap<string, string> = new Map()): Repository {
  const registry = image.registry === undefined || image.registry === 'index.docker.io' ? HUB : image.registry;
  const name = registry === HUB && !image.repository.includes('/') ? `library/${image.repository}` : image.repository;
  const mirror = mirrors.get(registry);
  if (mirror !== undefined) return { host: mirror, name, server: mirror };
  // The Hub's API has a name of its own, and docker files its credentials under that of its first version.
  return registry === HUB
    ? { host: 'registry-1.docker.io', name, server: 'https://index.docker.io/v1/' }
    : { host: registry, name, server: registry };
}

/** Whether a host is this machine, to which nobody listens on the way. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/:\d+$/, '');
  return name === 'localhost' || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name);
}
