import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { FindingsError } from '../../../report/findings-error';
import { WORK } from '../lock';
import { MANIFEST } from '../manifest';
import { DistError, type DistPlan } from '../plan';
import { type WriteOptions, writeDist } from '../write';

// A folder of the test's own around it, since some look at what is beside it.
let around: string;
let outdir: string;
beforeEach(() => {
  around = fs.mkdtempSync(join(os.tmpdir(), 'podwright-dist-'));
  outdir = join(around, 'dist');
  fs.mkdirSync(outdir);
});
afterEach(() => {
  jest.restoreAllMocks();
  fs.rmSync(around, { recursive: true, force: true });
});

type Files = Readonly<Record<string, string>>;

function plan(files: Files): DistPlan {
  const contents = Object.entries(files).map(([path, text]) => [path, Buffer.from(text)] as const);
  return {
    outdir,
    files: new Map(contents),
    versions: new Map([['podwright', '1']]),
    environments: [],
    charts: 1,
    objects: 1,
    findings: [],
  };
}

function write(files: Files, options?: WriteOptions) {
  return writeDist([plan(files)], options)[0];
}

/** All files that are there, but for the manifest. */
function there(): Files {
  const entries = fs.readdirSync(outdir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name !== MANIFEST);
  return Object.fromEntries(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [file.slice(outdir.length + 1), fs.readFileSync(file, 'utf8')]),
  );
}

function put(path: string, text: string): void {
  fs.writeFileSync(join(outdir, path), text);
}

/** What stops a write, with the folder left out of the texts. */
function refusal(files: Files, options?: WriteOptions): string[] {
  try {
    write(files, options);
  } catch (error) {
    if (!FindingsError.isFindingsError(error)) throw error;
    return error.findings.map(({ ruleId, message, fix }) => `${ruleId}: ${message.replace(outdir, 'OUT')}. ${fix}`);
  }
  throw new Error('nothing was refused');
}

test('writes what is new, keeps what is unchanged untouched, and removes what is no more', () => {
  expect(write({ 'a.k8s.yaml': '1', 'b/c.k8s.yaml': '2', 'd.k8s.yaml': '3' })).toEqual({
    written: ['a.k8s.yaml', 'b/c.k8s.yaml', 'd.k8s.yaml'],
    unchanged: [],
    removed: [],
  });
  const past = new Date(1e12);
  for (const path of ['a.k8s.yaml', 'd.k8s.yaml', MANIFEST]) fs.utimesSync(join(outdir, path), past, past);

  expect(write({ 'a.k8s.yaml': '1', 'd.k8s.yaml': 'three', 'e.k8s.yaml': '' })).toEqual({
    written: ['d.k8s.yaml', 'e.k8s.yaml'],
    unchanged: ['a.k8s.yaml'],
    removed: ['b/c.k8s.yaml'],
  });
  expect(there()).toEqual({ 'a.k8s.yaml': '1', 'd.k8s.yaml': 'three', 'e.k8s.yaml': '' });
  expect(fs.statSync(join(outdir, 'a.k8s.yaml')).mtime).toEqual(past);
  expect(fs.existsSync(join(outdir, 'b'))).toBe(false);
  expect(fs.existsSync(join(outdir, WORK))).toBe(false);
});

test('leaves the manifest untouched too when nothing changes', () => {
  write({ 'a.k8s.yaml': '1' });
  const past = new Date(1e12);
  fs.utimesSync(join(outdir, MANIFEST), past, past);
  write({ 'a.k8s.yaml': '1' });
  expect(fs.statSync(join(outdir, MANIFEST)).mtime).toEqual(past);
});

test("leaves others' files and folders alone", () => {
  write({ 'a.k8s.yaml': '1', 'sub/b.k8s.yaml': '2' });
  put('mine.yaml', 'x');
  put('sub/mine.txt', 'y');
  write({});
  expect(there()).toEqual({ 'mine.yaml': 'x', 'sub/mine.txt': 'y' });
});

