// How a registry is told who asks. Source: distribution's docs/content/spec/auth/token.md and oauth.md.
import { type Challenge, parseChallenges } from './challenge';
import type { Credentials } from './credentials';
import { type Http, json } from './http';
import { RegistryError, refusal } from './registry-error';

/** What is asked for, and by whom. */
export interface Asked {
  /** In messages. */
  readonly what: string;
  /** The repository's name. */
  readonly repository: string;
  /** @default - nobody has logged in */
  readonly credentials?: Credentials;
  /** Whether a host is asked without TLS. */
  isPlain(host: string): boolean;
}

/**
 * What goes into the header Authorization, by the header WWW-Authenticate of an answer 401; undefined where nothing helps.
 * @throws RegistryError
 */
export async function authorization(header: string | null, asked: Asked, http: Http): Promise<string | undefined> {
  const challenges = parseChallenges(header ?? '');
  const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
  if (bearer) return `Bearer ${await tokenFor(bearer, asked, http)}`;
  const { credentials } = asked;
  return credentials && challenges.some(({ scheme }) => scheme === 'basic') ? basic(credentials) : undefined;
}

async function tokenFor({ parameters }: Challenge, asked: Asked, http: Http): Promise<string> {
  const { credentials } = asked;
  const url = serverOf(parameters.get('realm') ?? '', asked);
  const service = parameters.get('service');
  const scope = parameters.get('scope') ?? `repository:${asked.repository}:pull`;
  const fields = { ...(service !== undefined && { service }), scope };
  const what = `the token for ${asked.what}`;
  let response: Response;
  if (credentials?.identityToken) {
    const grant = { grant_type: 'refresh_token', refresh_token: credentials.identityToken, client_id: 'podwright' };
    response = await http.send(url, what, { method: 'POST', body: new URLSearchParams({ ...fields, ...grant }) });
  } else {
    for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value);
    response = await http.send(url, what, credentials && { headers: { authorization: basic(credentials) } });
  }
  if (!response.ok) throw await refusal(what, response);
  const { token, access_token = token } = json(await http.bytes(response, what), what) ?? {};
  if (typeof access_token !== 'string') throw new RegistryError(`${what}: the server of tokens answers none`);
  return access_token;
}

/** The server of tokens that a registry names: it is told passwords. */
function serverOf(realm: string, { what, isPlain }: Asked): URL {
  const url = URL.canParse(realm) ? new URL(realm) : undefined;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isPlain(url.host))) return url;
  const got = JSON.stringify(realm);
  if (url?.protocol !== 'http:') throw new RegistryError(`${what}: the registry names no server of tokens, got ${got}`);
  throw new RegistryError(
    `${what}: its server of tokens has no TLS, got ${got}; expected https, or --plain-http ${url.host}`,
  );
}

function basic({ username, password }: Credentials): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
