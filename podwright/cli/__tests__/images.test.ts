// `podwright images` on a program in a folder, beside a registry over HTTP.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digestOf, TestRegistry } from '../../gitops/images/__tests__/registry';

const root = join(__dirname, '..', '..', '..');
let folder: string;
let registry: TestRegistry;

jest.setTimeout(120_000);

const PROGRAM = `import { Chart } from 'cdk8s';
import { App, Environment, Pod } from 'podwright';
const app = new App();
const pod = (name: string, chart: Chart, image: string) => new Pod(chart, name, { containers: [{ name: 'main', image }] });
for (const name of ['lab', 'prod']) {
  const chart = new Chart(new Environment(app, name), 'web');
  pod('a', chart, 'shell:1');
  pod('b', chart, name === 'lab' ? 'python' : 'shell:1');
}
app.synth();
`;

/** Calls the command; what it says of the registry is said of HOST. */
async function podwright(...args: string[]): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [join(root, 'podwright', 'bin', 'podwright.js'), ...args], {
    cwd: folder,
    env: { ...process.env, DOCKER_CONFIG: folder },
  });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (chunk) => {
      texts[name] += chunk;
    });
  const status = await new Promise<number | null>((ended) => child.on('close', ended));
  const said = (text: string) => text.replaceAll(registry.host, 'HOST').replace(/\d+\.\d+ s/, 'N s');
  return { status, stdout: said(texts.stdout), stderr: said(texts.stderr) };
}
const images = (...args: string[]) => podwright('images', ...args);
const mirrored = (...args: string[]) => images(...args, '--mirror', `docker.io=${registry.host}`);
const lock = () => readFileSync(join(folder, 'images.lock.yaml'), 'utf8');

beforeEach(async () => {
  registry = await TestRegistry.start('bearer', 'me');
  folder = mkdtempSync(join(tmpdir(), 'podwright-images-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  writeFileSync(join(folder, 'main.ts'), PROGRAM);
  const auth = Buffer.from('me:secret').toString('base64');
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ auths: { [registry.host]: { auth } } }));
});
afterEach(() => {
  registry.stop();
  rmSync(folder, { recursive: true, force: true });
});

test.each([
  ['upload', "unknown task 'upload'; expected list, pin, verify"],
  ['vrify', "unknown task 'vrify'; did you mean 'verify'?"],
  ['list a', "'a' has a meaning for pin, not for list"],
  ['verify --update', "'--update' has a meaning for pin, not for verify"],
  ['pin --format json', "'--format' has a meaning for list, not for pin"],
  ['list --format xml', `option '--format': got "xml"; expected text, json`],
  ['pin Not:an:image', 'got "Not:an:image"; expected an image, as the program writes it'],
  [`pin a@${digestOf('')}`, `got "a@${digestOf('')}"; expected a tag, whose digest is looked up`],
  ['pin a:1=b:2', 'got "a:1=b:2"; expected the tag 1, which the program says itself'],
  ['pin --mirror docker.io', `option '--mirror': got "docker.io"; expected HOST=HOST`],
  ['pin --timeout never', `option '--timeout': got "never"; expected seconds, more than 0`],
])('images %s is a wrong call', async (words, said) => {
  const { status, stderr } = await images(...words.split(' '));
  expect({ status, line: stderr.split('\n')[0] }).toEqual({ status: 2, line: `podwright images: ${said}` });
});

test('an environment that there is not is an error, and so is a program that fails', async () => {
  expect(await images('-e', 'labs')).toEqual({
    status: 2,
    stdout: '',
    stderr: `podwright images: option '--environment': got "labs"; expected lab, prod\n`,
  });
  writeFileSync(join(folder, 'main.ts'), 'throw new Error("it fails");');
  expect(await images()).toMatchObject({ status: 2, stderr: expect.stringContaining('it fails') });
});

