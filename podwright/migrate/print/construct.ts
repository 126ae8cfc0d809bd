// The module of a class of the program's own.
import { readable } from '../compose';
import type { OwnClass } from '../shapes';
import { shareIn } from '../shared';
import { hasCall } from './chart';
import { Imports } from './module';
import { width } from './text';
import { brokenText, COLUMNS, flatText, valueText } from './value';

const INDENT = '    ';

/** The text of the module. */
export function constructText({ className, base, props, fields, count }: OwnClass): string {
  const taken = new Set(['scope', 'id', 'props', ...props.map(({ name }) => name)]);
  const { values, shared } = shareIn([fields], taken);
  const own = readable(values[0] as typeof fields, base.module);
  const imports = new Imports();
  imports.add('constructs', 'Construct', true);
  imports.add(base.module, base.className);
  if (hasCall(own)) imports.add('podwright', 'Env');
  const kind = base.className.replace(/^Kube/, '');
  const parameter = props.length === 0 ? '' : `, props: ${className}Props`;
  const constants = shared.map(({ variable, value }) => {
    const start = `${INDENT}const ${variable} = `;
    return `${start}${valueText(value, INDENT, start.length, 1)};\n`;
  });
  return `${imports.text()}
${propsText(className, props)}/** ${/^[AEIO]/.test(kind) ? 'An' : 'A'} ${kind}, as ${count} objects have it. */
export class ${className} extends ${base.className} {
  constructor(scope: Construct, id: string${parameter}) {
${destructuring(props.map(({ name }) => name))}${constants.join('')}${superText(own)}
  }
}
`;
}

function propsText(className: string, props: OwnClass['props']): string {
  if (props.length === 0) return '';
  const fields = props.map(({ name, type }) => `  readonly ${name}: ${type};\n`);
  return `/** Options of a {@link ${className}}. */\nexport interface ${className}Props {\n${fields.join('')}}\n\n`;
}

function destructuring(names: readonly string[]): string {
  if (names.length === 0) return '';
  const flat = `${INDENT}const { ${names.join(', ')} } = props;\n`;
  if (width(flat) <= COLUMNS + 1) return flat;
  return `${INDENT}const {\n${names.map((name) => `${INDENT}  ${name},\n`).join('')}${INDENT}} = props;\n`;
}

function superText(fields: OwnClass['fields']): string {
  const start = `${INDENT}super(scope, id, `;
  const flat = flatText(fields);
  if (flat !== undefined && width(start + flat) + 2 <= COLUMNS) return `${start}${flat});`;
  return `${start}${brokenText(fields, INDENT)});`;
}
