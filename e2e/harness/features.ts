import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Features } from './run';
import { shell } from './shell';
import { until } from './wait';

/** A cluster that may stand beside this repository, with what it brings. */
const BESIDE = resolve(__dirname, '..', '..', '..', 'shared', 'cluster');

/** What the cluster and this machine can do. `env` names the cluster. */
export async function featuresOf(cwd: string, env: Readonly<Record<string, string>>): Promise<Features> {
  const works = async (command: string) => (await shell(command, { cwd, env, seconds: 20 })).code === 0;
  return {
    metrics: (await works('kubectl get apiservice v1beta1.metrics.k8s.io')) && (await answers(works)),
    terminal: await works('command -v script'),
    flux: process.env.FLUX_FOLLOW ?? fluxBeside(),
    unusedGpus: await works('! kubectl get nodes -o json | grep \'"nvidia.com/gpu"\''),
    registry: process.env.PODWRIGHT_E2E_REGISTRY ?? registryBeside(),
  };
}

// A metrics server that is there measures for half a minute before it answers.
async function answers(works: (command: string) => Promise<boolean>): Promise<boolean> {
  try {
    return await until('the metrics of the nodes', () => works('kubectl top node'), { seconds: 120 });
  } catch {
    return false;
  }
}

function fluxBeside(): string {
  const command = join(BESIDE, 'flux');
  return existsSync(command) ? command : '';
}

function registryBeside(): string {
  const readme = join(BESIDE, 'README.md');
  const [, address = ''] = (existsSync(readme) && /registry at ([\w.]+:\d+)/.exec(readFileSync(readme, 'utf8'))) || [];
  return address;
}
