import type { IConstruct } from 'constructs';
import type { Finding } from '../report/finding';
import { commentsOf, has } from './comment';
import type { Output, SynthesizedObject } from './outputs';
import { shownPath } from './tree';
import { emit, NotYaml } from './yaml/emit';
import { valueFaults } from './yaml/faults';

/** The content of files, and which values could not be written. */
export interface Rendered {
  /** By path, in the order of the outputs; what could not be written is left out. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly findings: readonly Finding[];
}

/** Writes the objects of each output as YAML, in memory. */
export function render(outputs: readonly Output[]): Rendered {
  const files = new Map<string, Uint8Array>();
  const findings: Finding[] = [];
  for (const { path, objects } of outputs) {
    files.set(path, Buffer.from(objects.map((object) => text(object, findings)).join('---\n')));
  }
  return { files, findings };
}

function text({ construct, value }: SynthesizedObject, findings: Finding[]): string {
  const comments = commentsOf(construct);
  for (const pointer of comments?.keys() ?? []) {
    if (!has(value, pointer)) findings.push(fault(construct, pointer, 'has a comment, and is no field of the object'));
  }
  try {
    return emit(value, comments);
  } catch (error) {
    if (!(error instanceof NotYaml)) throw error;
    findings.push(...valueFaults(value).map(({ pointer, message }) => fault(construct, pointer, message)));
    return '';
  }
}

function fault(construct: IConstruct, pointer: string, message: string): Finding {
  return { ruleId: 'synth/value', severity: 'error', constructPath: shownPath(construct), pointer, message };
}
