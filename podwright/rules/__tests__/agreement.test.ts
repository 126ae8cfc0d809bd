// What the API server's own code says of thousands of variants, in each version, beside what we say of them for all
// versions at once. The verdicts are recorded: scripts/record-verdicts.mjs. docs/agreement.md has the measurement.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import type { Finding } from '../../report/finding';
import { checkObjects } from '../check-objects';

// biome-ignore lint/suspicious/noExplicitAny: variants have any shape
type Any = any;

interface Variant {
  readonly name: string;
  /** The place in the base, and what is there instead; without it, the place is taken out. */
  readonly change: readonly (readonly [path: string[], value?: Any])[];
  /** Which versions refuse it, as bits, and the fields that they name. */
  readonly refused: readonly (readonly [versions: number, fields: string[] | null])[];
}

/** Variants that we and the API server differ on, and why. */
const KNOWN: { readonly [name: string]: string } = {
  'v1 Pod spec.volumes: duplicate':
    'before 1.35 the server takes out a volume from an image, and numbers those after it anew; ours is the place in the object',
};

const file = join(__dirname, '..', '__fixtures__', 'verdicts.jsonl.br');
const lines = brotliDecompressSync(readFileSync(file)).toString().trim().split('\n');
const { versions } = JSON.parse(lines[0] as string) as { versions: string[] };

function changed(base: Any, { change }: Variant): Any {
  let object = structuredClone(base);
  for (const [path, ...value] of change) {
    if (path.length === 0) object = value[0];
    else {
      const parent = path.slice(0, -1).reduce((part, step) => part[step], object);
      const step = path[path.length - 1] as string;
      if (value.length === 0) delete parent[step];
      else parent[step] = value[0];
    }
  }
  return object;
}

const plain = (field: string) => field.replaceAll('[', '.').replaceAll(']', '').replaceAll('..', '.');

/** Whether a finding is at one of the fields that the server names; a decoder's names have no numbers. */
function isAt({ field, pointer }: Finding, fields: readonly string[]): boolean {
  const steps = pointer.slice(1).split('/');
  const own = steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~')).join('.');
  // Versions that differ in how they name it share a finding.
  const names = [plain(field ?? own), plain(own)];
  return names.some((name) => fields.includes(name) || fields.includes(name.replace(/\.\d+(?=\.|$)/g, '')));
}

/** In what we differ from the server: by version. */
function differences(object: Any, { refused }: Variant): string[] {
  const findings = checkObjects([object], { targets: versions });
  return versions.flatMap((version, bit) => {
    const ours = findings.filter((finding) => finding.versions?.includes(version));
    const server = refused.find(([set]) => set & (1 << bit));
    const [first] = ours;
    if (!server) return first ? [`${version} accepts it, got ${first.ruleId} ${first.pointer} ${first.message}`] : [];
    const [, fields] = server;
    if (!first) return [`${version} refuses ${fields?.join(' ') ?? 'it'}, got nothing`];
    return fields && !isAt(first, fields) ? [`${version} names ${fields.join(' ')}, got ${first.pointer}`] : [];
  });
}

test('refuses what each version refuses and accepts what it accepts, and names a field that it names', () => {
  const differ: { [name: string]: string[] } = {};
  let base: Any;
  for (const line of lines.slice(1)) {
    const entry = JSON.parse(line) as Variant & { base?: Any };
    if (entry.base) base = entry.base;
    else {
      const found = differences(changed(base, entry), entry);
      if (found.length > 0) differ[entry.name] = found;
    }
  }
  for (const name of Object.keys(KNOWN)) {
    expect([name, differ[name]]).toEqual([name, expect.anything()]);
    delete differ[name];
  }
  expect(differ).toEqual({});
});
