import { readFileSync } from 'node:fs';
import { Chart } from 'cdk8s';
import { App, Claim, FluxKustomization, HashedConfigMap, Job, SopsFile } from 'podwright';
import { KubeConfigMap, KubeService } from 'podwright/k8s';
import { STEP } from './step';
import { Web } from './web';

/** The program that gitops.e2e.ts commits, changes, and commits again: a class each for what a change does. */
export interface Settings {
  /** That of the hand-over. */
  readonly name: string;
  readonly namespace: string;
  /** Whether what holds data, or what old pods need, is marked to be kept. */
  readonly keep: boolean;
  /** What there is of the program. */
  readonly parts: readonly string[];
}

const { name, namespace, keep, parts }: Settings = JSON.parse(readFileSync('settings.json', 'utf8'));
const chart = (id: string) => new Chart(app, id, { namespace });
const has = (part: string) => parts.includes(part);
const container = (...args: string[]) => ({ name: 'main', image: 'busybox:1.37', args });

// What is refused is written all the same, for the API server to say so too.
const app = new App({ rules: 'report' });

new Web(chart('web'), 'web', { keep });

if (has('extra')) {
  new KubeConfigMap(chart('extra'), 'extra', { data: { text: 'of git' } });
  new HashedConfigMap(chart('kept'), 'kept', { data: { text: 'of git' } });
}
if (has('work')) {
  const work = chart('work');
  new Job(work, 'once', { containers: [container('true')] });
  new Job(work, 'again', { ttlSecondsAfterFinished: 0, containers: [container('true')] });
  new Job(work, 'new-name', { onChange: 'new-name', containers: [container('echo', STEP)] });
  new Job(work, 'recreate', { onChange: 'recreate', containers: [container('echo', STEP)] });
}
if (has('unchangeable')) new Job(chart('unchangeable'), 'unchangeable', { containers: [container('echo', STEP)] });
if (has('training'))
  new Job(chart('training'), 'training', {
    containers: [container('sh', '-c', 'trap exit TERM; while sleep 1; do :; done')],
  });
if (has('claims') || has('acknowledged')) {
  const claims = chart('claims');
  new Claim(claims, 'data', { storage: '1Mi' });
  new Claim(claims, 'scratch', { storage: '1Mi', ...(has('acknowledged') && { defaults: { keep: false } }) });
}
if (has('refused') || has('taken')) {
  const ports = [{ port: has('refused') ? 70_000 : 80 }];
  new KubeService(chart('service'), 'service', { spec: { selector: { app: 'web' }, ports } });
}
if (has('secret')) new SopsFile(app, 'secret', { file: 'secret.yaml' });

new FluxKustomization(app, name, {
  sourceRef: { kind: 'ExternalArtifact', name: `${name}-source` },
  interval: '10s',
  retryInterval: '5s',
  timeout: '20s',
  decryptionSecret: `${name}-age`,
  spec: { targetNamespace: namespace },
});
app.synth();
