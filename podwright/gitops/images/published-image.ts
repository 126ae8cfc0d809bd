import { formatImage, type ImageReference } from '../../api/image';
import type { Registries, RemoteManifest } from './registries';
import { RegistryError } from './registry-error';

// biome-ignore lint/suspicious/noExplicitAny: what a registry answers
type Any = any;

/** What a registry has under a tag or digest. */
export interface PublishedImage {
  /** Of its index; of its manifest, where it is for one platform. */
  readonly digest: string;
  /** The user that it declares, 0 where it declares none. @default - it is no image of a container, or of Windows */
  readonly user?: number | string;
}

/**
 * Looks an image up. The user is that of the image for linux/amd64, else of the first for Linux.
 * @throws RegistryError, CredentialsError
 */
export async function publishedImage(registries: Registries, image: ImageReference): Promise<PublishedImage> {
  const manifest = await registries.manifest(image);
  const user = await userOf(registries, image, manifest);
  return { digest: manifest.digest, ...(user !== undefined && { user }) };
}

/** The manifests that an index holds; undefined for what is none. */
export function membersOf({ content }: RemoteManifest): readonly Any[] | undefined {
  return Array.isArray(content?.manifests) ? content.manifests : undefined;
}

async function userOf(registries: Registries, image: ImageReference, manifest: RemoteManifest) {
  const members = membersOf(manifest);
  const digest = members && firstOf(members)?.digest;
  if (members && digest === undefined) return undefined;
  const { content } = digest === undefined ? manifest : await registries.manifest({ ...image, digest });
  const { config } = content ?? {};
  if (typeof config?.digest !== 'string')
    throw new RegistryError(
      `${formatImage(image)}: its manifest is of another kind than those of images; push it anew`,
    );
  // An artifact that is mounted and not run: a model, a chart.
  if (!/^application\/vnd\.(oci\.image\.config|docker\.container\.image)\.v1\+json$/.test(config.mediaType))
    return undefined;
  const { os, config: { User: user = '' } = {} } = { ...((await registries.blob(image, config.digest)) as Any) };
  if (os === 'windows') return undefined;
  return /^\d*$/.test(user) ? Number(user) : String(user);
}

function firstOf(members: readonly Any[]): Any {
  const linux = members.filter(({ platform }) => platform?.os === 'linux');
  return linux.find(({ platform }) => platform.architecture === 'amd64') ?? linux[0];
}
