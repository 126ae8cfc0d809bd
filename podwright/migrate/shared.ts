// Values that several places of a chart share: they are said once.
import { Code, type Fields, isFields } from './code';
import { hasComments, mapTree } from './comments';
import { camel, isFree, unique } from './names';

/** A value that is said once, and the variable that stands for it. */
export interface Shared {
  readonly variable: string;
  readonly value: unknown;
  /** Whether a caller may want another: it is a prop of the chart then. */
  readonly isProp: boolean;
}

/** Texts that a program that is put elsewhere says otherwise. */
const TEXTS = new Set([
  'image',
  'host',
  'storageClassName',
  'ingressClassName',
  'priorityClassName',
  'schedulerName',
  'runtimeClassName',
]);

/** Mappings of texts that have to be the same in several places: labels and who selects by them, and amounts. */
const MAPS = new Set(['labels', 'matchLabels', 'selector', 'nodeSelector', 'resources']);

interface Found {
  readonly field: string;
  readonly value: unknown;
  count: number;
}

/** Values in which variables stand for what they share. */
export interface SharedIn {
  readonly values: readonly unknown[];
  readonly shared: readonly Shared[];
}

/** Finds what values share, and puts variables in its place; their names are taken. */
export function shareIn(values: readonly unknown[], taken: Set<string>): SharedIn {
  const shared = sharedOf(values, taken);
  const replaced = values.map((whole) =>
    mapTree(whole, (value, steps) => {
      const key = sharedKey(steps.at(-1), value);
      const found = key === undefined ? undefined : shared.get(key);
      return found ? new Code(found.variable) : value;
    }),
  );
  return { values: replaced, shared: [...shared.values()] };
}

function sharedOf(values: readonly unknown[], taken: Set<string>): Map<string, Shared> {
  const found = new Map<string, Found>();
  for (const value of values) collect(value, found);
  const shared = [...found].filter(([, { count }]) => count > 1);
  const result = new Map<string, Shared>();
  for (const [key, { field, value }] of shared) {
    const isProp = typeof value === 'string';
    const word =
      field === 'matchLabels' || field === 'selector' ? 'labels' : camel(field.replace(/ClassName$/, 'Class'));
    const alone = shared.filter(([, other]) => wordOf(other.field) === wordOf(field)).length === 1;
    const name =
      alone && !taken.has(word) ? word : `${camel(subjectOf(value))}${word.charAt(0).toUpperCase()}${word.slice(1)}`;
    result.set(key, { variable: unique(isFree(name) ? name : word, taken, ''), value, isProp });
  }
  return result;
}

function wordOf(field: string): string {
  return field === 'matchLabels' || field === 'selector' ? 'labels' : field;
}

/** The key by which a value at a field is known among those that are shared; undefined where it cannot be. */
function sharedKey(field: unknown, value: unknown): string | undefined {
  if (typeof field !== 'string') return undefined;
  if (typeof value === 'string') return TEXTS.has(field) && value !== '' ? `${field} ${value}` : undefined;
  if (!MAPS.has(field) || !isFields(value) || !isPlain(value)) return undefined;
  const isMap = Object.values(value).every((part) => typeof part === 'string' || part instanceof Code);
  if (field === 'resources' ? isMap : !isMap || Object.keys(value).length === 0) return undefined;
  return `${wordOf(field)} ${canonical(value)}`;
}

/** A text that is the same for mappings that say the same, whatever the order of their fields. */
function canonical(value: unknown): string {
  if (value instanceof Code) return value.text;
  if (!isFields(value)) return JSON.stringify(value);
  const fields = Object.keys(value).sort();
  return `{${fields.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join()}}`;
}

function isPlain(value: Fields): boolean {
  return !hasComments(value) && Object.values(value).every((part) => !isFields(part) || isPlain(part));
}

function collect(value: unknown, found: Map<string, Found>, field?: string): void {
  const key = sharedKey(field, value);
  if (key !== undefined) {
    const known = found.get(key);
    if (known) known.count++;
    else found.set(key, { field: field as string, value, count: 1 });
    return;
  }
  if (Array.isArray(value)) for (const item of value) collect(item, found);
  else if (isFields(value)) for (const name of Object.keys(value)) collect(value[name], found, name);
}

/** What a value is about, for a name: an image's last word, the first of an address, the value of the first label. */
function subjectOf(value: unknown): string {
  if (typeof value === 'string') return (value.split('/').at(-1) ?? '').replace(/[:@].*$/, '').split('.')[0] ?? '';
  const values = isFields(value) ? Object.values(value).filter((part) => typeof part === 'string') : [];
  return values[0] ?? '';
}
