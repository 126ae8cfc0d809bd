import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { startSweeper, sweep } from '../sweeper';

// A kubectl that writes down what it was asked for, and has one namespace.
const { PATH } = process.env;
let folder = '';
let run = '';

function fakeKubectl(last: string): void {
  const script = `#!/bin/sh\necho "$@" >> '${folder}/asked'\ncase $1 in get) echo namespace/a ;; *) ${last} ;; esac\n`;
  writeFileSync(join(folder, 'kubectl'), script);
  chmodSync(join(folder, 'kubectl'), 0o755);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'e2e-sweep-'));
  run = join(folder, 'run');
  mkdirSync(run);
  process.env.PATH = `${folder}${delimiter}${PATH}`;
});

afterEach(() => {
  rmSync(folder, { recursive: true });
  process.env.PATH = PATH;
});

test('at the end of a run undoes what was noted and removes what carries its label, then the folder', async () => {
  fakeKubectl('exit 0');
  writeFileSync(join(run, 'undo'), 'kubectl patch node a\n');
  startSweeper({ id: '1a2b3c', folder: run });
  expect(existsSync(join(folder, 'asked'))).toBe(false);
  await sweep();
  expect(readFileSync(join(folder, 'asked'), 'utf8').split('\n')).toEqual([
    'patch node a',
    'get namespaces -l podwright-e2e-run=1a2b3c -o name',
    'delete pods --all --force --grace-period=0 --wait=false -n a',
    'delete namespaces,persistentvolumes -l podwright-e2e-run=1a2b3c --timeout=60s',
    '',
  ]);
  expect(existsSync(run)).toBe(false);
});

test('fails with what was said when something stays, and keeps the folder', async () => {
  fakeKubectl("echo 'timed out' >&2; exit 1");
  startSweeper({ id: '1a2b3c', folder: run });
  await expect(sweep()).rejects.toThrow('not all was removed: timed out');
  expect(existsSync(join(run, 'sweep.log'))).toBe(true);
});
