import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { parse } from 'yaml';
import { version } from '../package.json';
import { blocksOf, pagePaths, read, root } from './pages';

/** The files that git has or would take, with slashes. */
function tracked(): string[] {
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { status, stdout, stderr } = spawnSync('git', list, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status !== 0) throw new Error(`git ls-files: ${stderr}`);
  return [...new Set(stdout.split('\0').filter(Boolean))].filter((file) => existsSync(join(root, file))).sort();
}

const files = tracked();
const binary = /\.(br|png|gz)$/;
const texts = files
  .filter((file) => !binary.test(file))
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));

const escaped = (text: string) => text.replace(/[^\w]/g, '\\$&');

// Spelled apart, so that this file does not find itself.
const places: [string, RegExp][] = [
  ['the folder of this checkout', new RegExp(`${escaped(root)}\\b`)],
  ['the folder of a user', /\/(home|Users)\/\w+\/(src|projects|repos|git|Documents|Desktop)\//],
  ['a package registry', new RegExp(['registry', '(npmjs|yarnpkg)', '(org|com)'].join('\\.'))],
  ['a conflict marker', new RegExp(`^(${'<'.repeat(7)}|${'>'.repeat(7)}) `, 'm')],
];

test.each(places)('no file names %s', (_, pattern) => {
  const found = texts.filter(({ text }) => pattern.test(text)).map(({ file }) => file);
  expect(found).toEqual([]);
});

test('only the end-to-end tests and CI know of a cluster beside the repository', () => {
  const beside = new RegExp(['\\.\\.', 'shared', ''].join('/'));
  const found = texts.filter(({ text }) => beside.test(text)).map(({ file }) => file);
  expect(found.filter((file) => !/^(\.ci|e2e|scripts|bench)\//.test(file))).toEqual([]);
});

test('text has no carriage return, and ends in one newline', () => {
  const authored = texts.filter(({ file, text }) => text && !/__fixtures__|fixtures\/|\.snap$|LICENSE/.test(file));
  expect(authored.filter(({ text }) => text.includes('\r')).map(({ file }) => file)).toEqual([]);
  expect(authored.filter(({ text }) => !text.endsWith('\n') || text.endsWith('\n\n')).map(({ file }) => file)).toEqual(
    [],
  );
});

/** The anchor that a heading of a page has. */
function anchor(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[`*]/g, '')
    .replace(/[^\p{L}\p{N}\- _]/gu, '')
    .replaceAll(' ', '-');
}

/** Links of a page that lead to a file or heading that is not there. */
function lost(page: string, markdown: string): string[] {
  const prose = blocksOf(page, markdown).reduce((text, block) => text.replace(block.text, ''), markdown);
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = '']) => {
    if (/^https:\/\//.test(link)) return [];
    const [path = '', heading] = link.split('#');
    const target = path ? posix.join(posix.dirname(page), path) : page;
    if (!files.includes(target) && !files.some((file) => file.startsWith(`${target.replace(/\/$/, '')}/`)))
      return [link];
    if (!heading) return [];
    const headings = [...read(target).matchAll(/^#+ (.*)$/gm)].map(([, text = '']) => anchor(text));
    return headings.includes(heading) ? [] : [link];
  });
}

test('every link of the pages leads somewhere', () => {
  const pages = [...pagePaths(), 'CHANGELOG.md'];
  expect(pages.flatMap((page) => lost(page, read(page)).map((link) => `${page}: ${link}`))).toEqual([]);
});

test('a link that leads nowhere is found', () => {
  const markdown =
    '[a](nowhere.md) [b](#gone) [c](README.md#documentation) [d](README.md#gone) [e](#here) [f](http://x)\n# Here\n';
  expect(lost('docs/README.md', markdown)).toEqual(['nowhere.md', '#gone', 'README.md#gone', '#here', 'http://x']);
});

test('the documentation lists every page', () => {
  const linked = (index: string) =>
    [...read(index).matchAll(/\]\(([^)#\s]+)/g)].map(([, link = '']) => posix.join(posix.dirname(index), link));
  // The rules have an index of their own.
  const listed = [...linked('docs/README.md'), ...linked('docs/rules/README.md')];
  const pages = pagePaths().filter((page) => page.startsWith('docs/') && page !== 'docs/README.md');
  expect(pages.filter((page) => !listed.includes(page))).toEqual([]);
});

test('pages name the package file of the version that is packed', () => {
  const named = pagePaths().flatMap((page) => read(page).match(/podwright-\d[\w.-]*\.tgz/g) ?? []);
  expect(named.length).toBeGreaterThan(0);
  expect(new Set(named)).toEqual(new Set([`podwright-${version}.tgz`]));
});

test('tests mirror the tree', () => {
  const tests = files.filter((file) => file.endsWith('.test.ts'));
  const astray = tests.filter((file) => {
    if (!file.includes('__tests__/')) return true;
    // A folder's own behaviour is tested in <folder>/__tests__/, under a name of its own.
    return !existsSync(join(root, dirname(file).replace(/(^|\/)__tests__.*/, '') || '.'));
  });
  expect(tests.length).toBeGreaterThan(5);
  expect(astray).toEqual([]);
});

test('no test is skipped or runs alone', () => {
  const words = new RegExp(
    `\\b(${['test', 'it', 'describe'].join('|')})\\.(skip|only|todo)\\b|\\b[xf](it|describe)\\(`,
  );
  // What a machine cannot show is skipped there alone: `(mounted ? describe : describe.skip)`.
  const elsewhere = new RegExp(`\\(\\w+ \\? (${['test', 'describe'].join('|')}) : \\1\\.skip\\)`, 'g');
  const found = texts
    .filter(({ file }) => /\.(test|e2e)\.ts$/.test(file))
    .filter(({ text }) => words.test(text.replace(elsewhere, '')));
  expect(found.map(({ file }) => file)).toEqual([]);
});

test('generated files say so in their first line', () => {
  const generated = files.filter((file) => /^imports\/.*\.ts$|^podwright\/api\/k8s\.ts$/.test(file));
  const silent = generated.filter(
    (file) => !/generated/i.test(readFileSync(join(root, file), 'utf8').split('\n', 1)[0] ?? ''),
  );
  expect(silent).toEqual([]);
});

describe('workflows', () => {
  interface Workflow {
    readonly on: Record<string, unknown>;
    readonly jobs: Record<
      string,
      { strategy?: { matrix: Record<string, unknown[]> }; steps: { run?: string; uses?: string }[] }
    >;
  }
  const workflow = (name: string) => parse(readFileSync(join(root, '.github', 'workflows', name), 'utf8')) as Workflow;
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const runs = ({ jobs }: Workflow) =>
    Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => (run ? run.trim().split('\n') : [])));

  test.each(['synth.yml', 'ci.yml'])('%s calls only scripts that are there, on pushes and pull requests', (name) => {
    const called = runs(workflow(name)).flatMap((line) =>
      [...line.matchAll(/npm run ([\w:]+)/g)].map(([, script = '']) => script),
    );
    expect(called.filter((script) => !scripts[script])).toEqual([]);
    expect(Object.keys(workflow(name).on)).toEqual(['push', 'pull_request']);
  });

  test('synth.yml synthesizes, fails on a dist that differs, and tests', () => {
    expect(runs(workflow('synth.yml')).map((line) => line.replace(/ \|\| .*/, ''))).toEqual([
      'npm ci',
      'npx podwright synth --check',
      'npm test',
    ]);
  });

  test('ci.yml checks on three systems and three versions of Node', () => {
    expect(workflow('ci.yml').jobs.check?.strategy?.matrix).toEqual({
      os: ['ubuntu-latest', 'macos-latest', 'windows-latest'],
      node: [20, 22, 24],
    });
  });
});
