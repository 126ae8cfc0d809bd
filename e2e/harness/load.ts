import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Namespace } from './namespace';
import { until } from './wait';

export interface LoadOptions {
  /** Where to ask, as seen from the namespace. */
  readonly url: string;
  /** Clients that make a connection for each request. @default 0 */
  readonly onNew?: number;
  /** Clients that keep their connection as long as the server does. @default 0 */
  readonly onKept?: number;
  /** When it ends by itself. */
  readonly seconds: number;
}

/** What one kind of client met. */
export interface Answers {
  readonly answers: number;
  readonly connections: number;
  /** What each request that failed met: none was tried again. */
  readonly failures: readonly string[];
}

/** Clients in a Pod of the cluster, so that they reach what is tested wherever the tests themselves run. */
export class Load {
  private constructor(private readonly namespace: Namespace) {}

  /** Starts the clients, and returns when they ask. */
  static async start(namespace: Namespace, { url, onNew = 0, onKept = 0, seconds }: LoadOptions): Promise<Load> {
    const program = readFileSync(join(__dirname, 'load.py'), 'utf8');
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'load' },
      spec: {
        restartPolicy: 'Never',
        securityContext: { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [
          {
            name: 'load',
            image: 'python:3.11',
            command: ['python3', '-c', program, url, `${onNew}`, `${onKept}`, `${seconds}`],
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
            resources: { requests: { cpu: '20m', memory: '32Mi' } },
          },
        ],
      },
    };
    await namespace.fine('kubectl create -f -', { input: JSON.stringify(pod) });
    await until('the clients to start', async () => (await namespace.fine('kubectl logs load')).includes('started'));
    return new Load(namespace);
  }

  /** Ends the clients, each after the answer that it waits for, and tells what they met. */
  async stop(): Promise<{ readonly new: Answers; readonly kept: Answers }> {
    const { namespace } = this;
    await namespace.run("kubectl exec load -- sh -c 'echo > /tmp/stop'"); // It may have ended by itself.
    await namespace.fine(`kubectl wait pod/load --for=jsonpath='{.status.phase}'=Succeeded --timeout=140s`);
    return JSON.parse((await namespace.fine('kubectl logs load')).trimEnd().split('\n').at(-1) ?? '');
  }
}