test('refuses to overwrite or remove what was edited by hand, and then changes nothing', () => {
  write({ 'a.k8s.yaml': '1', 'b.k8s.yaml': '2', 'c.k8s.yaml': '3' });
  put('a.k8s.yaml', 'mine');
  put('b.k8s.yaml', 'mine');
  const before = there();
  expect(refusal({ 'a.k8s.yaml': 'new', 'c.k8s.yaml': 'new', 'd.k8s.yaml': 'new' })).toEqual([
    'dist/edited: OUT/a.k8s.yaml was edited by hand. Make the change in the program and undo the edit, or drop it: synth --force',
    'dist/edited: OUT/b.k8s.yaml is no longer made, but was edited by hand. Make the change in the program and undo the edit, or drop it: synth --force',
  ]);
  expect(there()).toEqual(before);
  write({ 'a.k8s.yaml': 'new' }, { force: true });
  expect(there()).toEqual({ 'a.k8s.yaml': 'new' });
});

test('takes an edit that the program now says too', () => {
  write({ 'a.k8s.yaml': '1' });
  put('a.k8s.yaml', '2');
  expect(write({ 'a.k8s.yaml': '2' })).toEqual({ written: [], unchanged: ['a.k8s.yaml'], removed: [] });
  put('a.k8s.yaml', '1');
  expect(refusal({ 'a.k8s.yaml': '3' })).toHaveLength(1);
});

test('refuses to overwrite a file that it did not make, unless it is the same', () => {
  put('a.k8s.yaml', 'theirs');
  put('b.k8s.yaml', 'same');
  expect(refusal({ 'a.k8s.yaml': 'ours', 'b.k8s.yaml': 'same' })).toEqual([
    'dist/foreign: OUT/a.k8s.yaml is in the way, and is none that podwright made. Remove it, or synth --force',
  ]);
  expect(write({ 'a.k8s.yaml': 'theirs', 'b.k8s.yaml': 'same' })?.unchanged).toEqual(['a.k8s.yaml', 'b.k8s.yaml']);
});

test('takes a checkout with the line ends of Windows for its own', () => {
  write({ 'a.k8s.yaml': 'x: 1\ny: 2\n', 'b.k8s.yaml': 'x: 1\n', 'c.k8s.yaml': 'z: 1\n' });
  for (const path of ['a.k8s.yaml', 'b.k8s.yaml', 'c.k8s.yaml', MANIFEST]) {
    put(path, fs.readFileSync(join(outdir, path), 'utf8').replaceAll('\n', '\r\n'));
  }
  expect(write({ 'a.k8s.yaml': 'x: 1\ny: 2\n', 'b.k8s.yaml': 'x: 2\n' })).toEqual({
    written: ['b.k8s.yaml'],
    unchanged: ['a.k8s.yaml'],
    removed: ['c.k8s.yaml'],
  });
});

test('mends a merge conflict in the manifest and in the files that both branches changed', () => {
  write({ 'a.k8s.yaml': 'ours', 'b.k8s.yaml': 'b' });
  const ours = fs.readFileSync(join(outdir, MANIFEST), 'utf8');
  write({ 'a.k8s.yaml': 'theirs', 'b.k8s.yaml': 'b', 'c.k8s.yaml': 'c' });
  const theirs = fs.readFileSync(join(outdir, MANIFEST), 'utf8');
  put(MANIFEST, `<<<<<<< HEAD\n${ours}=======\n${theirs}>>>>>>> main\n`);
  put('a.k8s.yaml', '<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> main\n');
  expect(write({ 'a.k8s.yaml': 'both', 'b.k8s.yaml': 'b' })).toEqual({
    written: ['a.k8s.yaml'],
    unchanged: ['b.k8s.yaml'],
    removed: ['c.k8s.yaml'],
  });
  expect(fs.readFileSync(join(outdir, MANIFEST), 'utf8')).not.toMatch(/^[<=>]{7}/m);
});

