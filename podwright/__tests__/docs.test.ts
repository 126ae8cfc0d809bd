import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Chart } from 'cdk8s';
import { App } from 'podwright';
import { parseAllDocuments } from 'yaml';
import { process as transform } from '../testing/jest';
import {
  type Block,
  blocksOf,
  commands,
  fileOf,
  hasPart,
  pagePaths,
  placeOf,
  programOf,
  root,
  type Snippet,
  snippetsOf,
} from './pages';

/** Blocks of these languages are checked; another one is a mistake. */
const languages = ['ts', 'yaml', 'sh', 'json', 'text', 'js'];

const pages = pagePaths().map((page) => ({ page, blocks: blocksOf(page) }));
const blocks = pages.flatMap(({ blocks }) => blocks);
const placed = (block: Block) => ({ ...block, place: placeOf(block) });

/** Pages whose every command e2e/gitops.e2e.ts runs on a cluster. */
const walked = ['docs/gitops.md'];

/** What else a page may name: it is run by scripts/check-package.mjs, or is not ours to test. */
const otherPrograms = ['npx cdk8s synth', 'npx jest', 'npx tsc', 'git ', 'cd ', 'mkdir '];

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** `test.each` by place, which, unlike jest's, takes an empty list: most kinds of block are on some pages only. */
function each<T extends { place: string }>(name: string, list: readonly T[], run: (item: T) => void): void {
  for (const item of list) test(name.replace('%s', item.place), () => run(item));
}

/** A new folder outside the repository with its packages installed. */
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'podwright-docs-'));
  folders.push(folder);
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  return folder;
}

