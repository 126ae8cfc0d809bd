// Turns a model into TypeScript. json-schema-to-typescript would print the interfaces too, but it names types by number
// where they meet (Spec1, Spec2), knows nothing of int-or-strings, versions and classes, and brings prettier and twenty
// more packages to each installation; what is left to print by ourselves is this file.
import type { ClassModel, Doc, FieldModel, InterfaceModel, ModuleModel } from './model';

/** A module's text; ends in a line break. */
export function printModule(module: ModuleModel): string {
  return [
    module.header.map((line) => `// ${oneLine(line)}`.trimEnd()).join('\n'),
    module.statements.join('\n'),
    ...module.classes.map(printClass),
    ...module.interfaces.map(printInterface),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

/** A comment to the end of its line; names in it can be anything. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, ' ');
}

function printClass({ name, props, needsProps, apiVersion, kind, scope, doc }: ClassModel): string {
  const parameter = needsProps ? `props: ${props}` : `props: ${props} = {}`;
  const scopeArgument = scope === 'Namespaced' ? '' : `, '${scope}'`;
  return `${printDoc(doc, '')}export class ${name} extends KubeObject {
  static readonly GVK: GroupVersionKind = { apiVersion: ${quote(apiVersion)}, kind: ${quote(kind)} };

  /** The object as data, for places that take a whole object. */
  static manifest(${parameter}): ${props} & GroupVersionKind {
    return manifest(${name}.GVK, props);
  }

  constructor(scope: Construct, id: string, ${parameter}) {
    super(scope, id, ${name}.GVK, props${scopeArgument});
  }
}`;
}

function printInterface({ name, doc, fields, others }: InterfaceModel): string {
  const lines = fields.map(printField);
  if (others !== undefined) lines.push(`  readonly [field: string]: ${others};\n`);
  return `${printDoc(doc, '')}export interface ${name} {\n${lines.join('')}}`;
}

function printField({ name, type, required, doc }: FieldModel): string {
  return `${printDoc(doc, '  ')}  readonly ${propertyName(name)}${required ? '' : '?'}: ${type};\n`;
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