test.each(['../a.yaml', 'a/../../b.yaml', '/etc/a.yaml', 'a//b.yaml', './a.yaml', 'a\\..\\..\\b.yaml', 'a\0.yaml', ''])(
  'refuses the path %o',
  (path) => {
    expect(refusal({ 'ok.k8s.yaml': '1', [path]: '2' }, { force: true })).toEqual([
      expect.stringMatching(/^dist\/path: .*cannot be there: its way has a \.\., a symbolic link/),
    ]);
    expect(there()).toEqual({});
    expect(fs.readdirSync(around)).toEqual(['dist']);
  },
);

test('refuses a link that leads out of the folder, to a file, a folder, or in what the manifest lists', () => {
  const elsewhere = fs.mkdtempSync(join(os.tmpdir(), 'podwright-else-'));
  write({ 'old/x.k8s.yaml': '1' });
  fs.renameSync(join(outdir, 'old'), join(elsewhere, 'old'));
  fs.symlinkSync(join(elsewhere, 'old'), join(outdir, 'old'));
  fs.symlinkSync(elsewhere, join(outdir, 'sub'));
  fs.writeFileSync(join(elsewhere, 'a'), 'theirs');
  fs.symlinkSync(join(elsewhere, 'a'), join(outdir, 'a.k8s.yaml'));
  expect(refusal({ 'a.k8s.yaml': '1', 'sub/b.k8s.yaml': '2' }, { force: true })).toEqual([
    'dist/path: OUT/a.k8s.yaml cannot be there: its way has a .., a symbolic link, or a file for a folder. Rename it, or remove what is in the way',
    'dist/path: OUT/sub/b.k8s.yaml cannot be there: its way has a .., a symbolic link, or a file for a folder. Rename it, or remove what is in the way',
    'dist/path: OUT/old/x.k8s.yaml is listed by .podwright, and its way has a .., a symbolic link, or a file for a folder. Remove its line from .podwright',
  ]);
  expect(fs.readdirSync(elsewhere).sort()).toEqual(['a', 'old']);
  expect(fs.readFileSync(join(elsewhere, 'a'), 'utf8')).toBe('theirs');
  fs.rmSync(elsewhere, { recursive: true });
});

test('removes nothing outside that a forged manifest lists', () => {
  const victim = join(around, 'victim.k8s.yaml');
  fs.writeFileSync(victim, 'x');
  put(MANIFEST, `file ${'0'.repeat(64)} ../victim.k8s.yaml\n`);
  expect(refusal({}, { force: true })).toHaveLength(1);
  expect(fs.readFileSync(victim, 'utf8')).toBe('x');
  fs.rmSync(victim);
});

test('follows a folder that is itself a link', () => {
  const link = `${outdir}-link`;
  fs.symlinkSync(outdir, link);
  writeDist([{ ...plan({ 'a.k8s.yaml': '1' }), outdir: link }]);
  expect(there()).toEqual({ 'a.k8s.yaml': '1' });
  fs.rmSync(link);
});

test('writes all folders or none', () => {
  const other = join(outdir, 'other');
  fs.mkdirSync(other);
  fs.writeFileSync(join(other, 'b.k8s.yaml'), 'theirs');
  const plans = [plan({ 'a.k8s.yaml': '1' }), { ...plan({ 'b.k8s.yaml': 'ours' }), outdir: other }];
  expect(() => writeDist(plans)).toThrow(FindingsError);
  expect(there()).toEqual({ 'other/b.k8s.yaml': 'theirs' });
});

test('joins what two Apps write to one folder, and refuses one path from both', () => {
  expect(writeDist([plan({ 'a.k8s.yaml': '1' }), plan({ 'b.k8s.yaml': '2' })])).toEqual([
    { written: ['a.k8s.yaml', 'b.k8s.yaml'], unchanged: [], removed: [] },
  ]);
  expect(() => writeDist([plan({ 'a.k8s.yaml': '1' }), plan({ 'a.k8s.yaml': '1' })])).toThrow(
    /a\.k8s\.yaml is that of two Apps; expected a file each$/,
  );
});

