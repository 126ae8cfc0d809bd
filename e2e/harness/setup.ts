import { randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { featuresOf } from './features';
import { refusal, TOLD } from './guard';
import { announce, type Run } from './run';
import { type Result, shell } from './shell';
import { startSweeper } from './sweeper';

const ROOT = resolve(__dirname, '..', '..');

/** Before all files: judges the current context, pins it for the whole run, synthesizes, and looks what there is. */
export default async function setup(): Promise<void> {
  const config = await kubeconfig();
  const id = randomBytes(3).toString('hex');
  const folder = mkdtempSync(join(tmpdir(), `podwright-e2e-${id}-`));
  const pinned = join(folder, 'kubeconfig');
  writeFileSync(pinned, config, { mode: 0o600 });
  startSweeper({ id, folder });

  const env = { KUBECONFIG: pinned };
  expectFine(await shell('kubectl get --raw /readyz', { cwd: folder, env, seconds: 20 }));
  const run: Run = { id, folder, features: await featuresOf(folder, env) };
  writeFileSync(join(folder, 'run.json'), JSON.stringify(run));
  expectFine(await shell(`npx podwright synth --output ${join(folder, 'dist')}`, { cwd: ROOT, env: {} }));
  announce(run);
}

/** The current context alone, complete in itself. */
async function kubeconfig(): Promise<string> {
  const view = await shell('kubectl config view --minify --flatten --raw -o json', { cwd: ROOT, env: {} });
  expectFine(view);
  const config = JSON.parse(view.stdout);
  const [context] = config.contexts;
  const [cluster] = config.clusters;
  const refused = refusal(
    { name: context.name, cluster: cluster.name, server: cluster.cluster.server },
    process.env[TOLD],
  );
  if (refused) throw new Error(refused);
  return view.stdout;
}

function expectFine({ command, code, stdout, stderr }: Result): void {
  if (code !== 0) throw new Error(`'${command}' ended with ${code ?? 'its time bound'}: ${stdout}${stderr}`);
}
