import { type ParseArgsConfig, parseArgs } from 'node:util';
import { nearest } from '../report/nearest';
import { UsageError } from './command';

/** One option of a command, without its dashes. */
export interface OptionSpec {
  /** `string` takes a value, `boolean` none. */
  readonly type: 'string' | 'boolean';
  /** @default - it has no short form. */
  readonly short?: string;
  /** Whether it may be given more than once; its value is then a list. @default false */
  readonly multiple?: boolean;
}

/** The value that an option's specification gives it; undefined when it was not given. */
type OptionValue<S extends OptionSpec> = S extends { type: 'boolean' }
  ? boolean | undefined
  : S extends { multiple: true }
    ? readonly string[] | undefined
    : string | undefined;

/** What {@link readOptions} found. */
export interface ReadOptions<Specs extends Readonly<Record<string, OptionSpec>>> {
  readonly values: { readonly [Name in keyof Specs]: OptionValue<Specs[Name]> };
  /** The words that belong to no option, in their order; all words after `--`. */
  readonly words: readonly string[];
}

/**
 * Reads a command's options: `--name value`, `--name=value`, `-n value`, and `--` before words that start with a dash.
 *
 * @throws UsageError for an option that the command does not have (with the nearest one that it has), one without its
 * value, one with a value that takes none, and one that is given twice.
 */
export function readOptions<const Specs extends Readonly<Record<string, OptionSpec>>>(
  args: readonly string[],
  specs: Specs,
): ReadOptions<Specs> {
  const { tokens } = parseArgs({
    args: [...args],
    options: specs as ParseArgsConfig['options'],
    strict: false,
    tokens: true,
    allowPositionals: true,
  });
  const values: Record<string, string | boolean | string[]> = {};
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName, value } = token;
    const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
    if (!spec) throw new UsageError(`unknown option '${rawName}'${didYouMean(name, Object.keys(specs))}`);
    if (spec.type === 'boolean') {
      if (value !== undefined) throw new UsageError(`option '${rawName}' takes no value, got '${value}'`);
      values[name] = true;
      continue;
    }
    // An option in the place of the value is a value that was forgotten, unless it is written with '='.
    const missing = value === undefined || (!token.inlineValue && value.length > 1 && value.startsWith('-'));
    if (missing) throw new UsageError(`option '${rawName}' needs a value`);
    const given = values[name];
    if (spec.multiple) values[name] = [...(Array.isArray(given) ? given : []), value];
    else if (given !== undefined) throw new UsageError(`option '${rawName}' is given twice`);
    else values[name] = value;
  }
  return { values: values as ReadOptions<Specs>['values'], words };
}

/**
 * A value that an option takes, which is one of several.
 *
 * @throws UsageError for another
 */
export function oneOf<T extends string>(option: string, value: string, known: readonly T[]): T {
  const one = known.find((each) => each === value);
  if (one === undefined) {
    throw new UsageError(`option '--${option}': got ${JSON.stringify(value)}; expected ${known.join(', ')}`);
  }
  return one;
}

function didYouMean(name: string, names: readonly string[]): string {
  const near = nearest(name, names);
  return near ? `; did you mean '--${near}'?` : '';
}
