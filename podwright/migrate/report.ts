// What a migration tells its caller, as text.
import { show } from '../constructs/validation';
import type { Migration, PlacedProgram } from './migrate';
import type { Difference } from './prove';
import type { OutsideSecret } from './secrets';

/** The report of a migration; ends in a line break. */
export function reportText(migration: Migration, written: (program: PlacedProgram) => readonly string[]): string {
  const { programs, skipped, secrets, untyped, imported, dropped, live } = migration;
  const isSeveral = programs.length > 1;
  return [
    ...(programs.length === 0 ? ['no object to make a program of'] : []),
    ...(isSeveral ? [`${programs.length} programs, since some objects are there more than once:`] : []),
    ...programs.flatMap((program) => programLines(program, written(program))),
    ...list(
      [...imported].map(([name, kinds]) => `imports/${name}.ts: ${kinds.join(', ')}`),
      'imported; the definitions themselves are not part of the program, apply them as before:',
    ),
    ...list(
      secrets.map(secretLine),
      'references: Secrets stay outside of the program, which has none of their values:',
    ),
    ...list(
      skipped.map(({ name, reason }) => `${name}: ${reason}`),
      'skipped:',
    ),
    ...list(
      untyped.map(({ name, pointer }) =>
        pointer === undefined ? name : `${name}: its class has no such value at ${pointer}`,
      ),
      'without a class, as ApiObject:',
    ),
    ...list(
      [...dropped].map(([pointer, count]) => `${pointer}${count > 1 ? ` (${count} objects)` : ''}`),
      'left out, since a server sets it:',
    ),
    ...(live > 0
      ? [`left out: defaults that the API server fills in, of ${count(live, 'object')} read from a cluster`]
      : []),
    '',
  ]
    .join('\n')
    .replace(/\n+$/, '\n');
}

function programLines(program: PlacedProgram, written: readonly string[]): string[] {
  const { charts, objects, proof, failure, findings, name } = program;
  const lines = written.map((file) => `wrote ${file}`);
  const where = name === '' ? '' : `${name}: `;
  if (failure !== undefined) return [...lines, `${where}the program fails: ${failure}`];
  const { equal, byDefaults, differences } = proof;
  const how = byDefaults === 0 ? '' : `, ${byDefaults} of them once defaults are filled in`;
  const verdict = equal === objects && differences.length === 0 ? 'equal' : `${equal} equal`;
  const errors = findings.filter(({ severity }) => severity !== 'info').length;
  return [
    ...lines,
    `${where}${count(charts, 'chart')}, ${count(objects, 'object')}: ${verdict}${how}`,
    ...list(differences.map(differenceLine), 'different:'),
    ...(errors > 0
      ? [`${where}${count(errors, 'finding')}, as the manifests have: npx podwright synth says which`]
      : []),
  ];
}

function list(lines: readonly string[], title: string): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}

function differenceLine({ name, pointer, before, after }: Difference): string {
  if (pointer === '') return `${name}: ${after === undefined ? 'is not made' : 'is made, and was not there'}`;
  return `${name}: ${pointer}: was ${show(before)}, is ${show(after)}`;
}

function secretLine({ shown, type, keys }: OutsideSecret): string {
  return `${shown} (${type === 'Opaque' ? '' : `${type}: `}${keys.join(', ')})`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
