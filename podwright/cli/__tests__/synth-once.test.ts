import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..', '..', '..');
const bin = join(root, 'podwright', 'bin', 'podwright.js');
const folder = fs.realpathSync(fs.mkdtempSync(join(os.tmpdir(), 'podwright-once-')));
fs.symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

jest.setTimeout(60_000);

const SYNTH = `import { Chart } from 'cdk8s';
import { App, Pod } from 'podwright';
const app = new App();
new Pod(new Chart(app, 'one'), 'pod', { containers: [{ name: 'main', image: 'busybox:1' }] });
app.synth();
`;

/** Runs a program from an empty dist: its status, what it says, and the files that it leaves. */
function run(program: string, ...args: string[]) {
  fs.rmSync(join(folder, 'dist'), { recursive: true, force: true });
  fs.writeFileSync(join(folder, 'main.ts'), program);
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, 'synth', ...args], {
    cwd: folder,
    env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' },
    encoding: 'utf8',
  });
  const files = fs.existsSync(join(folder, 'dist')) ? fs.readdirSync(join(folder, 'dist')).sort() : [];
  return { status, stdout, stderr: stderr.replace(/\d+\.\d+ s/, 'N s'), files };
}

test('a program that ends the process after its synthesis is written all the same', () => {
  expect(run(`${SYNTH}process.exit();`)).toEqual({
    status: 0,
    stdout: '',
    stderr: '1 chart, 1 object: 1 file written, 0 unchanged, 0 removed in N s\n',
    files: ['.podwright', 'one.k8s.yaml'],
  });
  const streamed = run(`${SYNTH}console.log('said'); process.exit();`, '--stdout');
  expect(streamed).toMatchObject({ status: 0, stderr: 'said\n', files: [] });
  expect(streamed.stdout).toMatch(/^apiVersion: v1\nkind: Pod\n/);
});

test('one that ends the process with a failure, or before its synthesis, writes nothing and is told', () => {
  const failed = {
    status: 2,
    files: [],
    stderr: 'podwright synth: main.ts called process.exit with status 7; nothing was written\n',
  };
  expect(run(`${SYNTH}process.exit(7);`)).toMatchObject(failed);
  const early = 'podwright synth: main.ts called process.exit before an App was synthesized; nothing was written\n';
  expect(run(`process.exit();${SYNTH}`)).toMatchObject({ status: 2, files: [], stderr: early });
});

test('one that waits for what never comes is told', () => {
  expect(run(`${SYNTH}await new Promise(() => {});`)).toMatchObject({
    status: 2,
    files: [],
    stderr: 'podwright synth: the program waits for what never comes: an await of its main file does not end\n',
  });
});

test('a word or an option that does not go with another is a wrong call', () => {
  expect(run(SYNTH, '--watch', '--stdout')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("'--watch' writes files, '--stdout' none; expected one of them"),
  });
});
