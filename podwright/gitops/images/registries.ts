// Registries over their HTTP API. Source: github.com/opencontainers/distribution-spec.
import { formatImage, type ImageReference } from '../../api/image';
import { sumOf } from '../../synth/dist/manifest';
import { authorization } from './authorization';
import type { DockerCredentials } from './credentials';
import { Http, json } from './http';
import { RegistryError, refusal } from './registry-error';
import { isLoopback, repositoryOf } from './repository';

/** Options of {@link Registries}. */
export interface RegistriesOptions {
  readonly credentials: Pick<DockerCredentials, 'of'>;
  /** Hosts asked in the place of others: for `docker.io`, `127.0.0.1:5000`. @default - none */
  readonly mirrors?: ReadonlyMap<string, string>;
  /** Hosts that are asked without TLS. @default - only those of this machine */
  readonly plainHttp?: ReadonlySet<string>;
  /** How long an answer may take, in milliseconds. @default 30000 */
  readonly timeout?: number;
}

/** A manifest: an image's, or an index of those for several platforms. */
export interface RemoteManifest {
  /** Of its bytes: `sha256:…`. */
  readonly digest: string;
  // biome-ignore lint/suspicious/noExplicitAny: what a registry answers is looked at where it is used
  readonly content: any;
}

/** What is asked for: indexes first, so that all platforms of an image are pinned. */
const MANIFESTS = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/** Asks registries, with the token that each gave for a repository. All methods throw RegistryError or CredentialsError. */
export class Registries {
  private readonly http: Http;
  /** By host and repository; promises, so that those who ask at once ask for one token. */
  private readonly tokens = new Map<string, Promise<string | undefined>>();

  constructor(private readonly options: RegistriesOptions) {
    this.http = new Http(options.timeout ?? 30_000);
  }

  /** The manifest of a digest, else of a tag. */
  async manifest(image: ImageReference): Promise<RemoteManifest> {
    const version = image.digest ?? image.tag ?? 'latest';
    const { response, what } = await this.ask(image, `manifests/${version}`, nameOf(image), { accept: MANIFESTS });
    const bytes = await this.http.bytes(response, what);
    return { digest: checked(bytes, image.digest, what), content: json(bytes, what) };
  }

  /** The digest that a tag has now, which registries with limits count less than its manifest. */
  async digestOfTag(image: ImageReference): Promise<string> {
    const tagged = { ...image, tag: image.tag ?? 'latest', digest: undefined };
    const headers = { accept: MANIFESTS };
    const { response } = await this.ask(tagged, `manifests/${tagged.tag}`, nameOf(tagged), headers, 'HEAD');
    const digest = response.headers.get('docker-content-digest');
    return digest && /^sha256:[0-9a-f]{64}$/.test(digest) ? digest : (await this.manifest(tagged)).digest;
  }

  /** A blob that holds JSON, as an image's configuration does. */
  // biome-ignore lint/suspicious/noExplicitAny: as RemoteManifest
  async blob(image: ImageReference, digest: string): Promise<any> {
    const { response, what } = await this.ask(image, `blobs/${digest}`, `the configuration of ${nameOf(image)}`);
    const bytes = await this.http.bytes(response, what);
    checked(bytes, digest, what);
    return json(bytes, what);
  }

  private async ask(
    image: ImageReference,
    path: string,
    name: string,
    headers: Readonly<Record<string, string>> = {},
    method = 'GET',
  ): Promise<{ response: Response; what: string }> {
    const { host, name: repository, server } = repositoryOf(image, this.options.mirrors);
    const what = `${name} at ${host}`;
    const url = `${this.isPlain(host) ? 'http' : 'https'}://${host}/v2/${repository}/${path}`;
    const send = (authorization: string | undefined) =>
      this.http.send(url, what, { method, headers: { ...headers, ...(authorization && { authorization }) } });
    const key = `${host}/${repository}`;
    const sent = this.tokens.get(key);
    let response = await send(await sent);
    if (response.status === 401) {
      // Where others have got a token meanwhile, it serves; one that is refused is asked for anew, once.
      if (this.tokens.get(key) === sent)
        this.tokens.set(key, this.authorization(response.headers.get('www-authenticate'), what, repository, server));
      const authorization = await this.tokens.get(key);
      if (authorization !== undefined) {
        await response.body?.cancel();
        response = await send(authorization);
      }
    }
    if (!response.ok) throw await refusal(what, response);
    return { response, what };
  }

  private async authorization(header: string | null, what: string, repository: string, server: string) {
    const credentials = await this.options.credentials.of(server);
    const isPlain = (host: string) => this.isPlain(host);
    return authorization(header, { what, repository, credentials, isPlain }, this.http);
  }

  private isPlain(host: string): boolean {
    return isLoopback(host) || this.options.plainHttp?.has(host) === true;
  }
}

/** The digest of what came. @throws RegistryError for what is not what it was asked for */
function checked(bytes: Buffer, expected: string | undefined, what: string): string {
  const digest = `sha256:${sumOf(bytes)}`;
  if (expected === undefined || expected === digest) return digest;
  throw new RegistryError(`${what}: what comes has the digest ${digest}; nothing of it is taken`);
}

/** An image as it is asked for: by its digest, where it has one. */
function nameOf(image: ImageReference): string {
  return formatImage(image.digest === undefined ? image : { ...image, tag: undefined });
}
