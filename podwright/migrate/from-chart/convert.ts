// A module of a stock cdk8s program with its generated classes of the Kubernetes API replaced by podwright's, where that
// changes no object.

import { kindOf } from '../../api/definitions';
import * as k8s from '../../api/k8s';
import { type Edit, type L1Names, rewriteProps, Unsafe } from './props';
import { closing, codeOf, expressionEnd, skipBlanks } from './scan';

/** What was left as it was, and why. */
export interface Left {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

/** A converted module. */
export interface Converted {
  readonly text: string;
  /** How many objects have podwright's class now. */
  readonly converted: number;
  readonly left: readonly Left[];
}

/** Where generated classes come from: cdk8s-plus, or the output of `cdk8s import k8s`. */
const L1_MODULE = /^cdk8s-plus-\d+$|(?:^|\/)imports\/k8s(?:\.js)?$/;

const PLUS = /^cdk8s-plus-\d+$/;

interface ImportStatement {
  readonly start: number;
  readonly end: number;
  readonly module: string;
  /** `* as k8s`. @default - names are imported */
  readonly namespace?: string;
  /** `{ k8s, KubePod as Pod }`, as they are written. */
  readonly names: readonly { readonly name: string; readonly local: string; readonly text: string }[];
}

interface Use {
  readonly start: number;
  /** The name of the class, and how it is written. */
  readonly className: string;
  readonly written: string;
  readonly open: number;
}

/** Converts one module; a module without generated classes is as it was, but for the import of App. */
export function convertModule(source: string): Converted {
  const code = codeOf(source);
  const statements = importsOf(source, code);
  const generated = statements.filter(({ module }) => L1_MODULE.test(module));
  const prefixes = generated.flatMap(prefixesOf);
  const named = generated.flatMap(({ module, names }) => (PLUS.test(module) ? [] : names));
  const l1 = l1Names(
    prefixes,
    named.map(({ local }) => local),
  );
  const left: Left[] = [];
  const leave = (offset: number, message: string) => left.push({ line: lineAt(source, offset), message });
  const uses = usesOf(code, prefixes, named);
  const done = new Map<Use, readonly Edit[]>();
  for (const use of uses) {
    try {
      done.set(use, editsOf(source, code, use, l1));
    } catch (error) {
      if (!(error instanceof Unsafe)) throw error;
      leave(error.offset, `${use.className} stays cdk8s's: ${error.message}`);
    }
  }
  for (const use of withoutTwins(uses, done, named)) {
    leave(use.start, `${use.className} stays cdk8s's: another of its class does, under the same name`);
  }
  for (const { offset, text } of otherUses(code, prefixes, named, uses)) leave(offset, `${text} stays cdk8s's`);
  const edits = [...done].flatMap(([{ start, written, className }, own]) => [
    ...own,
    { start, end: start + written.length, text: className },
  ]);
  const classes = [...new Set([...done.keys()].map(({ className }) => className))].sort();
  const all = [...edits, ...importEdits(source, edits, generated, classes), ...appEdits(code, statements)];
  return { text: applied(source, all), converted: done.size, left: left.sort((one, other) => one.line - other.line) };
}

/** Takes back what cannot stand beside a class of the same name that stays. */
function withoutTwins(
  uses: readonly Use[],
  done: Map<Use, readonly Edit[]>,
  named: readonly { readonly local: string }[],
): Use[] {
  const stays = new Set(uses.filter((use) => !done.has(use)).map(({ written }) => written));
  const twins = [...done.keys()].filter(
    ({ written }) => stays.has(written) && named.some(({ local }) => local === written),
  );
  for (const use of twins) done.delete(use);
  return twins;
}

function importsOf(source: string, code: string): ImportStatement[] {
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
function prefixesOf({ module, namespace, names }: ImportStatement): string[] {
  const isPlus = PLUS.test(module);
  if (namespace !== undefined) return [isPlus ? `${namespace}.k8s.` : `${namespace}.`];
  return isPlus ? names.filter(({ name }) => name === 'k8s').map(({ local }) => `${local}.`) : [];
}

function escapeAll(texts: readonly string[]): string {
  return texts.map((text) => text.replace(/[.$]/g, '\\$&')).join('|');
}

function l1Names(prefixes: readonly string[], locals: readonly string[]): L1Names {
  const all = [
    ...prefixes.map((prefix) => `\\b${escapeAll([prefix])}\\w+`),
    ...locals.map((local) => `\\b${local}\\b`),
  ];
  const before = prefixes.length > 0 ? `(?:${escapeAll(prefixes)})?` : '';
  return {
    any: all.length > 0 ? new RegExp(all.join('|')) : /(?!)/,
    wrapped: new RegExp(`^${before}(?:Quantity|IntOrString)\\.from(?:String|Number)\\(([\\s\\S]*)\\)$`),
  };
}

/** Each `new KubeX(`. */
function usesOf(code: string, prefixes: readonly string[], named: readonly { name: string; local: string }[]): Use[] {
  const locals = new Map(named.map(({ name, local }) => [local, name]));
  const before = prefixes.length > 0 ? `(?:${escapeAll(prefixes)})?` : '';
  const uses = [...code.matchAll(new RegExp(`\\bnew\\s+(${before}\\w+)\\s*\\(`, 'g'))];
  return uses.flatMap((match) => {
    const written = match[1] as string;
    const prefix = prefixes.find((each) => written.startsWith(each));
    const className = prefix === undefined ? locals.get(written) : written.slice(prefix.length);
    if (className === undefined || !/^Kube[A-Z]/.test(className)) return [];
    const start = match.index + match[0].indexOf(written);
    return [{ start, className, written, open: match.index + match[0].length - 1 }];
  });
}

/** The edits that make an object one of podwright's class. @throws Unsafe */
function editsOf(source: string, code: string, { className, start, open }: Use, names: L1Names): Edit[] {
  const own = (k8s as { readonly [name: string]: unknown })[className] as
    | { readonly GVK?: { readonly apiVersion: string; readonly kind: string } }
    | undefined;
  const kind = own?.GVK && kindOf(own.GVK.apiVersion, own.GVK.kind);
  if (!kind) throw new Unsafe('podwright has no such class', start);
  const end = closing(source, open);
  const scope = expressionEnd(source, open + 1);
  const id = expressionEnd(source, scope + 1);
  const props = skipBlanks(source, id + 1);
  if (source[id] !== ',' || source[props] !== '{') {
    throw new Unsafe('its props are not written out, and its name is the path that cdk8s makes', start);
  }
  const rewritten = rewriteProps(source, props, kind.definition, names);
  const rest = skipBlanks(source, rewritten.end);
  if (skipBlanks(source, source[rest] === ',' ? rest + 1 : rest) !== end - 1) {
    throw new Unsafe('its props are more than a literal', rewritten.end);
  }
  if (!rewritten.metadata.has('name') && !rewritten.metadata.has('generateName')) {
    throw new Unsafe("its name is the path that cdk8s makes, podwright's is the id; say metadata.name first", start);
  }
  const variable = /(?:\b(?:const|let)\s+|\bthis\.)(\w+)(?:\s*:[^=;]+)?\s*=\s*new\s*$/.exec(code.slice(0, start))?.[1];
  const patched = variable !== undefined && new RegExp(`\\b${variable}\\.addJsonPatch\\b`).test(code);
  if (patched || /^\s*\.\s*addJsonPatch\b/.test(code.slice(end))) {
    throw new Unsafe("its patches have the paths of cdk8s's names", start);
  }
  return [...rewritten.edits];
}

/** Imports converted classes from podwright/k8s, and no more of the old ones than is still used. */
function importEdits(
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
function appEdits(code: string, statements: readonly ImportStatement[]): Edit[] {
  const statement = statements.find(
    ({ module, names }) => module === 'cdk8s' && names.some(({ text }) => text === 'App'),
  );
  if (!statement || !/\bnew\s+App\s*\(/.test(code)) return [];
  const others = statement.names.filter(({ text }) => text !== 'App').map(({ text }) => text);
  const kept = others.length > 0 ? `import { ${others.join(', ')} } from 'cdk8s';\n` : '';
  return [{ start: statement.start, end: statement.end, text: `${kept}import { App } from 'podwright';\n` }];
}

/** Uses of generated code other than by `new`: types, `manifest`, base classes. */
function otherUses(
  code: string,
  prefixes: readonly string[],
  named: readonly { name: string; local: string }[],
  uses: readonly Use[],
): { offset: number; text: string }[] {
  const kubes = named.filter(({ name }) => /^Kube[A-Z]/.test(name)).map(({ local }) => local);
  const patterns = [...prefixes.map((prefix) => `${escapeAll([prefix])}Kube\\w+`), ...kubes];
  if (patterns.length === 0) return [];
  const known = new Set(uses.map(({ start }) => start));
  const body = code.replace(/^import[\s\S]*?;$/gm, (statement) => statement.replace(/\S/g, ' '));
  return [...body.matchAll(new RegExp(`(?<![\\w.])(?:${patterns.join('|')})\\b`, 'g'))]
    .filter((match) => !known.has(match.index))
    .map((match) => ({ offset: match.index, text: match[0] }));
}

function applied(source: string, edits: readonly Edit[]): string {
  let text = source;
  for (const { start, end, text: own } of [...edits].sort((a, b) => b.start - a.start || b.end - a.end)) {
    text = text.slice(0, start) + own + text.slice(end);
  }
  return text;
}

function lineAt(source: string, offset: number): number {
  return source.slice(0, offset).split('\n').length;
}
