import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { currentRun, RUN_LABEL } from './run';
import { follow, type Result, type Running, type ShellOptions, shell } from './shell';
import { terminal } from './terminal';
import { until } from './wait';

/** An object as the API server gives it: only its spec's and status's shape is the kind's own. */
export interface ApiObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly generation?: number;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly creationTimestamp: string;
    readonly deletionTimestamp?: string;
    readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[];
  };
  // biome-ignore lint/suspicious/noExplicitAny: what a case looks at differs by kind.
  readonly spec: any;
  // biome-ignore lint/suspicious/noExplicitAny: the same.
  readonly status: any;
}

export interface NamespaceOptions {
  /** The Pod Security Standard that it enforces. @default 'restricted' - what the constructs are made for */
  readonly level?: 'restricted' | 'baseline' | 'privileged';
}

/**
 * A namespace for the cases of one file, and kubectl in it: the current namespace of each command, so that commands are
 * written as anybody writes them. Their folder is the run's: `dist/` lies in it.
 */
export class Namespace {
  private constructor(
    readonly name: string,
    private readonly options: ShellOptions,
  ) {}

  /** Makes a namespace of this run: `podwright-e2e-PURPOSE-RUN`. */
  static async make(purpose: string, { level = 'restricted' }: NamespaceOptions = {}): Promise<Namespace> {
    const { id } = currentRun();
    const namespace = await Namespace.entered(purpose, `podwright-e2e-${purpose}-${id}`);
    const { name } = namespace;
    await namespace.fine(`kubectl create -f - -o name`, {
      input: JSON.stringify({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name, labels: { [RUN_LABEL]: id, 'pod-security.kubernetes.io/enforce': level } },
      }),
    });
    // A Pod is refused until the namespace's own service account is there.
    await until('the service account', () => namespace.get('serviceaccount', 'default'), { pause: 0.25 });
    return namespace;
  }

  /**
   * A namespace that files of the program make, with the run's label on it.
   * @throws when there is one of that name: it is not this run's to change, nor to remove.
   */
  static async toCome(name: string): Promise<Namespace> {
    const namespace = await Namespace.entered(name, name);
    const there = await namespace.get('namespace', name);
    if (there && !(there.metadata.deletionTimestamp && there.metadata.labels?.[RUN_LABEL])) {
      throw new Error(
        `namespace '${name}' is there, and this run did not make it; expected a cluster without it. If nothing in it is needed: kubectl delete namespace ${name}`,
      );
    }
    await until(`namespace '${name}' of the last run to go`, async () => !(await namespace.get('namespace', name)));
    return namespace;
  }

  private static async entered(purpose: string, name: string): Promise<Namespace> {
    const { folder } = currentRun();
    const kubeconfig = join(folder, `${purpose}.kubeconfig`);
    if (existsSync(kubeconfig)) throw new Error(`two namespaces of one run are called '${purpose}'`);
    copyFileSync(join(folder, 'kubeconfig'), kubeconfig);
    const namespace = new Namespace(name, { cwd: folder, env: { KUBECONFIG: kubeconfig } });
    await namespace.fine(`kubectl config set-context --current --namespace ${name}`);
    return namespace;
  }

  /** The variables by which kubectl finds it. */
  get env(): Readonly<Record<string, string>> {
    return this.options.env;
  }

  /** Runs a command line to its end. */
  run(command: string, options: Partial<ShellOptions> = {}): Promise<Result> {
    return shell(command, { ...this.options, ...options });
  }

  /**
   * Runs a command line that must succeed, and returns what it printed.
   * @throws with what it said, when its exit status is not 0.
   */
  async fine(command: string, options: Partial<ShellOptions> = {}): Promise<string> {
    const { code, stdout, stderr } = await this.run(command, options);
    if (code !== 0) throw new Error(`'${command}' ended with ${code ?? 'its time bound'}: ${stderr}${stdout}`);
    return stdout;
  }

  /** Starts a command line that goes on. */
  follow(command: string): Running {
    return follow(command, this.options);
  }

  /** Starts a command line in a terminal. */
  terminal(command: string): Running {
    return follow(terminal(command), this.options);
  }

  /** An object's current state; undefined when there is none. */
  async get(kind: string, name: string): Promise<ApiObject | undefined> {
    const text = await this.fine(`kubectl get ${kind} ${name} --ignore-not-found -o json`);
    return text === '' ? undefined : JSON.parse(text);
  }

  /** The current state of all objects of a kind that carry the labels. */
  async list(kind: string, selector = ''): Promise<ApiObject[]> {
    const text = await this.fine(`kubectl get ${kind} -l '${selector}' -o json`);
    return JSON.parse(text).items;
  }

  /** Waits until a Pod is ready, and returns its state; what keeps it from that is in the error. */
  ready(pod: string): Promise<ApiObject> {
    return until(`Pod '${pod}' to be ready`, async () => {
      const object = await this.get('pod', pod);
      if (!object) throw new Error('there is no such Pod');
      if (!isReady(object)) throw new Error(JSON.stringify(object.status.containerStatuses ?? object.status));
      return object;
    });
  }

  /** Removes it and all in it, without waiting until it is gone: the end of the run waits for all. */
  async remove(): Promise<void> {
    // A shell as the first process ignores SIGTERM; the namespace would wait for each Pod's whole grace period.
    await this.fine('kubectl delete pods --all --force --grace-period=0 --wait=false');
    await this.fine(`kubectl delete namespace ${this.name} --ignore-not-found --wait=false`);
  }
}

/** Whether a Pod is there, ready, and not on its way out. */
export function isReady(pod: ApiObject | undefined): boolean {
  if (!pod || pod.metadata.deletionTimestamp) return false;
  const conditions: readonly { type: string; status: string }[] = pod.status.conditions ?? [];
  return conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
}

/** A namespace for all cases of a file: made before the first one, removed after the last one. */
export function useNamespace(purpose: string, options: NamespaceOptions = {}): () => Namespace {
  return use(purpose, () => Namespace.make(purpose, options));
}

/** A namespace that the cases of a file make by what they apply: it must not be there before, and is removed after. */
export function useNamespaceToCome(name: string): () => Namespace {
  return use(name, () => Namespace.toCome(name));
}

function use(purpose: string, make: () => Promise<Namespace>): () => Namespace {
  let namespace: Namespace | undefined;
  beforeAll(async () => {
    namespace = await make();
  });
  afterAll(() => namespace?.remove());
  return () => {
    if (!namespace) throw new Error(`namespace '${purpose}' is used before it is made`);
    return namespace;
  };
}
