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

test("the toolkit's imports are loaded at their first use, once, whatever is done with them", () => {
  const code = `
var import_node_path = require("node:path");
var import_node_events = require("node:events");
var import_node_os = require("node:os");
class Own extends import_node_events.EventEmitter {}
exports.made = () => [new import_node_path.posix.constructor(), new import_node_events.EventEmitter() instanceof import_node_events.EventEmitter];
exports.joined = () => (0, import_node_path.join)("a", "b");
exports.own = new Own() instanceof import_node_events.EventEmitter;`;
  const { exports, loaded } = run(code, join(lib, 'constructs', 'own.js'));
  expect(loaded).toEqual(['node:events']);
  expect([exports.own, (exports.made as () => unknown[])()[1]]).toEqual([true, true]);
  expect([1, 2].map(() => (exports.joined as () => string)())).toEqual([join('a', 'b'), join('a', 'b')]);
  expect(loaded).toEqual(['node:events', 'node:path']);
});

test('what is not of the toolkit, cdk8s or constructs is left as it is', () => {
  const code = 'const crypto = require("crypto");';
  expect(lazily(code, join(sep, 'program', 'main.js'), lib)).toBe(code);
  expect(lazily(code, join(sep, 'program', 'node_modules', 'cdk8s-plus-27', 'lib', 'pod.js'), lib)).toBe(code);
  expect(lazily('var import_node_os = require("node:os");', join(lib, 'cli', 'own.js'), lib)).toContain(
    'function import_node_os()',
  );
});
