// `npm run screenshot`: makes docs/graph.png anew, the page of this repository's program in a headless Chromium.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const jest = join(dirname(createRequire(import.meta.url).resolve('jest/package.json')), 'bin', 'jest.js');
const args = [jest, '--config', 'browser/jest.config.js', 'screenshot'];
const env = { ...process.env, SCREENSHOT: 'docs/graph.png' };
process.exitCode = spawnSync(process.execPath, args, { cwd: root, env, stdio: 'inherit' }).status ?? 1;
