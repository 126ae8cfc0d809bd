// The API server of the current kubeconfig, asked by kubectl.
import { spawn } from 'node:child_process';
import { isVersion, type Version } from '../../api/versions';
import type { Answer } from '../../gitops/diff/confirm';
import { type CommandContext, CommandError } from '../command';

// biome-ignore lint/suspicious/noExplicitAny: objects of any kind
type Any = any;

/** Who applies an object where nobody has yet. */
const MANAGER = 'podwright';

/** Who is taken for the one that applies an object, the first that has: controllers go before people. */
const APPLIERS = ['kustomize-controller', 'argocd-controller', 'kubectl'];

/** How long a message of the server may be. */
const LENGTH = 300;

/** Asks the API server what it would do; nothing is changed. */
export class Kubectl {
  constructor(private readonly context: CommandContext) {}

  /**
   * The Kubernetes version of the cluster; undefined for one that is not known.
   *
   * @throws CommandError where there is no kubectl, or no cluster answers
   */
  async version(): Promise<Version | undefined> {
    const { output } = await this.asked(['version', '--output=json']);
    const { serverVersion } = JSON.parse(output);
    const version = `${serverVersion?.major}.${parseInt(serverVersion?.minor, 10)}`;
    return isVersion(version) ? version : undefined;
  }

  /**
   * What the server says to an object.
   *
   * @param isApplied whether it would be applied; else only what the cluster has is asked for
   * @throws CommandError as {@link version}
   */
  async ask(object: Any, isApplied: boolean): Promise<Answer> {
    const text = JSON.stringify(object);
    const get = ['get', '--filename=-', '--output=json', '--ignore-not-found', '--show-managed-fields'];
    const got = await this.run(get, text);
    if (got.status !== 0) return this.notDone(got.said);
    const live = found(got.output);
    if (!isApplied) return { live };
    const applied = await this.run(
      ['apply', '--filename=-', '--output=json', '--dry-run=server', ...howOf(live)],
      text,
    );
    if (applied.status !== 0) return { live, ...this.notDone(applied.said) };
    return { live, next: JSON.parse(applied.output) };
  }

  /** A refusal of the server; what is no answer of its, ends the command. */
  private notDone(said: string): Answer {
    const message = messageOf(said);
    if (/no matches for kind/.test(said)) return { unasked: 'the cluster does not know the kind' };
    if (/namespaces "[^"]*" not found/.test(said)) return { unasked: 'the cluster does not have the namespace' };
    if (/Error from server|is invalid: /.test(said)) return { refusal: message };
    throw new CommandError(`option '--dry-run': kubectl says: ${message}`);
  }

  private async asked(args: readonly string[]): Promise<{ output: string }> {
    const { status, output, said } = await this.run(args);
    if (status === 0) return { output };
    throw new CommandError(`option '--dry-run': kubectl says: ${messageOf(said)}`);
  }

  private run(args: readonly string[], input = ''): Promise<{ status: number | null; output: string; said: string }> {
    const { cwd, env } = this.context;
    return new Promise((done, fail) => {
      const child = spawn('kubectl', args, { cwd, env: { ...env }, stdio: 'pipe' });
      const text = { output: '', said: '' };
      child.stdout.on('data', (chunk) => {
        text.output += chunk;
      });
      child.stderr.on('data', (chunk) => {
        text.said += chunk;
      });
      child.once('error', (error: NodeJS.ErrnoException) => {
        const why = error.code === 'ENOENT' ? 'there is no kubectl on this machine' : error.message;
        fail(new CommandError(`option '--dry-run': ${why}`));
      });
      child.once('close', (status) => done({ status, ...text }));
      child.stdin.on('error', () => undefined);
      child.stdin.end(input);
    });
  }
}

/** What `kubectl get` printed: an object, a list of those that were found, or nothing. */
function found(output: string): Any | undefined {
  if (output.trim() === '') return undefined;
  const value = JSON.parse(output);
  return value.kind === 'List' && Array.isArray(value.items) ? value.items[0] : value;
}

/** What kubectl printed as an error, in a line and without its own log. */
function messageOf(said: string): string {
  const lines = said.split('\n').filter((line) => line.trim() !== '' && !/^[EWI]\d{4} \d\d:/.test(line));
  return lines.join(' ').replaceAll(/\s+/g, ' ').trim().slice(0, LENGTH);
}

/** How an object is applied: by who has applied it before, as only that one takes away what it no longer says. */
function howOf(live: Any): string[] {
  const fields: readonly Any[] = live?.metadata?.managedFields ?? [];
  const appliers = fields.filter(({ operation }) => operation === 'Apply').map(({ manager }) => manager as string);
  const manager = APPLIERS.find((name) => appliers.includes(name)) ?? appliers[0];
  // What kubectl applies itself has all that it said in an annotation.
  const isByKubectl = 'kubectl.kubernetes.io/last-applied-configuration' in (live?.metadata?.annotations ?? {});
  if (manager === undefined && isByKubectl) return [];
  return ['--server-side', '--force-conflicts', `--field-manager=${manager ?? MANAGER}`];
}
