// What cdk8s-cli's validations are told of the constructs, beside dist and not in it: kubectl would refuse it there.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { kindName } from '../api/identity';
import type { ObjectIdentity, Suppression } from '../report/finding';

/** An object of a program, and the construct that made it. */
export interface RecordedObject {
  /** The name of its environment; '' for none. */
  readonly environment: string;
  /** See {@link recordKey}. */
  readonly key: string;
  readonly constructPath: string;
  /** The rules that the program makes exceptions of for it. */
  readonly exceptions?: Readonly<Record<string, Suppression>>;
}

/** What tells an object from the others of its environment. */
export function recordKey({ apiVersion, kind, namespace = '', name }: ObjectIdentity): string {
  return `${kindName({ apiVersion, kind })} ${namespace}/${name}`;
}

/** Where the record of a folder is: in the packages' own cache, as both processes have it. */
function recordOf(outdir: string): string {
  const packages = join(process.cwd(), 'node_modules');
  const cache = existsSync(packages) ? join(packages, '.cache') : tmpdir();
  const name = createHash('sha256').update(resolve(outdir)).digest('hex').slice(0, 16);
  return join(cache, 'podwright', `constructs-${name}.json`);
}

/** Whether the command that runs the program has validations, which want to know. */
export function isRecordWanted(): boolean {
  return process.env.CDK8S_RECORD_CONSTRUCT_METADATA === 'true';
}

/** Writes down which constructs made the objects of a folder. What cannot be written is not needed: paths are for reading. */
export function writeRecord(outdir: string, objects: readonly RecordedObject[]): void {
  const file = recordOf(outdir);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(objects));
  } catch {
    return;
  }
}

/** What was written down of a folder's objects; none where nothing was. */
export function readRecord(outdir: string): readonly RecordedObject[] {
  try {
    return JSON.parse(readFileSync(recordOf(outdir), 'utf8')) as RecordedObject[];
  } catch {
    return [];
  }
}
