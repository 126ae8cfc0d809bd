// What a migration tells its caller, as text.
import { show } from '../constructs/validation';
import type { ConvertedProgram } from './from-chart/program';
import type { Migration, PlacedProgram } from './migrate';
import type { Difference, Proof } from './prove';
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
    ...programs.flatMap(findingLines),
    '',
  ]
    .join('\n')
    .replace(/\n+$/, '\n');
}

/** What a conversion of a cdk8s program tells, after its files. */
export function fromChartText({ files, converted }: ConvertedProgram, proof: Proof | string): string {
  const head = `${count(files.size, 'file')}, ${count(converted, 'object')} of podwright's classes`;
  if (typeof proof === 'string') return `${head}; not compared, since the program cannot be run: ${proof}\n`;
  const { equal, differences } = proof;
  if (differences.length === 0) return `${head}: it says the same ${count(equal, 'object')} as before\n`;
  return [`${head}: ${count(equal, 'object')} equal`, ...list(differences.map(differenceLine), 'different:'), ''].join(
    '\n',
  );
}

function programLines(program: PlacedProgram, written: readonly string[]): string[] {
  const { charts, objects, proof, failure, name } = program;
  const lines = written.map((file) => `wrote ${file}`);
  const where = name === '' ? '' : `${name}: `;
  if (failure !== undefined) return [...lines, `${where}the program fails: ${failure}`];
  const { equal, byDefaults, differences } = proof;
  const how = byDefaults === 0 ? '' : `, ${byDefaults} of them once defaults are filled in`;
  const verdict = equal === objects && differences.length === 0 ? 'equal' : `${equal} equal`;
  if (objects === 0) return lines;
  return [
    ...lines,
    `${where}${count(charts, 'chart')}, ${count(objects, 'object')}: ${verdict}${how}`,
    ...list(differences.map(differenceLine), 'different:'),
  ];
}

/** What is wrong with the objects is none of the migration's: that there is something is worth a line. */
function findingLines({ findings, name }: PlacedProgram): string[] {
  const own = findings.filter(({ severity }) => severity !== 'info').length;
  const where = name === '' ? '' : `${name}: `;
  return own === 0 ? [] : [`${where}${count(own, 'finding')}, as the manifests have: npx podwright synth says which`];
}

function list(lines: readonly string[], title: string): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line.replace(/\p{Cc}/gu, ' ')}`)];
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
