import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { parseAllDocuments } from 'yaml';
import { keptCrdsIn } from '../../../api/crds';
import { FindingsError } from '../../../report/findings-error';
import { checkAll } from '../../../rules/families';
import { App, type AppProps } from '../../../synth/app';
import { Job } from '../../job';
import { ModelServer } from '../../model-server';
import { Team } from '../../team';

// biome-ignore lint/suspicious/noExplicitAny: tests reach into objects of every kind.
export type Manifest = any;

/** The documents of each file that a program writes, by path from its folder. */
export function filesOf(build: (app: App) => void, props: AppProps = {}): Record<string, Manifest[]> {
  const folder = mkdtempSync(join(tmpdir(), 'podwright-clusters-'));
  try {
    // What is written now is looked at, not what a later change of its Jobs would do.
    const severities = { 'start/change-gitops': 'off' } as const;
    const app = new App({ outdir: join(folder, 'dist'), severities, ...props });
    build(app);
    app.synth();
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'));
    return Object.fromEntries(
      names
        .filter((name) => name.endsWith('.yaml'))
        .sort()
        .map((name) => [name, parseAllDocuments(readFileSync(join(folder, name), 'utf8')).map((one) => one.toJS())]),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What stops a program: each finding's rule, construct, pointer and message. */
export function errorsOf(build: (app: App) => void): string[] {
  try {
    filesOf(build);
    return [];
  } catch (error) {
    if (!FindingsError.isFindingsError(error)) throw error;
    return error.findings.map(
      ({ ruleId, constructPath, pointer, message }) => `${ruleId} ${constructPath}: ${pointer}: ${message}`,
    );
  }
}

/** What the API server would say of custom resources, by the definitions that the projects publish. */
export function refusals(objects: readonly Manifest[]): string[] {
  const crds = () => keptCrdsIn(join(__dirname, '..', '..', '..', '..', 'imports'));
  return checkAll(objects, { crds, families: ['api', 'versions'] }).map(
    ({ pointer, message }) => `${pointer}: ${message}`,
  );
}

const containers = [{ name: 'main', image: 'busybox:1.37', args: ['sleep', '60'] }];

/** A team with a quota, in a chart of its own. */
export function addTeam(scope: Construct): Chart {
  const chart = new Chart(scope, 'team');
  new Team(chart, 'ml', { quota: { 'requests.cpu': 4, 'requests.memory': '8Gi', pods: 10 } });
  return chart;
}

/** A server, in a chart of its own. */
export function addServer(scope: Construct, id = 'server'): Chart {
  const chart = new Chart(scope, id, { namespace: 'ml' });
  new ModelServer(chart, id, { containers, port: 8080 });
  return chart;
}

/** A Job, in a chart of its own. */
export function addJob(scope: Construct, id = 'train'): Chart {
  const chart = new Chart(scope, id, { namespace: 'ml' });
  new Job(chart, id, { containers });
  return chart;
}
