// Names for the props of a class that several objects share, and for the class.
import { type Fields, isFields } from './code';
import { camel, isFree, pascal } from './names';

/** What the value at some steps is called: by its field, or by the name beside it or above it. */
export function propName(props: Fields, steps: readonly (string | number)[]): string {
  const words = steps.filter((step): step is string => typeof step === 'string');
  const [above = '', own = ''] = words.length > 1 ? words.slice(-2) : ['', words[0]];
  const name = camel(wordFor(above, own, siblingName(props, steps)));
  return isFree(name) && name !== 'id' ? name : camel(`${above}-${own}-value`);
}

function wordFor(above: string, own: string, sibling: string | undefined): string {
  // A variable of a container is known by its name.
  if (own === 'value' && sibling !== undefined) return sibling.toLowerCase();
  if (own === 'name' && above === 'metadata') return own;
  if (own === 'name' && /Ref$/.test(above)) return above.replace(/(Key)?Ref$/, '');
  if (own === 'name' || own === 'key') return `${above.replace(/(KeyRef|Ref|Name|s)$/, '')}-${own}`;
  return own.split(/[/.]/).filter(Boolean).at(-1) ?? own;
}

/** The name that stands beside the value, in a list of things that have names. */
function siblingName(props: Fields, steps: readonly (string | number)[]): string | undefined {
  const beside = steps.slice(0, -1).reduce((value: unknown, step) => (value as Fields | undefined)?.[step], props);
  return isFields(beside) && typeof beside.name === 'string' ? beside.name : undefined;
}

/** What ids have in common, and the kind of the class that they share. */
export function ownName(ids: readonly string[], base: string): string {
  const words = ids.map((id) => id.split(/[^A-Za-z0-9]+/));
  const [first = []] = words;
  const common = first.find((word) => /^[A-Za-z]/.test(word) && words.every((each) => each.includes(word)));
  const kind = base.replace(/^Kube/, '');
  return `${common === undefined || pascal(common) === kind ? 'Common' : pascal(common)}${kind}`;
}
