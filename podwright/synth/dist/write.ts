import fs from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { sleep } from '../../api/sleep';
import type { Finding } from '../../report/finding';
import { FindingsError } from '../../report/findings-error';
import { Folder } from './folder';
import { sameText, unixEnds } from './line-ends';
import { acquire, release, WORK } from './lock';
import { EMPTY, formatManifest, MANIFEST, type Manifest, parseManifest, sumOf } from './manifest';
import { type DistChange, DistError, type DistPlan } from './plan';

/** Options of {@link writeDist}. */
export interface WriteOptions {
  /** Whether files that were edited by hand, or are another's, are overwritten. @default false */
  readonly force?: boolean;
  /** Is told, at each file, how many of them are written. @default - nobody is */
  readonly progress?: (what: string, done: number, of: number) => void;
}

/**
 * Makes folders say what their plans say: writes what is new or has changed, removes what was owned and is no more, and
 * leaves all else alone. What is wrong with any of them is found before anything of any of them is changed.
 *
 * A new file is written beside, under another name, and takes its place by a rename. Before the first one does, the
 * manifest names both the old and the new content of each. So whenever the process is killed, each file is its complete
 * old or its complete new version, none is missing, and the next run knows all of them for its own.
 *
 * @throws FindingsError when an owned file was edited by hand, a file that is to be written is another's, or a path
 * leads out of the folder
 * @throws DistError when a folder cannot be written to
 */
export function writeDist(plans: readonly DistPlan[], options: WriteOptions = {}): DistChange[] {
  const works: Work[] = [];
  try {
    const merged = mergePlans(plans);
    for (const plan of merged) if (!isCarriedOut(plan)) works.push(prepare(plan));
    const findings = works.flatMap((work) => work.findings);
    const stopping = options.force ? findings.filter((finding) => finding.ruleId === 'dist/path') : findings;
    if (stopping.length > 0) throw new FindingsError(stopping);
    for (const work of works) writeBeside(work, options);
    for (const work of works) takePlaces(work);
    return merged.map((plan) => {
      const work = works.find((work) => work.plan === plan);
      if (!work) return { written: [], unchanged: [...plan.files.keys()], removed: [] };
      return { written: [...work.written.keys()], unchanged: work.unchanged, removed: work.removed };
    });
  } catch (error) {
    throw explained(error);
  } finally {
    for (const work of works) release(work.folder);
  }
}

/** What carrying out a plan changes. */
interface Work {
  readonly plan: DistPlan;
  /** Where new files wait; while it is there, the plan's folder is this process's. */
  readonly folder: string;
  /** The manifest that is there, and its text. */
  readonly manifest: Manifest;
  readonly manifestText: string | undefined;
  readonly written: ReadonlyMap<string, Uint8Array>;
  readonly unchanged: readonly string[];
  readonly removed: readonly string[];
  readonly findings: readonly Finding[];
}

/** Plans for one folder become one: two Apps of a program may share it. */
export function mergePlans(plans: readonly DistPlan[]): DistPlan[] {
  const merged = new Map<string, DistPlan>();
  for (const plan of plans) {
    const other = merged.get(plan.outdir);
    if (!other) {
      merged.set(plan.outdir, plan);
      continue;
    }
    const twice = [...plan.files.keys()].filter((path) => other.files.has(path));
    if (twice.length > 0) {
      throw new FindingsError(
        twice.map((path) => fault('synth/path', plan.outdir, path, 'is that of two Apps; expected a file each')),
      );
    }
    merged.set(plan.outdir, {
      ...plan,
      files: new Map([...other.files, ...plan.files]),
      versions: new Map([...other.versions, ...plan.versions]),
      environments: [...new Set([...other.environments, ...plan.environments])],
    });
  }
  return [...merged.values()];
}

/** Whether a folder is as its plan has it, to the last byte: then nothing of it is touched, and nobody waited for. */
function isCarriedOut({ outdir, files, versions, environments }: DistPlan): boolean {
  if (fs.existsSync(join(outdir, WORK))) return false;
  const there = new Folder(outdir);
  try {
    for (const [path, content] of files) {
      const old = there.read(path);
      if (old === undefined || old === 'outside' || !sameText(old, content)) return false;
    }
    return there.read(MANIFEST)?.toString() === formatManifest({ files: sumsOf(files), versions, environments });
  } catch {
    return false;
  }
}

function sumsOf(files: DistPlan['files']): Map<string, ReadonlySet<string>> {
  return new Map([...files].map(([path, content]) => [path, new Set([sumOf(content)])]));
}

