// Turns a model into TypeScript. json-schema-to-typescript would print the interfaces too, but it names types by number
// where they meet (Spec1, Spec2), knows nothing of int-or-strings, versions and classes, and brings prettier and twenty
// more packages to each installation; what is left to print by ourselves is this file.
import type { ClassModel, Doc, FieldModel, InterfaceModel, ModuleModel } from './model';

/** A module's text; ends in a line break. */
export function printModule(module: ModuleModel): string {
  const interfaces = module.interfaces.map(printInterface);
  const header = module.header.map((line) => `// ${oneLine(line)}`.trimEnd());
  if (interfaces.some((text) => /\bany\b/.test(text.replace(/\/\*\*[\s\S]*?\*\//g, '')))) header.push(OPEN);
  return [header.join('\n'), module.statements.join('\n'), ...module.classes.map(printClass), ...interfaces]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

const OPEN = '// biome-ignore-all lint/suspicious/noExplicitAny: some values are left open by their schemas';

/** A comment to the end of its line; names in it can be anything. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, ' ');
}

/** What formatters break a line at; they are to leave the module as it is. */
const COLUMNS = 120;

function printClass({ name, props, needsProps, apiVersion, kind, scope, doc }: ClassModel): string {
  const parameter = needsProps ? `props: ${props}` : `props: ${props} = {}`;
  const scopeArgument = scope === 'Namespaced' ? '' : `, '${scope}'`;
  const gvk = [`apiVersion: ${quote(apiVersion)}`, `kind: ${quote(kind)}`];
  return `${printDoc(doc, '')}export class ${name} extends KubeObject {
${wrapped('  static readonly GVK: GroupVersionKind = { ', gvk, ' };', '  static readonly GVK: GroupVersionKind = {', '  };')}

  /** The object as data, for places that take a whole object. */
${signature('static manifest', [parameter], `: ${props} & GroupVersionKind`)}
    return manifest(${name}.GVK, props);
  }

${signature('constructor', ['scope: Construct', 'id: string', parameter], '')}
    super(scope, id, ${name}.GVK, props${scopeArgument});
  }
}`;
}

function signature(name: string, parameters: readonly string[], result: string): string {
  return wrapped(`  ${name}(`, parameters, `)${result} {`, `  ${name}(`, `  )${result} {`);
}

/** Parts on one line where they fit, else a line each. */
function wrapped(start: string, parts: readonly string[], end: string, open: string, close: string): string {
  const flat = `${start}${parts.join(', ')}${end}`;
  return flat.length <= COLUMNS ? flat : `${open}\n${parts.map((part) => `    ${part},\n`).join('')}${close}`;
}

function printInterface({ name, doc, fields, others }: InterfaceModel): string {
  const lines = fields.map(printField);
  if (others !== undefined) lines.push(`  readonly [field: string]: ${others};\n`);
  return `${printDoc(doc, '')}export interface ${name} {\n${lines.join('')}}`;
}

function printField({ name, type, required, doc }: FieldModel): string {
  const head = `${printDoc(doc, '  ')}  readonly ${propertyName(name)}${required ? '' : '?'}:`;
  const line = ` readonly ${propertyName(name)}${required ? '' : '?'}: ${type};`;
  return line.length < COLUMNS ? `${head} ${type};\n` : `${head}${longType(type)};\n`;
}

/** A type that is too long for a line, as formatters break it. */
function longType(type: string): string {
  const map = /^\{ (readonly \[key: string\]: .*) \}$/.exec(type)?.[1];
  if (map !== undefined) return ` {\n    ${map};\n  }`;
  const list = /^readonly \(([^(){}]*)\)\[\]$/.exec(type)?.[1];
  if (list !== undefined) return ` readonly (\n${unionLines(list)}\n  )[]`;
  return /[<{(]/.test(type) || !type.includes(' | ') ? ` ${type}` : `\n${unionLines(type)}`;
}

function unionLines(union: string): string {
  return union
    .split(' | ')
    .map((member) => `    | ${member}`)
    .join('\n');
}

/** A property's name as source text; what is not plainly an identifier is quoted. */
export function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) && name !== '__proto__' ? name : quote(name);
}

/** A text as a TypeScript string literal, safe for any text. */
export function quote(text: string): string {
  const json = JSON.stringify(text).replace(/[\u007f-\uffff]/g, codeUnit);
  return json.includes("'") || json.includes('\\"') ? json : `'${json.slice(1, -1)}'`;
}

function codeUnit(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A documentation comment with its line break; '' where there is nothing to say. The text can be anything. */
function printDoc({ text, since, defaultValue }: Doc, indent: string): string {
  const lines = text === undefined ? [] : proseLines(text);
  const tags: string[] = [];
  if (/^deprecated:/im.test(text ?? '')) tags.push('@deprecated');
  if (defaultValue !== undefined) tags.push(`@default ${inComment(defaultValue)}`);
  if (since !== undefined) tags.push(`@since ${since}`);
  if (lines.length > 0 && tags.length > 0) lines.push('');
  lines.push(...tags);
  if (lines.length === 0) return '';
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join('\n')}\n${indent} */\n`;
}

function proseLines(text: string): string[] {
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/).map((line) => inComment(line).trimEnd());
  while (lines[0] === '') lines.shift();
  while (lines.at(-1) === '') lines.pop();
  return lines;
}

/** A line that cannot end the comment, begin a tag (`@internal` would take a type away) or hide characters. */
function inComment(line: string): string {
  return line
    .replace(/\*\//g, '*\\/')
    .replace(/^(\s*)@/, '$1\\@')
    .replace(/(?!\t)[\p{Cc}\p{Bidi_Control}\ufeff]/gu, ' ');
}
