// Names of files, classes and variables, made from the names of objects.

/** A text as part of a file's name: lower case, with dashes between its words; '' where nothing is left of it. */
export function dashed(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
}

/** A text as a class's name: `model-server` is `ModelServer`. */
export function pascal(text: string): string {
  return text
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** A text as a variable's name: `model-server` is `modelServer`, `CSIDriver` is `csiDriver`; '' where none is left. */
export function camel(text: string): string {
  const words = pascal(text).replace(/^\d+/, '');
  return words.replace(/^[A-Z]+(?=[A-Z][a-z]|$|\d)|^[A-Z]/, (start) => start.toLowerCase());
}

/** A name that is not taken yet, and is now: `name`, else the first of name-2, name-3 ... that is free. */
export function unique(name: string, taken: Set<string>, divider = '-'): string {
  let free = name;
  for (let count = 2; taken.has(free); count++) free = `${name}${divider}${count}`;
  taken.add(free);
  return free;
}

const RESERVED = new Set(
  `arguments await break case catch class const continue debugger default delete do else enum eval export extends false
  finally for function if implements import in instanceof interface let new null package private protected public return
  static super switch this throw true try typeof undefined var void while with yield app chart id props scope`.split(
    /\s+/,
  ),
);

/** Whether a text may name a variable of a chart's constructor. */
export function isFree(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name) && !RESERVED.has(name);
}