test('a login that is wrong, and an image that is not there, are told, and the command fails', async () => {
  registry.image('library/python', 'latest');
  const { status, stdout, stderr } = await mirrored('pin');
  expect({ status, stdout: stdout.replace(/sha256:.*/, 'D'), stderr }).toEqual({
    status: 2,
    stdout: 'python: python:latest@D\n',
    stderr:
      'podwright images: shell:1: shell:1 at HOST is not there (manifest unknown). Check its name and tag\n' +
      'images.lock.yaml: 1 image pinned\n',
  });
  writeFileSync(join(folder, 'config.json'), '{}');
  expect((await mirrored('pin')).stderr).toContain(
    'shell:1: the token for shell:1 at HOST: the registry wants a login (incorrect username or password)',
  );
});

test('what is pinned lands in dist, is verified, and is the cause where the lock is edited', async () => {
  const [shell, python] = [
    registry.image('library/shell', '1'),
    registry.image('library/python', '3', { config: { User: '7' } }),
  ];
  expect(await mirrored('pin', 'python=python:3', 'shell:1')).toEqual({
    status: 0,
    stdout: `python: python:3@${python}\nshell:1: shell:1@${shell}\n`,
    stderr: 'images.lock.yaml: 2 images pinned\n',
  });
  expect(await mirrored('pin')).toEqual({ status: 0, stdout: '', stderr: 'images.lock.yaml: 0 images pinned\n' });
  expect((await images()).stdout).toBe(`ENVIRONMENT  IMAGE    LOCKED                         USER  USED BY
lab          python   python:3@${python.slice(0, 19)}…  7     lab/web/b
lab          shell:1  shell:1@${shell.slice(0, 19)}…   0     lab/web/a
prod         shell:1  shell:1@${shell.slice(0, 19)}…   0     prod/web/a and 1 more
`);
  expect(JSON.parse((await images('--format', 'json', '--environment', 'lab')).stdout)).toEqual([
    { environment: 'lab', image: 'python', locked: `python:3@${python}`, user: 7, usedBy: ['lab/web/b'] },
    { environment: 'lab', image: 'shell:1', locked: `shell:1@${shell}`, user: 0, usedBy: ['lab/web/a'] },
  ]);
  expect(await mirrored('verify')).toEqual({ status: 0, stdout: '', stderr: 'images.lock.yaml: 2 images verified\n' });

  expect((await podwright('synth')).status).toBe(0);
  expect(readFileSync(join(folder, 'dist', 'lab', 'web.k8s.yaml'), 'utf8')).toContain(`image: python:3@${python}\n`);
  const moved = registry.image('library/shell', '1', { config: { User: '8' } });
  expect(await mirrored('pin', '--update')).toMatchObject({
    stdout: `shell:1: shell:1@${moved}, was shell:1@${shell}\n`,
    stderr: 'images.lock.yaml: 1 image pinned, 1 as before\n',
  });
  const { status, stdout } = await podwright('synth', '--check');
  expect([status, stdout.match(/is stale: images.lock.yaml was changed: .*\[(dist\/images-lock)\]/g)?.length]).toEqual([
    1, 2,
  ]);
});

test('an environment has digests of its own', async () => {
  const digest = registry.image('library/shell', '1');
  expect(await mirrored('pin', 'shell:1', '--environment', 'prod')).toMatchObject({ status: 0 });
  expect(lock().split('\n').slice(2).join('\n')).toBe(
    `environments:\n  prod:\n    shell:1:\n      image: shell:1@${digest}\n      user: 0\n`,
  );
  expect(await mirrored('verify')).toMatchObject({
    status: 1,
    stdout: `error: lab/web/b: python is not in images.lock.yaml. npx podwright images pin python [images/unpinned]
error: lab/web/a: shell:1 is not in images.lock.yaml. npx podwright images pin shell:1 [images/unpinned]
`,
  });
});

test('a lock that synthesis refuses can be mended', async () => {
  const digest = registry.image('library/shell', '1');
  writeFileSync(
    join(folder, 'images.lock.yaml'),
    'images:\n  shell:1:\n    image: shell:1 # {"$imagepolicy": "x:y"}\n',
  );
  expect(await podwright('synth')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('images.lock.yaml:3: images shell:1 image: has no digest, got "shell:1"'),
  });
  registry.image('library/python', 'latest');
  expect(await mirrored('pin')).toMatchObject({ status: 0 });
  expect(lock()).toContain(`    image: shell:1@${digest} # {"$imagepolicy": "x:y"}\n`);
  expect((await podwright('synth')).status).toBe(0);
});
