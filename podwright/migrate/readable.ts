// Values as a person would write them: the order of fields where a machine has sorted them, and modes of files.
import { Code, type Fields, isFields } from './code';
import { carry, mapTree } from './comments';

/** What comes first in an item of a list, and in a container. */
const FIRST = ['name', 'image', 'command', 'args'];

/** Props whose items of lists begin with their names. */
export function inOrder(props: Fields): Fields {
  return mapTree(props, (value, steps) => {
    if (typeof steps.at(-1) !== 'number' || !isFields(value) || !('name' in value)) return value;
    if (Object.keys(value)[0] === 'name' || !isSorted(Object.keys(value))) return value;
    const first = FIRST.filter((name) => name in value).map((name) => [name, value[name]] as const);
    const rest = Object.entries(value).filter(([name]) => !FIRST.includes(name));
    return inner(carry(Object.fromEntries([...first, ...rest]), value));
  }) as Fields;
}

/** Fields that hold a file's mode, which people read in octal. */
const MODES = new Set(['defaultMode', 'mode']);

/** Props whose modes of files are in octal. */
export function withModes(props: Fields): Fields {
  return mapTree(props, (value, steps) => {
    const isMode = MODES.has(String(steps.at(-1))) && typeof value === 'number' && value > 7 && value <= 0o7777;
    return isMode && Number.isInteger(value) ? new Code(`0o${value.toString(8)}`) : value;
  }) as Fields;
}

/** What is in a mapping whose own order is settled. */
function inner(fields: Fields): Fields {
  return carry(Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, inList(value)])), fields);
}

function inList(value: unknown): unknown {
  return (inOrder({ value }) as { value: unknown }).value;
}

function isSorted(names: readonly string[]): boolean {
  return names.every((name, index) => index === 0 || (names[index - 1] as string) <= name);
}
