// A registry that is one over HTTP: manifests and blobs by their digests, tags, bearer tokens and Basic.
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Credentials } from '../credentials';
import { Registries, type RegistriesOptions } from '../registries';

const INDEX = 'application/vnd.oci.image.index.v1+json';
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const CONFIG = 'application/vnd.oci.image.config.v1+json';

export const digestOf = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;

/** How a registry wants to be told who asks. */
export type Login = 'none' | 'bearer' | 'basic';

export class TestRegistry {
  /** What was asked, in its order: `GET /v2/library/busybox/manifests/1`. */
  readonly asked: string[] = [];
  /** An answer of its own in the place of the registry's, by what is asked. */
  readonly answers = new Map<string, (response: ServerResponse) => void>();
  host = '';
  /** The most requests that were open at once. */
  most = 0;

  private readonly server: Server = createServer((request, response) => this.serve(request, response));
  private open = 0;
  private readonly contents = new Map<string, { readonly type: string; readonly text: string }>();
  private readonly tokens = new Map<string, string>();
  /** @param user who may read, with the password `secret`; anybody where it is left out */
  static async start(login: Login = 'none', user?: string): Promise<TestRegistry> {
    const registry = new TestRegistry(login, user);
    await new Promise<void>((listening) => registry.server.listen(0, '127.0.0.1', listening));
    registry.host = `127.0.0.1:${(registry.server.address() as AddressInfo).port}`;
    return registry;
  }

  private constructor(
    private readonly login: Login,
    private readonly user: string | undefined,
  ) {}

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  /** Asks it as the toolkit does, in the place of docker.io. */
  client(credentials?: Credentials, more: Partial<RegistriesOptions> = {}): Registries {
    const mirrors = new Map([['docker.io', this.host]]);
    return new Registries({ mirrors, credentials: { of: async () => credentials }, ...more });
  }

  /** Puts an image for one platform under a tag, or under none. @returns its digest */
  image(name: string, tag: string | undefined, config: object = {}, mediaType = CONFIG): string {
    const blob = JSON.stringify({ os: 'linux', architecture: 'amd64', ...config });
    this.contents.set(`${name}/blobs/${digestOf(blob)}`, { type: mediaType, text: blob });
    const manifest = {
      schemaVersion: 2,
      mediaType: MANIFEST,
      config: { mediaType, digest: digestOf(blob) },
      layers: [],
    };
    return this.manifest(name, tag, manifest);
  }

  /** Puts an index of images, by their platforms, under a tag. @returns its digest */
  index(name: string, tag: string, members: Readonly<Record<string, string>>): string {
    const manifests = Object.entries(members).map(([platform, digest]) => {
      const [os, architecture] = platform.split('/');
      return { mediaType: MANIFEST, digest, platform: { os, architecture } };
    });
    return this.manifest(name, tag, { schemaVersion: 2, mediaType: INDEX, manifests });
  }

  manifest(name: string, tag: string | undefined, content: { mediaType?: string; [field: string]: unknown }): string {
    const text = JSON.stringify(content);
    const stored = { type: content.mediaType ?? 'application/json', text };
    for (const version of [digestOf(text), ...(tag === undefined ? [] : [tag])])
      this.contents.set(`${name}/manifests/${version}`, stored);
    return digestOf(text);
  }

  remove(name: string, version: string): void {
    this.contents.delete(`${name}/manifests/${version}`);
  }

  private serve(request: IncomingMessage, response: ServerResponse): void {
    const { method, url = '' } = request;
    this.most = Math.max(this.most, ++this.open);
    response.once('close', () => this.open--);
    this.asked.push(`${method} ${url}`);
    const answer = this.answers.get(`${method} ${url}`);
    if (answer) answer(response);
    else if (url.startsWith('/token')) this.giveToken(request, response);
    else this.give(request, response);
  }

  private give({ method, url = '', headers }: IncomingMessage, response: ServerResponse): void {
    const [, name = ''] = /^\/v2\/(.*)\/(manifests|blobs)\//.exec(url) ?? [];
    if (!this.isAllowed(headers.authorization, name)) {
      const scope = `scope="repository:${name}:pull"`;
      const bearer = `Bearer realm="http://${this.host}/token",service="test",${scope}`;
      response.writeHead(401, { 'www-authenticate': this.login === 'bearer' ? bearer : 'Basic realm="test"' });
      response.end(JSON.stringify({ errors: [{ code: 'UNAUTHORIZED', message: 'authentication required' }] }));
      return;
    }
    const content = this.contents.get(url.replace('/v2/', ''));
    if (!content) {
      response
        .writeHead(404)
        .end(JSON.stringify({ errors: [{ code: 'MANIFEST_UNKNOWN', message: 'manifest unknown' }] }));
      return;
    }
    response.writeHead(200, { 'content-type': content.type, 'docker-content-digest': digestOf(content.text) });
    response.end(method === 'HEAD' ? undefined : content.text);
  }

  private isAllowed(authorization: string | undefined, name: string): boolean {
    if (this.login === 'none') return true;
    if (this.login === 'basic') return authorization === this.basic;
    return authorization !== undefined && this.tokens.get(authorization) === `repository:${name}:pull`;
  }

  private giveToken({ url, headers }: IncomingMessage, response: ServerResponse): void {
    const { searchParams } = new URL(url ?? '', 'http://test');
    if (this.user !== undefined && headers.authorization !== this.basic) {
      response.writeHead(401).end(JSON.stringify({ errors: [{ message: 'incorrect username or password' }] }));
      return;
    }
    const token = `token-${this.tokens.size}`;
    this.tokens.set(`Bearer ${token}`, searchParams.get('scope') ?? '');
    response.end(JSON.stringify({ token }));
  }

  private get basic(): string {
    return `Basic ${Buffer.from(`${this.user}:secret`).toString('base64')}`;
  }
}
