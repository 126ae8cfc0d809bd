import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Chart, Lazy } from 'cdk8s';
import { App, Env, Pod } from 'podwright';
import { KubeConfigMap, KubeSecret, KubeServiceAccount } from 'podwright/k8s';

enum Tier {
  Front = 'front',
  Back = 'back',
}

const MEGABYTE = 'Mi';
const megabytes = (amount: number) => `${amount}${MEGABYTE}`;
const kebab = (text: string) => text.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const compact = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
const pick = <T>(name: string, choices: Record<string, T>): T => choices[name] as T;

async function main(): Promise<void> {
  const app = new App();
  const chart = new Chart(app, 'dynamic');
  const settings = JSON.parse(readFileSync(join(__dirname, 'settings.json'), 'utf8'));
  const account = new KubeServiceAccount(chart, kebab('siteReader'), { automountServiceAccountToken: false });
  const config = new KubeConfigMap(chart, 'site', { data: { 'index.html': '<p>hello</p>' }, immutable: true });
  const secret = new KubeSecret(chart, 'token', { type: 'Opaque', stringData: { token: 'none' } });

  let replicas = 0;
  const pod = new Pod(chart, 'reader', {
    metadata: { labels: { tier: Tier.Front, size: pick('small', { small: 's', large: 'l' }) } },
    serviceAccountName: account.name,
    nodeSelector: Lazy.any({ produce: () => ({ pool: `pool-${replicas}` }) }),
    priority: undefined,
    volumes: [compact({ name: 'site', configMap: { name: config.name }, emptyDir: undefined })],
  });
  replicas += 2;
  await Promise.resolve();
  pod.addContainer(
    compact({
      name: settings.name,
      image: process.env.SITE_IMAGE ?? 'site:1',
      resources: { limits: { memory: megabytes(96) } },
      env: { TOKEN: Env.fromSecret(secret, 'token'), NODE: Env.fromField('spec.nodeName') },
      volumeMounts: [{ name: 'site', mountPath: ['', 'srv', 'site'].join('/') }],
      securityContext: settings.root ? { runAsUser: 0 } : { runAsUser: 1000 + 1 },
    }),
  );
  app.synth();
}

void main();
