// Whether dist says what the program says, and why it does not.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../report/finding';
import { sameText, unixEnds } from '../synth/dist/line-ends';
import { WORK } from '../synth/dist/lock';
import { EMPTY, formatManifest, MANIFEST, type Manifest, parseManifest, sumOf } from '../synth/dist/manifest';
import type { DistPlan } from '../synth/dist/plan';
import { LOCK } from '../synth/images/images';
import type { Unknown } from './git';

/** The files of dist as they are somewhere: in the working tree, staged, at a commit. */
export interface DistState {
  /** By path in dist, with '/' between its parts; the list of owned files is one of them. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** What git does not follow. @default - nothing: the files are in git */
  readonly unknown?: Unknown;
}

/** Files that kubectl and GitOps controllers would apply. */
export const APPLIED = /\.(ya?ml|json)$/;

/** The files of a folder in the working tree; none where there is no such folder. */
export function readState(outdir: string): ReadonlyMap<string, Buffer> {
  const files = new Map<string, Buffer>();
  const visit = (folder: string): void => {
    for (const entry of entriesOf(join(outdir, folder))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (path === WORK) continue;
      if (entry.isDirectory()) visit(path);
      else if (entry.isFile()) files.set(path, readFileSync(join(outdir, path)));
    }
  };
  visit('');
  return files;
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/**
 * Compares what the program says with what a folder holds.
 *
 * @param name what the folder is called in messages: `dist`
 * @returns a finding for each file that is other, sorted by path; the rule's id is its cause
 */
export function drift(plan: DistPlan, state: DistState, name: string): Finding[] {
  const text = state.files.get(MANIFEST)?.toString();
  const manifest = text === undefined ? EMPTY : parseManifest(text);
  const cause = staleCause(plan, manifest);
  const findings: Finding[] = [];
  const report = (ruleId: string, path: string, message: string, fix: string): void => {
    findings.push({
      ruleId,
      severity: 'error',
      pointer: '',
      message,
      fix,
      source: { file: `${name}/${path}`, line: 1, column: 1 },
    });
  };

  for (const [path, content] of plan.files) {
    const there = state.files.get(path);
    const owned = manifest.files.get(path);
    if (!there) {
      if (owned) report('dist/missing', path, 'is missing: it was synthesized, and has been removed since', SYNTH);
      else report(cause.ruleId, path, `is missing: ${cause.isNew}`, SYNTH);
    } else if (!sameText(there, content)) {
      const where = firstDifference(there, content);
      if (!owned) report('dist/extra', path, 'is in the way of what the program says, and was not synthesized', REMOVE);
      else if (!owned.has(sumOf(there)) && !owned.has(sumOf(unixEnds(there))))
        report('dist/edited', path, `was edited by hand: ${where}`, UNDO);
      else report(cause.ruleId, path, `${cause.isStale}: ${where}`, SYNTH);
    }
  }
  for (const path of state.files.keys()) {
    if (path === MANIFEST || plan.files.has(path)) continue;
    if (manifest.files.has(path))
      report(cause.ruleId, path, 'is stale: the program makes no such file any more', SYNTH);
    else if (APPLIED.test(path) && !plan.beside)
      report('dist/extra', path, 'was not synthesized, and would be applied all the same', REMOVE);
  }
  if (findings.length === 0 && text !== listOf(plan) && text?.replaceAll('\r\n', '\n') !== listOf(plan))
    report(cause.ruleId, MANIFEST, `${cause.isStale}: the list of the files that synthesis owns`, SYNTH);
  for (const path of [MANIFEST, ...plan.files.keys()]) {
    if (state.unknown?.ignored.has(path)) report('dist/ignored', path, 'is kept out of git by a .gitignore', UNIGNORE);
    else if (state.unknown?.untracked.has(path)) report('dist/untracked', path, 'is in no commit', `git add ${name}`);
  }
  return findings.sort((a, b) => ((a.source?.file ?? '') < (b.source?.file ?? '') ? -1 : 1));
}

const SYNTH = 'npx podwright synth';
const UNDO = 'Make the change in the program, then npx podwright synth --force';
const REMOVE = 'Remove it, or move it out of the folder';
const UNIGNORE = 'Take dist out of .gitignore: what is committed is what is applied';

interface Cause {
  readonly ruleId: string;
  readonly isStale: string;
  readonly isNew: string;
}

/** Why a file that synthesis wrote is other than what the program says now. */
function staleCause(plan: DistPlan, manifest: Manifest): Cause {
  const others = [...plan.versions].filter(
    ([name, version]) => manifest.versions.has(name) && manifest.versions.get(name) !== version,
  );
  const [other] = others.filter(([name]) => name !== LOCK);
  if (!other) {
    const [then, now] = [manifest.versions.get(LOCK), plan.versions.get(LOCK)];
    if (manifest === EMPTY || then === now)
      return { ruleId: 'dist/stale', isStale: 'is stale', isNew: 'the program has it since the last synthesis' };
    const what = `${LOCK} was ${then === undefined ? 'added' : now === undefined ? 'removed' : 'changed'}`;
    return { ruleId: 'dist/images-lock', isStale: `is stale: ${what}`, isNew: what };
  }
  const [name, version] = other;
  const made = `by ${name} ${manifest.versions.get(name)}, and this is ${version}`;
  return { ruleId: 'dist/version', isStale: `was made ${made}`, isNew: `dist was made ${made}` };
}

function listOf({ files, versions, environments }: DistPlan): string {
  return formatManifest({
    files: new Map([...files].map(([path, content]) => [path, new Set([sumOf(content)])])),
    versions,
    environments,
  });
}

function firstDifference(there: Buffer, content: Uint8Array): string {
  const [old, now] = [there, Buffer.from(content)].map((bytes) => bytes.toString().split(/\r?\n/)) as [
    string[],
    string[],
  ];
  let line = 0;
  while (old[line] === now[line]) line++;
  const quote = (text: string | undefined) =>
    text === undefined || (text === '' && line > 0) ? 'nothing' : JSON.stringify(text.trim().slice(0, 80));
  return `line ${line + 1} is ${quote(old[line])}, and the program says ${quote(now[line])}`;
}
