// The whole way: an App whose images are locked.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chart, Testing } from 'cdk8s';
import { ModelServer } from '../../../constructs/model-server';
import { Pod } from '../../../constructs/pod';
import { Manifests } from '../../../testing';
import { App, findingsOf } from '../../app';
import { Environment } from '../../environment';
import { Patch, patch } from '../../patch/patch';

const digest = (digit: number) => `sha256:${String(digit).repeat(64)}`;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podwright-images-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function app(lock?: string): App {
  const imageLock = join(folder, 'images.lock.yaml');
  if (lock !== undefined) writeFileSync(imageLock, lock);
  return new App({ outdir: join(folder, 'dist'), ...(lock !== undefined && { imageLock }) });
}
const image = (name: string) => ({ containers: [{ name: 'main', image: name }] });
const lockOf = (name: string, image: string, more = '') => `images:\n  ${name}:\n    image: ${image}\n${more}`;
const dist = (file: string) => readFileSync(join(folder, 'dist', file), 'utf8');

test('a lock that is named and not there is an error', () => {
  const missing = new App({ imageLock: 'nowhere.yaml' });
  expect(() => missing.synthYaml()).toThrow(
    'imageLock: nowhere.yaml is not there; expected a file. npx podwright images pin makes it',
  );
});

test('without a lock each image stays as it is written', () => {
  const program = app();
  new Pod(new Chart(program, 'chart'), 'a', image('a:1'));
  expect(program.synthYaml()).toContain('image: a:1\n');
});

test('what is written, what a test looks at and what is judged have the locked images', () => {
  const program = app(lockOf('a:1', `a:1@${digest(1)}`));
  const chart = new Chart(program, 'chart');
  new Pod(chart, 'locked', image('a:1'));
  new Pod(chart, 'other', image('b:1'));
  new Pod(chart, 'pinned', image(`a@${digest(2)}`));
  const patched = new Pod(chart, 'patched', image('b:1'));
  patch(patched, Patch.json([{ op: 'replace', path: '/spec/containers/0/image', value: 'a:1' }]));
  const expected = [`a:1@${digest(1)}`, 'b:1', `a@${digest(2)}`, `a:1@${digest(1)}`];
  program.synth();
  expect([...dist('chart.k8s.yaml').matchAll(/image: (.*)/g)].map(([, image]) => image)).toEqual(expected);
  const imagesOf = (objects: readonly { spec?: unknown }[]) =>
    objects.map(({ spec }) => (spec as { containers: { image: string }[] }).containers[0]?.image);
  expect(imagesOf(Testing.synth(chart))).toEqual(expected);
  expect(imagesOf(Manifests.of(program).findAll('Pod'))).toEqual(expected);
});

test('each environment has its own', () => {
  const program = app(
    `${lockOf('a:1', `a:1@${digest(1)}`)}environments:\n  lab:\n    a:1:\n      image: a:1@${digest(2)}\n`,
  );
  for (const name of ['lab', 'prod']) new Pod(new Chart(new Environment(program, name), 'chart'), 'a', image('a:1'));
  program.synth();
  expect(
    [dist('lab/chart.k8s.yaml'), dist('prod/chart.k8s.yaml')].map((text) => /image: .*(.)/.exec(text)?.[1]),
  ).toEqual(['2', '1']);
});

test('the list of owned files has the sum of the lock', () => {
  const program = app(lockOf('a:1', `a:1@${digest(1)}`));
  new Pod(new Chart(program, 'chart'), 'a', image('a:1'));
  program.synth();
  expect(dist('.podwright')).toMatch(/^version images\.lock\.yaml [0-9a-f]{64}$/m);
});

test("rules know the users that the lock has, beside what the program says of an image's name", () => {
  const lock = lockOf('a:1', `a:1@${digest(1)}`, '    user: 0\n');
  writeFileSync(join(folder, 'images.lock.yaml'), lock);
  const facts = { images: { a: { loadSeconds: 600 } } };
  const program = new App({ imageLock: join(folder, 'images.lock.yaml'), facts });
  const chart = new Chart(program, 'chart');
  new ModelServer(chart, 'server', { ...image('a:1'), port: 80, securityContext: { runAsUser: undefined } } as never);
  expect(findingsOf(program).map(({ ruleId }) => ruleId)).toContain('start/load-time');
  const pod = new App({ imageLock: join(folder, 'images.lock.yaml'), facts });
  const securityContext = { runAsNonRoot: true, runAsUser: undefined };
  new Pod(new Chart(pod, 'chart'), 'a', { ...image('a:1'), securityContext, defaults: 'none' } as never);
  expect(findingsOf(pod).map(({ ruleId, pointer }) => `${ruleId} ${pointer}`)).toContain(
    'start/root-image /spec/containers/0/image',
  );
});
