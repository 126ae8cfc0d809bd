import { join, sep } from 'node:path';
import { lazily, provideLazy } from '../lazy';

const lib = join(sep, 'lib');
const cdk8s = join(sep, 'program', 'node_modules', 'cdk8s', 'lib', 'yaml.js');

/** Runs code as a module would be; `loaded` lists the modules that were asked for. */
function run(code: string, file: string): { exports: Record<string, unknown>; loaded: string[] } {
  provideLazy();
  const loaded: string[] = [];
  const exports = {};
  const body = new Function('exports', 'require', lazily(code, file, lib));
  body(exports, (name: string) => {
    loaded.push(name);
    return require(name);
  });
  return { exports, loaded };
}

test('a module is loaded when a member of it is first used', () => {
  const code = `
var __importStar = (mod) => { if (mod && mod.__esModule) return mod; throw new Error('copied'); };
const crypto = __importStar(require("crypto"));
const path = require("path");
exports.digest = () => crypto.createHash('sha256').update('').digest('hex').slice(0, 8);`;
  const { exports, loaded } = run(code, cdk8s);
  expect(loaded).toEqual(['path']);
  expect([1, 2].map(() => (exports.digest as () => string)())).toEqual(['e3b0c442', 'e3b0c442']);
  expect(loaded).toEqual(['path', 'crypto']);
});

test("cdk8s's own stand-in for child_process calls the real one", () => {
  const code = `
const child_process_1 = require("child_process");
exports._child_process = {
    spawnSync: child_process_1.spawnSync,
};`;
  const { exports, loaded } = run(code, cdk8s);
  expect(loaded).toEqual([]);
  const { spawnSync } = exports._child_process as typeof import('node:child_process');
  expect(spawnSync(process.execPath, ['-p', '6 * 7'], { encoding: 'utf8' }).stdout).toBe('42\n');
});

test('what is not of the toolkit, cdk8s or constructs is left as it is', () => {
  const code = 'const crypto = require("crypto");';
  expect(lazily(code, join(sep, 'program', 'main.js'), lib)).toBe(code);
  expect(lazily(code, join(sep, 'program', 'node_modules', 'cdk8s-plus-27', 'lib', 'pod.js'), lib)).toBe(code);
  expect(lazily(code, join(lib, 'hash.js'), lib)).not.toBe(code);
});
