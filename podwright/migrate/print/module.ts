// Import statements, in the order that Biome and others sort them in.

/** What a module takes from others, collected while it is printed. */
export class Imports {
  private readonly modules = new Map<string, Map<string, boolean>>();

  /** @param isType whether only its type is used */
  add(module: string, name: string, isType = false): void {
    const names = this.modules.get(module) ?? new Map<string, boolean>();
    names.set(name, isType && names.get(name) !== false);
    this.modules.set(module, names);
  }

  /** The statements, a line each or more; '' where nothing is imported. */
  text(): string {
    const modules = [...this.modules].sort(([a], [b]) => distance(a) - distance(b) || natural(a, b));
    return modules.map(([module, names]) => statement(module, names)).join('');
  }
}

function statement(module: string, names: ReadonlyMap<string, boolean>): string {
  const sorted = [...names].sort(([a], [b]) => natural(a, b));
  const isType = sorted.every(([, type]) => type);
  const words = sorted.map(([name, type]) => (type && !isType ? `type ${name}` : name));
  const head = isType ? 'import type' : 'import';
  const line = `${head} { ${words.join(', ')} } from '${module}';\n`;
  return line.length <= 121 ? line : `${head} {\n${words.map((word) => `  ${word},\n`).join('')}} from '${module}';\n`;
}

/** Packages come first, then what is further away. */
function distance(module: string): number {
  return module.startsWith('../') ? 1 : module.startsWith('./') ? 2 : 0;
}

/** Numbers by their value, letters without their case, and capitals first where that leaves nothing. */
export function natural(a: string, b: string): number {
  const [left, right] = [a.match(/\d+|\D/g) ?? [], b.match(/\d+|\D/g) ?? []];
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const [one, other] = [left[index] as string, right[index] as string];
    if (one === other) continue;
    if (/\d/.test(one) && /\d/.test(other)) return Number(one) - Number(other);
    const [small, large] = [one.toLowerCase(), other.toLowerCase()];
    if (small !== large) return small < large ? -1 : 1;
    return one < other ? -1 : 1;
  }
  return left.length - right.length;
}
