// The credentials that `docker login` has kept. Source: github.com/docker/cli, cli/config.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** What a registry, or its token server, is told. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
  /** An OAuth2 refresh token, in the place of both. @default - none */
  readonly identityToken?: string;
}

/** A file or helper of credentials that does not work; the message says what to do. */
export class CredentialsError extends Error {}

interface DockerConfig {
  readonly auths?: Readonly<
    Record<string, { auth?: string; username?: string; password?: string; identitytoken?: string }>
  >;
  readonly credsStore?: string;
  readonly credHelpers?: Readonly<Record<string, string>>;
}

/** Reads credentials as docker does: `$DOCKER_CONFIG/config.json`, else `~/.docker/config.json`. */
export class DockerCredentials {
  private readonly file: string;
  private read: DockerConfig | undefined;

  constructor(private readonly env: Readonly<Record<string, string | undefined>>) {
    this.file = join(env.DOCKER_CONFIG || join(env.HOME || homedir(), '.docker'), 'config.json');
  }

  /**
   * Those for a registry, a helper's before those in the file; undefined where there are none.
   * @param server as docker files it: `ghcr.io`, `https://index.docker.io/v1/`
   * @throws CredentialsError
   */
  async of(server: string): Promise<Credentials | undefined> {
    this.read ??= this.readFile();
    const { auths = {}, credHelpers = {}, credsStore } = this.read;
    const helper = credHelpers[server] ?? credsStore;
    const helped = helper ? await this.ask(helper, server) : undefined;
    if (helped) return helped;
    const key = Object.keys(auths).find((name) => hostOf(name) === hostOf(server));
    const entry = key === undefined ? undefined : auths[key];
    if (!entry) return undefined;
    const { identitytoken } = entry;
    const { username, password } = entry.auth ? this.decode(entry.auth, server) : entry;
    if (!identitytoken && (!username || password === undefined)) return undefined;
    return {
      username: username ?? '',
      password: password ?? '',
      ...(identitytoken && { identityToken: identitytoken }),
    };
  }

  private readFile(): DockerConfig {
    let text: string;
    try {
      text = readFileSync(this.file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
      throw new CredentialsError(`${this.file} cannot be read: ${(error as Error).message}`);
    }
    try {
      const value: unknown = JSON.parse(text);
      if (typeof value === 'object' && value !== null) return value;
    } catch {
      // Nothing of the text is shown: it may hold a password.
    }
    throw new CredentialsError(`${this.file} is no JSON object; expected what docker login writes`);
  }

  private decode(auth: string, server: string): { username: string; password: string } {
    const text = Buffer.from(auth, 'base64').toString();
    const colon = text.indexOf(':');
    if (colon < 1) {
      throw new CredentialsError(`${this.file}: the auth of ${server} is no name and password in base64. docker login`);
    }
    return { username: text.slice(0, colon), password: text.slice(colon + 1).replace(/\0+$/, '') };
  }

  /** @returns undefined where the helper has none */
  private ask(helper: string, server: string): Promise<Credentials | undefined> {
    const program = `docker-credential-${helper}`;
    return new Promise((resolve, reject) => {
      const fail = (why: string) => reject(new CredentialsError(`${program}, which ${this.file} names, ${why}`));
      const child = spawn(program, ['get'], {
        env: { ...process.env, ...this.env },
        stdio: ['pipe', 'pipe', 'ignore'],
      });
      let said = '';
      child.stdout.on('data', (chunk) => {
        said += chunk;
      });
      child.on('error', (error) => fail(`does not start: ${error.message}`));
      // One that ends before it has read says so by its status.
      child.stdin.on('error', () => {});
      child.stdin.end(server);
      child.on('close', (status) => {
        if (/credentials not found/i.test(said)) return resolve(undefined);
        if (status !== 0) return fail(`ends with ${status}`);
        try {
          const { Username, Secret } = JSON.parse(said);
          const isToken = Username === '<token>';
          resolve({ username: Username, password: Secret, ...(isToken && { identityToken: Secret }) });
        } catch {
          fail('answers no JSON');
        }
      });
    });
  }
}

/** `https://ghcr.io/v2/` is filed for `ghcr.io`. */
function hostOf(server: string): string {
  const host = server.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
  return host === 'docker.io' ? 'index.docker.io' : host;
}