function write(folder: string, file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

/** The program as it was, synthesized and committed. */
function commitBefore(folder: string, files: ReadonlyMap<string, string>): void {
  for (const [file, text] of files) write(folder, file, text);
  write(folder, '.gitignore', 'node_modules\n');
  expect(podwright(folder, 'synth')).toMatchObject({ status: 0 });
  for (const args of [
    ['init', '--quiet'],
    ['add', '.'],
    ['commit', '--quiet', '--message', 'before'],
  ]) {
    const user = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
    expect(spawnSync('git', [...user, ...args], { cwd: folder })).toMatchObject({ status: 0 });
  }
}

/** Runs a snippet; what its chart holds, or, if it has an App of its own, what that wrote. */
function yieldOf({ code, place }: Snippet): string {
  const folder = newFolder();
  const app = new App({ outdir: join(folder, 'given') });
  const bodies: (() => unknown)[] = [];
  const given = {
    require,
    exports: {},
    // A test on a page runs within the test of the page.
    test: (_: string, body: () => unknown) => bodies.push(body),
    ...(/\b(const|let) chart\b/.test(code) ? {} : { chart: new Chart(app, 'page') }),
  };
  process.env.CDK8S_OUTDIR = join(folder, 'own');
  try {
    new Function(...Object.keys(given), transform(code, place).code)(...Object.values(given));
    for (const body of bodies) body();
  } finally {
    delete process.env.CDK8S_OUTDIR;
  }
  if (!existsSync(join(folder, 'own'))) return app.synthYaml();
  const files = readdirSync(join(folder, 'own')).filter((file) => file.endsWith('.yaml'));
  return files.map((file) => readFileSync(join(folder, 'own', file), 'utf8')).join('---\n');
}

function podwright(folder: string, ...args: string[]) {
  const bin = join(root, 'podwright', 'bin', 'podwright.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { cwd: folder, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

function expectText(actual: string, block: Block): void {
  const met = block.words.includes('part') ? hasPart(actual, block.text) : actual === block.text;
  expect(met ? block.text : actual).toBe(block.text);
}

const snippets = pages.flatMap(({ blocks }) => snippetsOf(blocks));
const programs = pages.map(({ page, blocks }) => ({ place: page, ...programOf(blocks) }));

describe('snippets', () => {
  const yielding = snippets.filter(({ outcome, expected }) => outcome === 'runs' && expected);
  const others = snippets.filter(({ outcome, expected }) => outcome === 'runs' && !expected);
  const failing = snippets.filter(({ outcome }) => outcome === 'fails');

  each('%s yields the YAML below it', yielding, (snippet) => {
    expectText(yieldOf(snippet), snippet.expected as Block);
  });

  each('%s runs', others, (snippet) => {
    expect(() => yieldOf(snippet)).not.toThrow();
  });

  each('%s fails with the text below it', failing, (snippet) => {
    expect(snippet.expected?.text.trim()).toBeTruthy();
    expect(() => yieldOf(snippet)).toThrow(snippet.expected?.text.trim());
  });
});

describe('programs', () => {
  const synthesized = programs.filter(({ files }) => files.has('main.ts'));

  each('%s synthesizes what it shows', synthesized, ({ files, before, dist, parts, runs }) => {
    const folder = newFolder();
    if (before.size > 0) commitBefore(folder, new Map([...files, ...before]));
    for (const [file, text] of files) write(folder, file, text);
    expect(podwright(folder, 'synth')).toMatchObject({ status: 0 });
    for (const block of [...dist, ...parts])
      expectText(readFileSync(join(folder, fileOf(block) as string), 'utf8'), block);
    for (const { commands: block, output } of runs) {
      const printed = commands(block).map((command) => {
        expect(command).toMatch(/^npx podwright /);
        return podwright(folder, ...command.split(/\s+/).slice(2)).output;
      });
      expectText(printed.join(''), output);
    }
  });

  test('what a page says of dist is said beside the main.ts that makes it', () => {
    const orphans = programs.filter(({ files, dist, parts, runs }) => {
      return !files.has('main.ts') && dist.length + parts.length + runs.length > 0;
    });
    expect(orphans.map(({ place }) => place)).toEqual([]);
  });
});

test('every TypeScript block passes the type checker', () => {
  const folder = newFolder();
  const files: string[] = [];
  const add = (file: string, text: string) => {
    write(folder, file, text);
    files.push(file);
  };
  for (const { place, code } of snippets) {
    const given = /\bchart\b/.test(code) && !/\b(const|let) chart\b/.test(code);
    const chart = given ? "declare const chart: import('cdk8s').Chart;" : '';
    add(`${place.replace(/[/:]/g, '_')}.ts`, `export {}; ${chart} ${code}`);
  }
  for (const { place, files } of programs)
    for (const [file, text] of files)
      if (file.endsWith('.ts')) add(join(`program_${place.replaceAll('/', '_')}`, file), text);
  const compilerOptions = { noUnusedLocals: false, noUnusedParameters: false };
  write(folder, 'tsconfig.json', JSON.stringify({ extends: join(root, 'tsconfig.json'), compilerOptions, files }));
  const tsc = join(dirname(require.resolve('typescript/package.json')), 'lib', 'tsc.js');
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', folder], { cwd: folder, encoding: 'utf8' });
  // The toolkit's own errors are those of `npm run types`.
  expect(
    stdout.split('\n').filter((line) => /^\w\S*\(\d+,\d+\): error/.test(line) && !/^node_modules/.test(line)),
  ).toEqual([]);
});

test('every block is of a language that is checked', () => {
  expect(blocks.filter(({ language }) => !languages.includes(language)).map(placeOf)).toEqual([]);
});

test('every YAML block that is not synthesized parses', () => {
  const broken = blocks
    .filter(({ language }) => language === 'yaml')
    .filter(({ text }) => parseAllDocuments(text).some((document) => document.errors.length > 0));
  expect(broken.map(placeOf)).toEqual([]);
});

each('%s is JSON', blocks.filter(({ language }) => language === 'json').map(placed), ({ text }) => {
  expect(() => JSON.parse(text)).not.toThrow();
});

describe('commands', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const helps = new Map<string, string>();
  const help = (command: string) => {
    if (!helps.has(command)) helps.set(command, podwright(root, command, '--help').output);
    return helps.get(command) as string;
  };

  /** A kubectl command less the names in it: its verb, the kind where it is one of ours, and its flags. */
  function shape(command: string): string {
    const [, verb = '', ...words] = command.replace(/ -- .*/, '').split(/\s+/);
    const kinds = words.filter((word) => /^(pods?|job)$/.test(word)).map((word) => word.replace(/s$/, ''));
    const flags = words.flatMap((word, index) => {
      if (word === '-o') return [`-o ${words[index + 1]}`];
      return word.startsWith('-') ? [word] : [];
    });
    return [verb, ...kinds, ...flags.sort()].join(' ');
  }

  /** The kubectl commands of the end-to-end tests, by shape. */
  const onCluster = new Set(
    readdirSync(join(root, 'e2e'))
      .filter((file) => file.endsWith('.e2e.ts'))
      .flatMap((file) => readFileSync(join(root, 'e2e', file), 'utf8').match(/kubectl [^`'"\n]+/g) ?? [])
      .map(shape),
  );

  /** What is wrong with one command of a page, if anything is. */
  function fault(command: string): string | undefined {
    const [program = '', verb = '', ...args] = command.split(/\s+/);
    if (program === 'npm' && verb === 'run') return args[0] && scripts[args[0]] ? undefined : 'no such script';
    if (program === 'npm') return /^(ci|cit|test|install|pack|init)$/.test(verb) ? undefined : 'not run by any test';
    if (program === 'npx' && verb === 'podwright') {
      const unknown = args.filter((arg) => arg.startsWith('-')).map((flag) => flag.replace(/=.*/, ''));
      const text = help(args[0]?.startsWith('-') ? '' : (args[0] ?? ''));
      return unknown.every((flag) => text.includes(flag)) ? undefined : 'no such flag';
    }
    if (program === 'node') {
      if (!existsSync(join(root, verb))) return 'no such script';
      const text = readFileSync(join(root, verb), 'utf8');
      return args.every((arg) => !arg.startsWith('--') || text.includes(arg)) ? undefined : 'no such flag';
    }
    if (program === 'kubectl') return onCluster.has(shape(command)) ? undefined : 'not run on a cluster by any test';
    return otherPrograms.some((known) => command.startsWith(known)) ? undefined : 'not run by any test';
  }

  test('every command exists', () => {
    const faults = blocks
      .filter(({ language, page }) => language === 'sh' && !walked.includes(page))
      .flatMap((block) => commands(block).map((command) => ({ place: placeOf(block), command })))
      .flatMap(({ place, command }) => command.split(/ (?:&&|\|) /).map((part) => ({ place, command: part })))
      .map(({ place, command }) => ({ place, command, fault: fault(command) }));
    expect(faults.filter(({ fault }) => fault)).toEqual([]);
  });

  test('a command that does not exist is found', () => {
    expect(
      [
        'npm run nothing',
        'node scripts/nothing.mjs',
        'npx podwright synth --nothing',
        'kubectl cordon a',
        'rm -rf /',
      ].map(fault),
    ).toEqual([
      'no such script',
      'no such script',
      'no such flag',
      'not run on a cluster by any test',
      'not run by any test',
    ]);
  });
});
