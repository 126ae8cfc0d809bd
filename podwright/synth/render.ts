import type { Finding } from '../report/finding';
import type { Output, SynthesizedObject } from './outputs';
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
  try {
    return emit(value);
  } catch (error) {
    if (!(error instanceof NotYaml)) throw error;
    const constructPath = construct.node.path;
    findings.push(
      ...valueFaults(value).map((wrong) => ({
        ruleId: 'synth/value',
        severity: 'error' as const,
        constructPath,
        ...wrong,
      })),
    );
    return '';
  }
}
