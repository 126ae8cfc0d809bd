// Where texts come from: files, URLs and the cluster that kubectl is set to.
import { execFile } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';

/** A source that could not be read; the message says why and what to do. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
}

const SECONDS = 60;

export function isUrl(source: string): boolean {
  return /^https?:\/\//i.test(source);
}

/** The text of a file (relative to a folder) or of an http(s) URL. */
export async function readSource(source: string, cwd: string): Promise<string> {
  return isUrl(source) ? readUrl(source) : readFile(source, cwd);
}

function readFile(source: string, cwd: string): string {
  const path = resolve(cwd, source);
  try {
    if (statSync(path).isDirectory())
      throw new SourceError(`${source} is a folder; name its files: ${source.replace(/\/$/, '')}/*.yaml --name NAME`);
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof SourceError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new SourceError(
      `${source}: ${code === 'ENOENT' ? 'there is no such file; expected k8s, a file or a URL' : message}`,
      { cause: error },
    );
  }
}

async function readUrl(source: string): Promise<string> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(source, { signal: AbortSignal.timeout(SECONDS * 1000) });
    text = await response.text();
  } catch (error) {
    const { name, message, cause } = error as Error;
    const reason = name === 'TimeoutError' ? `no answer in ${SECONDS} seconds` : ((cause as Error)?.message ?? message);
    throw new SourceError(`${source}: ${reason}. Without this network, download the file and name it`, {
      cause: error,
    });
  }
  if (!response.ok)
    throw new SourceError(`${source}: the server answers ${response.status} ${response.statusText}`.trimEnd());
  if (/^\s*<(!doctype|html)/i.test(text))
    throw new SourceError(`${source}: it is a web page; give the URL of the file itself (on GitHub: the Raw button)`);
  return text;
}

/** The OpenAPI document of the cluster that kubectl is set to in this environment. */
export function readCluster(env: Readonly<Record<string, string | undefined>>): Promise<string> {
  return new Promise((done, fail) => {
    const options = { env, maxBuffer: 1 << 28, timeout: SECONDS * 1000 };
    execFile('kubectl', ['get', '--raw', '/openapi/v2'], options, (error, stdout, stderr) => {
      if (!error) return done(stdout);
      if ((error as NodeJS.ErrnoException).code === 'ENOENT')
        return fail(
          new SourceError(
            'kubectl is not installed, or not on the PATH: https://kubernetes.io/docs/tasks/tools. ' +
              'Without it, give a file: kubectl get --raw /openapi/v2 > openapi.json elsewhere, then --from openapi.json',
            { cause: error },
          ),
        );
      const reason = error.killed ? `no answer in ${SECONDS} seconds` : stderr.trim() || error.message;
      fail(new SourceError(`kubectl get --raw /openapi/v2 failed: ${reason}`, { cause: error }));
    });
  });
}

/** The name of a source's imports: its file's name without folder, query and extensions, in lower case. */
export function nameOf(source: string): string {
  const path = isUrl(source) ? new URL(source).pathname : source;
  return basename(path)
    .replace(/(\.(ya?ml|json|crds?))+$/i, '')
    .toLowerCase();
}
