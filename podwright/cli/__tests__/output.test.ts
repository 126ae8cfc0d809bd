import { spawn } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './support';

const bin = join(root, 'podwright', 'bin', 'podwright.js');
/** Manifests with more findings than a pipe holds. */
const faulty = Array.from({ length: 2000 }, (_, n) => JSON.stringify({ apiVersion: 'v1', kind: 'Pod', n })).join('\n');

/** Checks the manifests, with what becomes of standard output: a descriptor, or a reader that leaves. */
function check(stdout: number | 'closed'): Promise<{ status: number | null; stderr: string }> {
  const child = spawn(process.execPath, [bin, 'check', '-'], {
    stdio: ['pipe', stdout === 'closed' ? 'pipe' : stdout, 'pipe'],
  });
  child.stdout?.destroy();
  child.stdin?.end(faulty);
  let stderr = '';
  child.stderr?.on('data', (text) => {
    stderr += text;
  });
  return new Promise((done) => child.on('close', (status) => done({ status, stderr })));
}

test('a reader that leaves changes no exit status, and is told nothing', async () => {
  expect(await check('closed')).toEqual({ status: 1, stderr: '' });
});

// Only some systems have a device that is always full.
for (const full of ['/dev/full'].filter((device) => existsSync(device))) {
  test('where standard output takes nothing, the command fails and says why', async () => {
    expect(await check(openSync(full, 'w'))).toEqual({
      status: 2,
      stderr: 'podwright: standard output cannot be written: ENOSPC: no space left on device, write\n',
    });
  });
}