/** Compares a plan with what is there. */
function prepare(plan: DistPlan): Work {
  const { outdir } = plan;
  fs.mkdirSync(outdir, { recursive: true });
  const folder = acquire(outdir);
  try {
    const there = new Folder(outdir);
    const listed = there.read(MANIFEST);
    const manifestText = listed === 'outside' ? undefined : listed?.toString();
    const manifest = manifestText === undefined ? EMPTY : parseManifest(manifestText);
    const written = new Map<string, Uint8Array>();
    const unchanged: string[] = [];
    const removed: string[] = [];
    const findings: Finding[] = [];
    const report = (...[ruleId, path, message, fix]: readonly [string, string, string, string]) => {
      findings.push(fault(ruleId, outdir, path, message, fix));
    };

    for (const [path, content] of plan.files) {
      const old = there.read(path);
      if (old === 'outside') {
        report(
          'dist/path',
          path,
          'cannot be there: its way has a .., a symbolic link, or a file for a folder',
          'Rename it, or remove what is in the way',
        );
        continue;
      }
      if (old && sameText(old, content)) {
        unchanged.push(path);
        continue;
      }
      written.set(path, content);
      if (!old) continue;
      const sums = manifest.files.get(path);
      if (!sums)
        report('dist/foreign', path, 'is in the way, and is none that podwright made', 'Remove it, or synth --force');
      else if (isEdited(old, sums, manifest)) report('dist/edited', path, 'was edited by hand', UNDO);
    }
    for (const [path, sums] of manifest.files) {
      if (plan.files.has(path)) continue;
      const old = there.read(path);
      if (old === 'outside') {
        report(
          'dist/path',
          path,
          `is listed by ${MANIFEST}, and its way has a .., a symbolic link, or a file for a folder`,
          `Remove its line from ${MANIFEST}`,
        );
        continue;
      }
      if (!old) continue;
      removed.push(path);
      if (isEdited(old, sums, manifest)) report('dist/edited', path, 'is no longer made, but was edited by hand', UNDO);
    }
    return { plan, folder, manifest, manifestText, written, unchanged, removed, findings };
  } catch (error) {
    release(folder);
    throw error;
  }
}

const UNDO = 'Make the change in the program and undo the edit, or drop it: synth --force';

/** Neither what a manifest lists, nor that with the line ends of Windows. */
function isEdited(content: Buffer, sums: ReadonlySet<string>, manifest: Manifest): boolean {
  // Two branches changed it: git may have merged the two, or left its marks in it.
  if (manifest.conflicted && sums.size > 1) return false;
  return !sums.has(sumOf(content)) && !sums.has(sumOf(unixEnds(content)));
}

/** All new content, under other names: a disk that is full shows here, with nothing changed. */
function writeBeside({ folder, written }: Work, { progress }: WriteOptions): void {
  let number = 0;
  for (const content of written.values()) {
    fs.writeFileSync(join(folder, String(number++)), content);
    progress?.('files written', number, written.size);
  }
}

/** From the first change to the last; killed anywhere, the next run ends it. */
function takePlaces({ plan, folder, manifest, manifestText, written, removed }: Work): void {
  const { outdir, versions, environments } = plan;
  const files = sumsOf(plan.files);
  const text = formatManifest({ files, versions, environments });
  let there = manifestText;
  if (written.size > 0 || removed.length > 0) {
    const either = new Map<string, ReadonlySet<string>>(files);
    for (const [path, sums] of manifest.files) either.set(path, new Set([...sums, ...(files.get(path) ?? [])]));
    there = manifest.files.size > 0 ? formatManifest({ files: either, versions, environments }) : text;
    writeManifest(outdir, folder, there);
    const folders = new Set<string>();
    let number = 0;
    for (const path of written.keys()) {
      const target = join(outdir, path);
      const parent = dirname(target);
      if (!folders.has(parent)) fs.mkdirSync(parent, { recursive: true });
      folders.add(parent);
      rename(join(folder, String(number++)), target);
    }
    for (const path of removed) {
      fs.rmSync(join(outdir, path), { force: true });
      removeEmpty(outdir, dirname(path));
    }
  }
  if (text !== there) writeManifest(outdir, folder, text);
}

function writeManifest(outdir: string, folder: string, text: string): void {
  const beside = join(folder, 'manifest');
  fs.writeFileSync(beside, text);
  rename(beside, join(outdir, MANIFEST));
}

/** On Windows a file that a scanner or an editor has open for a moment cannot be replaced. */
function rename(from: string, to: string): void {
  for (let attempt = 0; ; attempt++) {
    try {
      fs.renameSync(from, to);
      return;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const open = process.platform === 'win32' && /^(EPERM|EACCES|EBUSY)$/.test(code ?? '');
      if (!open || attempt === 50) throw error;
      sleep(20);
    }
  }
}

/** Removes a folder of the tree that has become empty, and those above it that have by that. */
function removeEmpty(outdir: string, path: string): void {
  for (let folder = path; folder !== '.'; folder = dirname(folder)) {
    try {
      fs.rmdirSync(join(outdir, folder));
    } catch {
      return;
    }
  }
}

function fault(ruleId: string, outdir: string, path: string, message: string, fix?: string): Finding {
  const file = join(outdir, path);
  const short = relative(process.cwd(), file);
  return {
    ruleId,
    severity: 'error',
    pointer: '',
    message: `${short.startsWith('..') ? file : short} ${message}`,
    fix,
  };
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  EROFS: 'the file system is read-only',
  EACCES: 'permission is denied',
  EPERM: 'it is not permitted',
  ENOTDIR: 'a file is where a folder is needed',
  EISDIR: 'a folder is where a file is needed',
  EEXIST: 'a file is where a folder is needed',
  ENOTEMPTY: 'a folder is where a file is needed',
};

function explained(error: unknown): unknown {
  const { code, path } = error as NodeJS.ErrnoException;
  const reason = code === undefined ? undefined : REASONS[code];
  if (reason === undefined) return error;
  return new DistError(`cannot write ${path ?? 'the manifests'}: ${reason} (${code}). Nothing was lost; run it again`, {
    cause: error,
  });
}
