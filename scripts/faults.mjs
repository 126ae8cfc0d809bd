// `npm run faults`: kills `podwright synth` of a thousand files at 200 random instants, and looks at dist after each: no
// file torn, none missing, and the next run makes exactly what the program says. `npm test` does the same three times.
// An argument is another number of kills.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const jest = join(dirname(createRequire(import.meta.url).resolve('jest/package.json')), 'bin', 'jest.js');
const kills = process.argv[2] ?? '200';
const { status } = spawnSync(process.execPath, [jest, '--verbose', 'podwright/synth/dist/__tests__/kill.test.ts'], {
  cwd: root,
  env: { ...process.env, KILLS: kills },
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
