// The import statements of a module of a cdk8s program, and what becomes of them.
import type { Edit } from './props';
import { codeOf } from './scan';

/** Where generated classes come from: cdk8s-plus, or the output of `cdk8s import k8s`. */
export const L1_MODULE = /^cdk8s-plus-\d+$|(?:^|\/)imports\/k8s(?:\.js)?$/;

/** cdk8s-plus, of any version. */
export const PLUS = /^cdk8s-plus-\d+$/;

/** An import statement. */
export interface ImportStatement {
  readonly start: number;
  readonly end: number;
  readonly module: string;
  /** `* as k8s`. @default - names are imported */
  readonly namespace?: string;
  /** `{ k8s, KubePod as Pod }`, as they are written. */
  readonly names: readonly { readonly name: string; readonly local: string; readonly text: string }[];
}

/** The imports of a module. */
export function importsOf(source: string, code: string): ImportStatement[] {
  const pattern = /^import\s+(type\s+)?([\s\S]*?)\s+from\s+(['"])([^'"\n]+)\3;?[ \t]*\n?/gm;
  return [...source.matchAll(pattern)].flatMap((match) => {
    const start = match.index;
    // One in a comment or a string is none, and types alone need no class.
    if (!code.startsWith('import', start) || match[1] !== undefined) return [];
    const clause = match[2] ?? '';
    const namespace = /^\*\s+as\s+(\w+)$/.exec(clause)?.[1];
    const list = /^\{([\s\S]*)\}$/.exec(clause)?.[1] ?? '';
    const names = list
      .split(',')
      .map((text) => text.trim())
      .filter(Boolean)
      .map((text) => {
        const [name = '', local = name] = text.replace(/^type\s+/, '').split(/\s+as\s+/);
        return { name, local, text };
      });
    const end = start + match[0].length;
    return [{ start, end, module: match[4] as string, names, ...(namespace !== undefined && { namespace }) }];
  });
}

/** What stands before a generated class: `k8s.`, `kplus.k8s.`. */
export function prefixesOf({ module, namespace, names }: ImportStatement): string[] {
  const isPlus = PLUS.test(module);
  if (namespace !== undefined) return [isPlus ? `${namespace}.k8s.` : `${namespace}.`];
  return isPlus ? names.filter(({ name }) => name === 'k8s').map(({ local }) => `${local}.`) : [];
}

/** Imports converted classes from podwright/k8s, and no more of the old ones than is still used. */
export function importEdits(
  source: string,
  edits: readonly Edit[],
  statements: readonly ImportStatement[],
  classes: readonly string[],
): Edit[] {
  const last = statements.at(-1);
  if (classes.length === 0 || !last) return [];
  const blank = statements.map(({ start, end }) => ({ start, end, text: '' }));
  const rest = codeOf(applied(source, [...edits, ...blank]));
  const isUsed = (local: string) => new RegExp(`\\b${local}\\b`).test(rest) && !classes.includes(local);
  const old = statements.map(({ start, end, module, namespace, names }): Edit => {
    if (namespace !== undefined) return { start, end, text: isUsed(namespace) ? source.slice(start, end) : '' };
    const kept = names.filter(({ name, local }) => (PLUS.test(module) && name !== 'k8s') || isUsed(local));
    const list = kept.map(({ text }) => text).join(', ');
    return { start, end, text: kept.length > 0 ? `import { ${list} } from '${module}';\n` : '' };
  });
  const text = `import { ${classes.join(', ')} } from 'podwright/k8s';\n`;
  return [...old, { start: last.end, end: last.end, text }];
}

/** A stock program's App becomes podwright's, by its import alone. */
export function appEdits(code: string, statements: readonly ImportStatement[]): Edit[] {
  const statement = statements.find(
    ({ module, names }) => module === 'cdk8s' && names.some(({ text }) => text === 'App'),
  );
  if (!statement || !/\bnew\s+App\s*\(/.test(code)) return [];
  const others = statement.names.filter(({ text }) => text !== 'App').map(({ text }) => text);
  const kept = others.length > 0 ? `import { ${others.join(', ')} } from 'cdk8s';\n` : '';
  return [{ start: statement.start, end: statement.end, text: `${kept}import { App } from 'podwright';\n` }];
}

/** A source with edits made; none of them overlap. */
export function applied(source: string, edits: readonly Edit[]): string {
  let text = source;
  for (const { start, end, text: own } of [...edits].sort((a, b) => b.start - a.start || b.end - a.end)) {
    text = text.slice(0, start) + own + text.slice(end);
  }
  return text;
}
