import { isIP } from 'node:net';

/** The context that a kubeconfig names as current, and where it leads. */
export interface Context {
  readonly name: string;
  readonly cluster: string;
  /** The API server's URL. */
  readonly server: string;
}

/** The environment variable that lets the tests run against a context by its exact name. */
export const TOLD = 'PODWRIGHT_E2E_CONTEXT';

/** Contexts as tools for local clusters name them; their API servers need not listen on loopback. */
const LOCAL_TOOLS = /^(kind-.+|k3d-.+|minikube|docker-desktop|rancher-desktop|colima(-.+)?|orbstack|microk8s)$/;
const PRODUCTION = /prod|prd|(^|[^a-z])live([^a-z]|$)/i;

/**
 * Why the tests must not run against a context; undefined when they may. They make namespaces, advertise devices and
 * evict Pods, so that a cluster must be local, and not be called production, unless the caller names its context: the
 * name, not a yes, so that a forgotten variable does not open the next cluster too.
 */
export function refusal(context: Context, told: string | undefined): string | undefined {
  if (told === context.name) return undefined;
  const doubt = doubtOf(context);
  if (doubt === undefined) return undefined;
  return `${doubt}; expected a local cluster. Choose another with 'kubectl config use-context', or set ${TOLD}=${context.name} if these tests may really make and delete namespaces there`;
}

function doubtOf({ name, cluster, server }: Context): string | undefined {
  const host = hostOf(server);
  for (const [what, value] of Object.entries({ context: name, cluster, server: host })) {
    if (PRODUCTION.test(value)) return `the current ${what} looks like production, got '${value}'`;
  }
  if (isLoopback(host) || LOCAL_TOOLS.test(name)) return undefined;
  return `the API server of context '${name}' is not on this machine, got '${host}'`;
}

function hostOf(server: string): string {
  if (!URL.canParse(server)) return server;
  return new URL(server).hostname.replace(/^\[|\]$/g, '');
}

function isLoopback(host: string): boolean {
  if (isIP(host) === 0) return host === 'localhost' || host === 'kubernetes.docker.internal';
  return host.startsWith('127.') || host === '::1' || host === '0.0.0.0';
}