test('refuses a way through a file', () => {
  put('sub', 'x');
  expect(refusal({ 'sub/a.k8s.yaml': '1' }, { force: true })).toHaveLength(1);
  expect(there()).toEqual({ sub: 'x' });
});

test('says that a folder is where a file is needed', () => {
  fs.mkdirSync(join(outdir, 'a.k8s.yaml'));
  expect(() => write({ 'a.k8s.yaml': '1', 'b.k8s.yaml': '2' })).toThrow(
    /a folder is where a file is needed \(EISDIR\)/,
  );
  expect(() => write({ 'a.k8s.yaml': '1' })).toThrow(DistError);
  expect(fs.readdirSync(outdir)).toEqual(['a.k8s.yaml']);
});

test.each([
  ['ENOSPC', 'the disk is full'],
  ['EACCES', 'permission is denied'],
  ['EROFS', 'the file system is read-only'],
])('says what %s means, and leaves all as it was', (code, reason) => {
  write({ 'a.k8s.yaml': '1', 'b.k8s.yaml': '2' });
  const before = there();
  const writeFileSync = fs.writeFileSync;
  jest.spyOn(fs, 'writeFileSync').mockImplementation((file, ...rest) => {
    if (String(file).endsWith(`${WORK}/1`)) throw Object.assign(new Error(code), { code, path: file });
    writeFileSync(file, ...rest);
  });
  expect(() => write({ 'a.k8s.yaml': 'x', 'b.k8s.yaml': 'y' })).toThrow(
    `cannot write ${join(outdir, WORK, '1')}: ${reason} (${code}). Nothing was lost; run it again`,
  );
  expect(there()).toEqual(before);
});

describe('killed at any call of the file system', () => {
  const old: Files = {
    'a.k8s.yaml': 'old a',
    'b/c.k8s.yaml': 'old c',
    'd.k8s.yaml': 'old d',
    'gone/e.k8s.yaml': 'old e',
  };
  const next: Files = {
    'a.k8s.yaml': 'new a',
    'b/c.k8s.yaml': 'new c',
    'd.k8s.yaml': 'old d',
    'f/g.k8s.yaml': 'new g',
  };
  const calls = ['mkdirSync', 'writeFileSync', 'renameSync', 'rmSync', 'rmdirSync'] as const;

  /** Runs until the nth call, which is not carried out any more, nor is any after it; false when it came to the end. */
  function dies(at: number): boolean {
    let count = 0;
    let dead = false;
    for (const name of calls) {
      const real = fs[name] as (...args: unknown[]) => unknown;
      jest.spyOn(fs, name).mockImplementation(((...args: unknown[]) => {
        dead ||= count++ === at;
        if (dead) throw new Error('killed');
        return real(...args);
      }) as never);
    }
    try {
      write(next);
    } catch (error) {
      if ((error as Error).message !== 'killed') throw error;
    } finally {
      jest.restoreAllMocks();
    }
    return dead;
  }

  test('each file is whole, none is missing, and the next run makes the new state', () => {
    let at = 0;
    for (; ; at++) {
      fs.rmSync(outdir, { recursive: true });
      write(old);
      if (!dies(at)) break;
      const left = Object.entries(there()).filter(([path]) => !path.startsWith(WORK));
      for (const [path, text] of left)
        expect([at, path, [old[path], next[path]]]).toEqual([at, path, expect.arrayContaining([text])]);
      const kept = Object.keys(old).filter((path) => path in next);
      expect(left.map(([path]) => path)).toEqual(expect.arrayContaining(kept));
      // The work folder is named by the process: this one is alive, where the killed one would not be.
      write(next);
      expect([at, there()]).toEqual([at, next]);
    }
    // As many calls as a whole run makes: the work folder, its owner, three files, manifest, ...
    expect(at).toBeGreaterThan(15);
  });
});
