import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Settings } from '../followed/main';
import type { ApiObject, Namespace } from './namespace';
import { currentRun, undo } from './run';
import type { Result } from './shell';
import { until } from './wait';

const ROOT = resolve(__dirname, '..', '..');
const FLUX = 'flux-system';

/** What Flux says of a Kustomization. */
export interface Verdict {
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

/**
 * A git repository with a program, which the cluster follows: what is committed there, Flux applies. Its source is edited
 * as anybody would, by text.
 */
export class Followed {
  private requests = Promise.resolve();

  private constructor(
    readonly namespace: Namespace,
    /** That of the hand-over, and of all that is made of it. */
    readonly name: string,
    private readonly folder: string,
  ) {}

  /** What Flux has the repository from; the script that publishes a commit has a Kustomization of that name, too. */
  get source(): string {
    return `${this.name}-source`;
  }

  /** Makes the repository; nothing is committed yet. */
  static async make(namespace: Namespace, purpose: string, settings: Partial<Settings>): Promise<Followed> {
    const { id, folder: run } = currentRun();
    const folder = join(run, 'followed', purpose);
    cpSync(join(ROOT, 'e2e', 'followed'), folder, { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    // What the script that publishes a commit applies of it itself.
    mkdirSync(join(folder, 'root'));
    const root = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'root', namespace: namespace.name } };
    writeFileSync(join(folder, 'root', 'root.yaml'), JSON.stringify(root));
    writeFileSync(join(folder, '.gitignore'), 'node_modules\n');
    const followed = new Followed(namespace, `podwright-e2e-${purpose}-${id}`, folder);
    followed.set({ name: followed.name, namespace: namespace.name, ...settings });
    await namespace.fine('git init -q', { cwd: folder });
    followed.undo();
    return followed;
  }

  /** Changes what there is of the program. */
  set(settings: Partial<Settings>): void {
    const file = join(this.folder, 'settings.json');
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...settings }));
  }

  /** Replaces a text in a file of the program. */
  edit(file: string, from: string, to: string): void {
    const path = join(this.folder, file);
    const text = readFileSync(path, 'utf8');
    if (!text.includes(from)) throw new Error(`expected ${JSON.stringify(from)} in ${file}`);
    writeFileSync(path, text.replace(from, to));
  }

  /** Writes dist and clusters. */
  async synth(): Promise<void> {
    await this.run('npx podwright synth');
  }

  /** Commits all there is, and hands the commit to Flux. @returns the revision, as Flux calls it */
  async push(): Promise<string> {
    await this.run('git add . && git -c user.name=e2e -c user.email=e2e@example.com commit -q --allow-empty -m change');
    const script = currentRun().features.flux;
    await this.run(`"${script}" ${this.source} "${this.folder}" root`);
    await this.run(`kubectl apply -f clusters/${this.name}`);
    const commit = (await this.run('git rev-parse HEAD')).trim();
    return `main@sha1:${commit}`;
  }

  /** Synthesizes, commits, and hands over. */
  async commit(): Promise<string> {
    await this.synth();
    return this.push();
  }

  /**
   * What became of a revision in one of the Kustomizations: '' for the main one, '-jobs'.
   * @param passing reasons that are no verdict: Flux tries again
   */
  verdict(part: string, revision: string, passing: readonly string[] = []): Promise<Verdict> {
    return until(`${this.name}${part} to have ${revision}`, async () => {
      const { status, metadata } = await this.kustomization(part);
      const ready = status?.conditions?.find(({ type }: { type: string }) => type === 'Ready');
      if (status?.lastAttemptedRevision !== revision || ready?.observedGeneration !== metadata.generation) return false;
      const isPassing = ['DependencyNotReady', ...passing].includes(ready.reason);
      const isOver = ready.status === 'True' || (ready.status === 'False' && !isPassing);
      return isOver && (ready as Verdict);
    });
  }

  /**
   * Waits until a revision is applied, and ready; on a busy node that takes longer than Flux waits at a time.
   * @throws with what Flux says, where it is not
   */
  async applied(revision: string, parts: readonly string[] = ['', '-jobs']): Promise<void> {
    for (const part of parts) {
      const { status, message } = await this.verdict(part, revision, ['HealthCheckFailed']);
      if (status !== 'True') throw new Error(`${this.name}${part} is not applied: ${message}`);
    }
  }

  /** Has Flux look at a Kustomization once more, and waits until it has; one request after another, as Flux knows the last. */
  reconcile(part: string): Promise<void> {
    this.requests = this.requests.then(async () => {
      const at = `${Date.now()}`;
      const kind = `kustomization/${this.name}${part}`;
      await this.run(`kubectl annotate --overwrite -n ${FLUX} ${kind} reconcile.fluxcd.io/requestedAt=${at}`);
      await until(`${kind} to be reconciled`, async () => {
        return (await this.kustomization(part)).status?.lastHandledReconcileAt === at;
      });
    });
    return this.requests;
  }

  async kustomization(part: string): Promise<ApiObject> {
    return JSON.parse(await this.run(`kubectl get -n ${FLUX} kustomization ${this.name}${part} -o json`));
  }

  /** Runs a command line in the repository, which must succeed. */
  run(command: string): Promise<string> {
    return this.namespace.fine(command, { cwd: this.folder });
  }

  /** Runs a command line in the repository, which may fail. */
  try(command: string): Promise<Result> {
    return this.namespace.run(command, { cwd: this.folder });
  }

  /** Has Flux follow it no more; what it applied goes, too. */
  async remove(): Promise<void> {
    await this.run(this.removal);
  }

  private undo(): void {
    // The run may end before there is any of Flux in the cluster.
    const crds = 'kubectl get crd kustomizations.kustomize.toolkit.fluxcd.io --ignore-not-found -o name';
    undo(`{ test -z "$(${crds})" || { ${this.removal}; }; }`);
  }

  private get removal(): string {
    const names = ['', '-setup', '-jobs', '-secrets', '-source'].map((part) => `${this.name}${part}`).join(' ');
    const remove = `kubectl delete -n ${FLUX} --ignore-not-found --timeout=120s`;
    return [
      `${remove} kustomizations ${names}`,
      `${remove} externalartifact ${this.source}`,
      `${remove} secret ${this.name}-age`,
    ].join(' && ');
  }
}
