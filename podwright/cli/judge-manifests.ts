// Judges manifests of files, each finding at its line there.
import { stepsOf } from '../api/json-pointer';
import { NoManifests } from '../api/manifests/files';
import { Places } from '../api/manifests/places';
import { type Manifests, readManifests } from '../api/manifests/read';
import { type CheckReport, inReadingOrder, type LocatedFinding } from '../report/located';
import { type CheckAllOptions, checkAll } from '../rules/families';
import { CommandError } from './command';

/**
 * Judges the manifests that words name: files, folders and `-`. What is not among them may be in the cluster all the
 * same, unless the options say that all is there.
 *
 * @throws CommandError for a path that is not there
 */
export function judgeManifests(words: readonly string[], cwd: string, options: CheckAllOptions): CheckReport {
  return judgeRead(readGiven(words, cwd), options);
}

/** Judges manifests that were read. */
export function judgeRead(manifests: Manifests, options: CheckAllOptions): CheckReport {
  const objects = manifests.objects.map(({ object }) => object);
  const found = checkAll(objects, { ...options, complete: options.complete ?? false });
  const findings = inReadingOrder([...unreadable(manifests), ...located(found, manifests)]);
  return { objects: objects.length, findings, describe };
}

/** Loaded when a format asks for it. */
function describe(id: string): string | undefined {
  const { textOf } = require('../rules/known') as typeof import('../rules/known');
  return textOf(id)?.summary;
}

/** Reads the manifests that words name. @throws CommandError for a path that is not there */
export function readGiven(words: readonly string[], cwd: string): Manifests {
  try {
    return readManifests(words, cwd);
  } catch (error) {
    throw error instanceof NoManifests ? new CommandError(error.message) : error;
  }
}

function unreadable(manifests: Manifests): LocatedFinding[] {
  return manifests.unreadable.map(({ part: { file, document }, message, line, column }) => ({
    ruleId: 'check/read',
    severity: 'error',
    pointer: '',
    message,
    source: { file, line, column },
    file,
    document,
    line,
    column,
  }));
}

function located(found: ReturnType<typeof checkAll>, { objects }: Manifests): LocatedFinding[] {
  const places = new Places();
  const reported: LocatedFinding[] = [];
  for (const { index, ...finding } of found) {
    const read = objects[index];
    if (!read) continue;
    const { part, steps } = read;
    const { file, document } = part;
    const own = stepsOf(finding.pointer);
    const { line, column } = places.of(part, steps.length === 0 ? own : [...steps, ...own]);
    const pointer = steps.length === 0 ? finding.pointer : `/${steps.join('/')}${finding.pointer}`;
    reported.push({ ...finding, pointer, source: { file, line, column }, file, document, line, column });
  }
  return reported;
}
