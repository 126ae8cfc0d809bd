// A module of a stock cdk8s program with its generated classes of the Kubernetes API replaced by podwright's, where that
// changes no object.

import { kindOf } from '../../api/definitions';
import * as k8s from '../../api/k8s';
import { appEdits, applied, importEdits, importsOf, L1_MODULE, PLUS, prefixesOf } from './imports';
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

function lineAt(source: string, offset: number): number {
  return source.slice(0, offset).split('\n').length;
}
