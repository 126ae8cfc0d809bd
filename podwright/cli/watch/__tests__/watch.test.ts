// A real `podwright synth --watch`, to which a real program is saved again and again.
import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import { dirname, join } from 'node:path';

const root = join(__dirname, '..', '..', '..', '..');
const bin = join(root, 'podwright', 'bin', 'podwright.js');
jest.setTimeout(120_000);

const MAIN = `import { Chart } from 'cdk8s';
import { App, Pod } from 'podwright';
import { readdirSync, readFileSync } from 'node:fs';
const app = new App();
const args = [readFileSync('data.txt', 'utf8'), ...readdirSync('parts')];
new Pod(new Chart(app, 'one'), 'pod', { containers: [{ name: 'main', image: 'busybox:1', args }] });
app.synth();
`;

let folder: string;
let watcher: ChildProcess;
let output = '';

/** Saves as most editors do: beside, then renamed. */
function save(path: string, content: string): void {
  const file = join(folder, path);
  fs.mkdirSync(dirname(file), { recursive: true });
  fs.writeFileSync(`${file}~`, content);
  fs.renameSync(`${file}~`, file);
}

/** Does something, and waits for what the watcher says of it: all up to a text. */
async function after(step: () => void, text: string): Promise<string> {
  const start = output.length;
  step();
  for (let waited = 0; !output.slice(start).includes(text); waited += 10) {
    if (waited > 30_000) throw new Error(`no ${JSON.stringify(text)} in ${JSON.stringify(output.slice(start))}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return output.slice(start);
}

const dist = () => fs.readFileSync(join(folder, 'dist', 'one.k8s.yaml'), 'utf8');
const SUMMARY = '1 chart, 1 object: ';

beforeAll(async () => {
  folder = fs.realpathSync(fs.mkdtempSync(join(os.tmpdir(), 'podwright-watch-')));
  fs.mkdirSync(join(folder, 'node_modules'));
  for (const name of ['cdk8s', 'constructs', 'podwright'])
    fs.symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name), 'junction');
  save('main.ts', MAIN);
  save('data.txt', 'first');
  save('parts/a', '');
  save('package.json', '{}');
  watcher = spawn(process.execPath, [bin, 'synth', '--watch'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [watcher.stdout, watcher.stderr]) stream?.on('data', (text) => (output += String(text)));
  await after(() => undefined, 'watching');
});

afterAll(() => {
  watcher.kill('SIGKILL');
  fs.rmSync(folder, { recursive: true, force: true });
});

test('synthesizes at once, and says what it watches', () => {
  expect(output.replace(/\d\.\d+ s/, 'N s')).toBe(
    '1 chart, 1 object: 1 file written, 0 unchanged, 0 removed in N s\nwatching 3 files; Ctrl-C ends it\n',
  );
});

test('sees the program change, and says what that changed', async () => {
  const said = await after(() => save('main.ts', MAIN.replace('busybox:1', 'busybox:2')), SUMMARY);
  expect(said).toMatch(/^main\.ts changed\n {2}written dist\/one\.k8s\.yaml\n/);
  expect(dist()).toContain('image: busybox:2');
});

test('sees data that the program reads, and entries of a folder that it lists', async () => {
  expect(await after(() => save('data.txt', 'second'), SUMMARY)).toMatch(/^data\.txt changed\n {2}written/);
  expect(dist()).toContain('- second');
  expect(await after(() => fs.writeFileSync(join(folder, 'parts', 'b'), ''), SUMMARY)).toMatch(/^parts changed\n/);
  expect(dist()).toContain('- b');
});

test('sees a module that is imported anew, and tsconfig.json once there is one', async () => {
  save('words/image.ts', "export const image = 'busybox:3';");
  const main = MAIN.replace("'busybox:1'", 'image');
  await after(() => save('main.ts', `import { image } from './words/image';\n${main}`), SUMMARY);
  expect(dist()).toContain('image: busybox:3');
  await after(() => save('words/image.ts', "export const image = 'busybox:4';"), SUMMARY);
  expect(dist()).toContain('image: busybox:4');
  const said = await after(() => save('tsconfig.json', '{ "compilerOptions": { "target": "es2015" } }'), SUMMARY);
  expect(said).toMatch(/^tsconfig\.json changed\n1 chart/);
});

test('sees images.lock.yaml, once there is one', async () => {
  await after(() => save('main.ts', MAIN), SUMMARY);
  const lock = (digit: number) => `images:\n  busybox:1:\n    image: busybox:1@sha256:${String(digit).repeat(64)}\n`;
  for (const digit of [1, 2]) {
    const said = await after(() => save('images.lock.yaml', lock(digit)), SUMMARY);
    expect(said).toMatch(/^images\.lock\.yaml changed\n {2}written dist\/one\.k8s\.yaml\n/);
    expect(dist()).toContain(`image: busybox:1@sha256:${digit}`);
  }
  await after(() => fs.rmSync(join(folder, 'images.lock.yaml')), SUMMARY);
  expect(dist()).toContain('image: busybox:1\n');
});

test('survives a broken program, one that is gone, one that ends the process and one that never ends', async () => {
  const before = dist();
  expect(await after(() => save('main.ts', 'const broken = (;'), '> 1 |')).toMatch(
    /main\.ts changed\nerror: main\.ts:1: /,
  );
  expect(await after(() => save('main.ts', 'process.exit(3);'), 'nothing was written')).toContain(
    'podwright synth: main.ts called process.exit with status 3; nothing was written',
  );
  await after(() => fs.rmSync(join(folder, 'main.ts')), 'it has no main.ts');
  await after(() => save('main.ts', 'process.stdout.write("loops\\n"); for (;;);'), 'loops\n');
  expect(await after(() => save('main.ts', 'process.kill(process.pid, "SIGABRT");'), 'SIGABRT')).toContain(
    'podwright synth: the program was ended by SIGABRT',
  );
  expect(dist()).toBe(before);
  await after(() => save('main.ts', MAIN.replace("'one'", "'two'")), SUMMARY);
  expect(output).toContain('  written dist/two.k8s.yaml\n  removed dist/one.k8s.yaml\n');
});

test('Ctrl-C ends it at once, by its signal, and leaves no process and no litter', async () => {
  await after(() => save('main.ts', 'process.stdout.write("runs as " + process.pid + ".\\n"); for (;;);'), '.\n');
  const pid = Number(/runs as (\d+)/.exec(output)?.[1]);
  const exit = new Promise((resolve) => watcher.once('exit', (...how) => resolve(how)));
  watcher.kill('SIGINT');
  expect(await exit).toEqual([null, 'SIGINT']);
  for (let waited = 0; waited < 5000 && isAlive(pid); waited += 10)
    await new Promise((resolve) => setTimeout(resolve, 10));
  expect(isAlive(pid)).toBe(false);
  expect(fs.readdirSync(join(folder, 'dist')).sort()).toEqual(['.podwright', 'two.k8s.yaml']);
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A process that has ended and that nobody has waited for is still listed.
    return !(process.platform === 'linux' && /^State:\s+Z/m.test(fs.readFileSync(`/proc/${pid}/status`, 'utf8')));
  } catch {
    return false;
  }
}
