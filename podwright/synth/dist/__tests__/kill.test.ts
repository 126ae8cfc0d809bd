// Kills real runs of `podwright synth` at random instants. KILLS=200 is the number that is asked of a release.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { MANIFEST } from '../manifest';

const kills = Number(process.env.KILLS ?? 3);
const bin = join(__dirname, '..', '..', '..', 'bin', 'podwright.js');
const FILES = 1000;

/** A thousand charts; all but a few change with the version, and a tenth of them is there in one version only. */
const PROGRAM = `
const { ApiObject, Chart } = require('cdk8s');
const { App } = require('podwright');
const app = new App();
const version = process.env.VERSION;
for (let n = 0; n < ${FILES}; n++) {
  const id = n % 10 === 0 ? 'only-' + version + '-' + n : 'chart-' + n;
  const chart = new Chart(app, id);
  const data = { version: n % 7 === 0 ? 'same' : version, filler: 'x'.repeat(n * 7) };
  new ApiObject(chart, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: id }, data });
}
app.synth();
`;

test(
  `finds each file whole after ${kills} kills of a run that writes ${FILES} files`,
  async () => {
    const folder = fs.mkdtempSync(join(os.tmpdir(), 'podwright-kill-'));
    const dist = join(folder, 'dist');
    fs.writeFileSync(join(folder, 'main.js'), PROGRAM);
    fs.symlinkSync(join(__dirname, '..', '..', '..', '..', 'node_modules'), join(folder, 'node_modules'));
    const args = (output: string) => [bin, 'synth', '--output', output];
    const env = (version: string) => ({ ...process.env, VERSION: version });
    const whole = (version: string, output = dist): number => {
      const { status, stderr } = spawnSync(process.execPath, args(output), { cwd: folder, env: env(version) });
      expect(status === 0 ? '' : stderr.toString()).toBe('');
      return status ?? 1;
    };
    const read = (output: string): Map<string, string> => {
      const names = fs.readdirSync(output).filter((name) => name.endsWith('.yaml'));
      return new Map(names.sort().map((name) => [name, fs.readFileSync(join(output, name), 'utf8')]));
    };

    // What each version says, and how long a run takes from its first change of dist to its last.
    whole('a', join(folder, 'a'));
    whole('b', join(folder, 'b'));
    const states = { a: read(join(folder, 'a')), b: read(join(folder, 'b')) };
    whole('a');
    const started = performance.now();
    whole('b');
    const span = performance.now() - started;

    let before: 'a' | 'b' = 'b';
    let amid = 0;
    for (let kill = 0; kill < kills; kill++) {
      const after: 'a' | 'b' = before === 'a' ? 'b' : 'a';
      const child = spawn(process.execPath, args(dist), { cwd: folder, env: env(after), stdio: 'ignore' });
      const exit = new Promise((resolve) => child.once('exit', resolve));
      const timer = setTimeout(() => child.kill('SIGKILL'), span * (0.2 + Math.random()));
      await exit;
      clearTimeout(timer);

      const found = read(dist);
      const torn = [...found].filter(
        ([name, text]) => text !== states[before].get(name) && text !== states[after].get(name),
      );
      const kept = [...states[before].keys()].filter((name) => states[after].has(name));
      expect([kill, torn.map(([name]) => name), kept.filter((name) => !found.has(name))]).toEqual([kill, [], []]);
      if ([...found].some(([name, text]) => text !== states[before].get(name))) amid++;

      whole(after);
      expect([kill, read(dist)]).toEqual([kill, states[after]]);
      expect(fs.readdirSync(dist).sort()).toEqual([MANIFEST, ...states[after].keys()].sort());
      before = after;
    }
    // Enough of the kills came when something had changed already, or the test says nothing.
    if (kills >= 50) expect(amid).toBeGreaterThan(kills / 20);
    fs.rmSync(folder, { recursive: true });
  },
  120_000 + kills * 20_000,
);

test('two runs at once write one after the other: dist is what one of them says', async () => {
  const folder = fs.mkdtempSync(join(os.tmpdir(), 'podwright-two-'));
  fs.writeFileSync(join(folder, 'main.js'), PROGRAM);
  fs.symlinkSync(join(__dirname, '..', '..', '..', '..', 'node_modules'), join(folder, 'node_modules'));
  const run = (version: string, output: string): Promise<number | null> => {
    const env = { ...process.env, VERSION: version };
    const child = spawn(process.execPath, [bin, 'synth', '--output', output], { cwd: folder, env, stdio: 'ignore' });
    return new Promise((resolve) => child.once('exit', resolve));
  };
  const read = (output: string): string[] =>
    fs
      .readdirSync(join(folder, output))
      .sort()
      .map((name) => fs.readFileSync(join(folder, output, name), 'utf8'));
  await run('a', 'a');
  await run('b', 'b');
  expect(await Promise.all([run('a', 'dist'), run('b', 'dist')])).toEqual([0, 0]);
  expect([read('a'), read('b')]).toContainEqual(read('dist'));
  fs.rmSync(folder, { recursive: true });
}, 120_000);
