// Real file systems that are full or read-only. Only root on Linux can make them; elsewhere write.test.ts has their errors.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { MANIFEST } from '../manifest';
import type { DistPlan } from '../plan';
import { writeDist } from '../write';

const place = fs.mkdtempSync(join(os.tmpdir(), 'podwright-disk-'));
const mount = (...options: string[]) => spawnSync('mount', [...options, place], { stdio: 'ignore' }).status === 0;
const mounted = process.platform === 'linux' && mount('-t', 'tmpfs', '-o', 'size=256k', 'podwright-test');
afterAll(() => {
  if (mounted) spawnSync('umount', [place]);
  fs.rmdirSync(place);
});

function plan(files: Readonly<Record<string, string>>): DistPlan {
  const contents = Object.entries(files).map(([path, text]) => [path, Buffer.from(text)] as const);
  return {
    outdir: join(place, 'dist'),
    files: new Map(contents),
    versions: new Map(),
    environments: [],
    charts: 1,
    objects: 1,
    findings: [],
  };
}

function there(): Record<string, string> {
  const folder = join(place, 'dist');
  return Object.fromEntries(
    fs
      .readdirSync(folder)
      .sort()
      .map((name) => [name, fs.readFileSync(join(folder, name), 'utf8')]),
  );
}

(mounted ? describe : describe.skip)('of a file system', () => {
  const old = { 'a.k8s.yaml': 'a'.repeat(50_000), 'b.k8s.yaml': 'b'.repeat(50_000) };
  beforeEach(() => {
    writeDist([plan(old)]);
  });

  test('that becomes full in the middle, nothing is lost, and the next run is as if nothing had been', () => {
    const before = there();
    const large = { 'a.k8s.yaml': 'A'.repeat(90_000), 'b.k8s.yaml': 'B'.repeat(90_000), 'c.k8s.yaml': 'c' };
    expect(() => writeDist([plan(large)])).toThrow(
      /^cannot write .*: the disk is full \(ENOSPC\)\. Nothing was lost; run it again$/,
    );
    expect(there()).toEqual(before);
    const small = { 'a.k8s.yaml': 'A', 'c.k8s.yaml': 'c' };
    expect(writeDist([plan(small)])).toEqual([
      { written: ['a.k8s.yaml', 'c.k8s.yaml'], unchanged: [], removed: ['b.k8s.yaml'] },
    ]);
    expect(there()).toEqual({ ...small, [MANIFEST]: expect.any(String) });
  });

  test('that is read-only, it says so', () => {
    const before = there();
    mount('-o', 'remount,ro');
    try {
      expect(() => writeDist([plan({ 'a.k8s.yaml': 'new' })])).toThrow(
        /^cannot write .*: the file system is read-only \(EROFS\)\. Nothing was lost; run it again$/,
      );
      expect(there()).toEqual(before);
    } finally {
      mount('-o', 'remount,rw');
    }
  });
});
