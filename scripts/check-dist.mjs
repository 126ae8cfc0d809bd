// Says how dist differs from what the program synthesizes now. Both are compared whole, byte for byte.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

function filesOf(folder) {
  if (!existsSync(folder)) return new Map();
  const paths = readdirSync(folder, { recursive: true }).filter((path) => statSync(join(folder, path)).isFile());
  return new Map(paths.map((path) => [path.replaceAll('\\', '/'), readFileSync(join(folder, path), 'utf8')]));
}

const folder = mkdtempSync(join(tmpdir(), 'podwright-dist-'));
try {
  const synth = [join(root, 'podwright', 'bin', 'podwright.js'), 'synth', '--output', folder];
  const { status, stdout, stderr } = spawnSync(process.execPath, synth, { cwd: root, encoding: 'utf8' });
  if (status !== 0) {
    process.stdout.write(stdout + stderr);
    process.exitCode = 1;
  } else {
    const wanted = filesOf(folder);
    const committed = filesOf(join(root, 'dist'));
    const faults = [...new Set([...wanted.keys(), ...committed.keys()])].sort().flatMap((path) => {
      if (!committed.has(path)) return [`dist/${path} is missing`];
      if (!wanted.has(path)) return [`dist/${path} is not synthesized by the program`];
      return committed.get(path) === wanted.get(path) ? [] : [`dist/${path} is not what the program synthesizes`];
    });
    for (const fault of faults) process.stdout.write(`${fault}\n`);
    process.exitCode = faults.length === 0 ? 0 : 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
