// The same program makes the same bytes, whatever there is around it.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..', '..', '..');
const PROGRAM = `
const { ApiObject, Chart } = require('cdk8s');
const { App, Environment, Pod } = require('podwright');
for (let time = 0; time < 2; time++) {
  const app = new App({ outdir: process.env.OUT + '/' + time });
  for (const place of ['laptop', 'gpu']) {
    const chart = new Chart(new Environment(app, place), 'İstanbul-ı', { labels: { Z: 'c', z: 'd' } });
    for (const id of ['z', 'a', 'Z', 'ä', 'i', 'I']) {
      new ApiObject(chart, id, { apiVersion: 'example.com/v1', kind: 'Thing', spec: { number: 1234.5, ä: 1, a: 2, İ: 3, i: 4 } });
    }
    new Pod(chart, 'pod', { containers: [{ name: 'main', image: 'busybox:1.37', args: ['date'] }] });
  }
  app.synth();
}
`;

test('makes the same bytes, list of files included, in any time zone, locale and process, and the second time', () => {
  const folder = fs.mkdtempSync(join(os.tmpdir(), 'podwright-same-'));
  fs.writeFileSync(join(folder, 'main.js'), PROGRAM);
  fs.symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const run = (name: string, options: readonly string[], env: Record<string, string>): Record<string, string> => {
    const out = join(folder, name);
    // Without --output each App has a folder of its own.
    const args = [...options, join(root, 'podwright', 'bin', 'podwright.js'), 'synth', '--app', 'main.js'];
    const { status, stderr } = spawnSync(process.execPath, args, {
      cwd: folder,
      env: { ...process.env, OUT: out, ...env },
      encoding: 'utf8',
    });
    expect([status, status === 0 ? '' : stderr]).toEqual([0, '']);
    const files = fs.readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
    return Object.fromEntries(paths.map((path) => [path.slice(out.length), fs.readFileSync(path, 'latin1')]));
  };
  const first = run('first', [], { TZ: 'UTC', LC_ALL: 'C', LANG: 'C' });
  const names = Object.keys(first);
  expect(names).toHaveLength(6);
  for (const name of names) expect(first[name.replace(/^\/1/, '/0')]).toBe(first[name]);
  expect(run('second', ['--hash-seed=7'], { TZ: 'Asia/Seoul', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' })).toEqual(
    first,
  );
  fs.rmSync(folder, { recursive: true });
});
