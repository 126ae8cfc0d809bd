// The module of a chart.

import { Call, isFields } from '../code';
import type { ComposedChart, Statement } from '../compose';
import type { Any } from '../path';
import { Imports } from './module';
import { commentLines, keyText, literal, width } from './text';
import { brokenText, COLUMNS, flatText, valueText } from './value';

/** A chart's class, as the module that main.ts imports. */
export interface ChartModule extends ComposedChart {
  readonly className: string;
  /** What the class is, as its documentation says it. */
  readonly doc: string;
  /** The namespace's construct, which others ask for its name. @default - none */
  readonly exposed?: Statement;
}

/** The text of a chart's module. */
export function chartText(chart: ChartModule): string {
  const imports = new Imports();
  imports.add('cdk8s', 'Chart');
  imports.add('cdk8s', 'ChartProps', true);
  imports.add('constructs', 'Construct', true);
  const statements = chart.statements.map((statement) => {
    const isExposed = chart.exposed?.item === statement.item;
    return statementText(isExposed && chart.exposed ? chart.exposed : statement, chart, imports);
  });
  const { className, exposed } = chart;
  const field = exposed ? `  readonly ${exposed.variable}: ${exposed.className};\n\n` : '';
  const body = spaced([...chart.constants.map(constantText), ...statements]);
  return `${imports.text()}
${propsText(chart)}/** ${docText(chart.doc)} */
export class ${className} extends Chart {
${field}  constructor(scope: Construct, id: string, props: ${propsName(chart)} = {}) {
${superText(chart)}${body}  }
}
`;
}

const INDENT = '    ';

function propsName({ props, className }: ChartModule): string {
  return props.length === 0 ? 'ChartProps' : `${className}Props`;
}

function propsText(chart: ChartModule): string {
  if (chart.props.length === 0) return '';
  const fields = chart.props.map(({ variable, value, doc }) => {
    const tag = `@default ${docText(literal(value))}`;
    const text = doc === undefined ? `  /** ${tag} */` : `  /**\n   * ${docText(doc)}\n   * ${tag}\n   */`;
    return `${text}\n  readonly ${variable}?: string;\n`;
  });
  return `/** Options of a {@link ${chart.className}}. */
export interface ${propsName(chart)} extends ChartProps {
${fields.join('\n')}}

`;
}

/** The call of the base class, with what the chart says for all of its objects. */
function superText({ props, context }: ChartModule): string {
  const hasLabels = Object.keys(context.labels).length > 0;
  const own = props.map(({ variable, value }) => `${variable} = ${literal(value)}`);
  if (!hasLabels && own.length === 0) return `${INDENT}super(scope, id, props);\n`;
  const names = [...(hasLabels ? ['labels'] : []), ...own];
  const flat = `${INDENT}const { ${names.join(', ')}, ...chart } = props;\n`;
  const broken = `${INDENT}const {\n${names.map(inner).join('')}${INDENT}  ...chart\n${INDENT}} = props;\n`;
  return `${width(flat) <= COLUMNS + 1 ? flat : broken}${superCall(context.labels)}`;
}

function superCall(labels: { readonly [name: string]: string }): string {
  const fields = Object.entries(labels).map(([name, value]) => `${keyText(name)}: ${literal(value)}`);
  if (fields.length === 0) return `${INDENT}super(scope, id, chart);\n`;
  const flat = `labels: { ${[...fields, '...labels'].join(', ')} }`;
  const call = `${INDENT}super(scope, id, { ...chart, ${flat} });\n`;
  if (width(call) <= COLUMNS + 1) return call;
  const lines = [...fields, '...labels'].map((field) => `${INDENT}    ${field},\n`).join('');
  const own = width(flat) + INDENT.length + 3 <= COLUMNS ? flat : `labels: {\n${lines}${INDENT}  }`;
  return `${INDENT}super(scope, id, {\n${inner('...chart')}${inner(own)}${INDENT}});\n`;
}

function inner(text: string): string {
  return `${INDENT}  ${text},\n`;
}

function constantText({ variable, value }: { readonly variable: string; readonly value: unknown }): string {
  const start = `${INDENT}const ${variable} = `;
  return `${start}${valueText(value, INDENT, start.length, 1)};\n`;
}

function statementText(statement: Statement, { exposed }: ChartModule, imports: Imports): string {
  const { item, className, module, props, variable } = statement;
  imports.add(module, className);
  if (item.after !== undefined) imports.add('cdk8s', 'JsonPatch');
  if (hasCall(props)) imports.add('podwright', 'Env');
  const comments = commentLines(item.comments).map((line) => `${INDENT}${line}\n`);
  const isExposed = statement === exposed;
  const isUsed = variable !== undefined && !isExposed;
  const start = isExposed ? `this.${variable} = ` : isUsed ? `const ${variable} = ` : '';
  return `${comments.join('')}${callText(`${INDENT}${start}new ${className}(`, item.id, props, item.after ?? '')}\n`;
}

/** A call whose last argument begins where the others end, as long as they fit in one line. */
function callText(start: string, id: string, props: Any, after: string): string {
  const args = ['this', literal(id)];
  if (Object.keys(props).length === 0) {
    const flat = `${start}${args.join(', ')})${after};`;
    return width(flat) <= COLUMNS ? flat : `${start}\n${args.map(inner).join('')}${INDENT})${after};`;
  }
  const flat = flatText(props);
  const line = flat === undefined ? undefined : `${start}${args.join(', ')}, ${flat})${after};`;
  if (line !== undefined && width(line) <= COLUMNS) return line;
  const head = `${start}${args.join(', ')}, `;
  if (width(head) + 1 <= COLUMNS) return `${head}${brokenText(props, INDENT)})${after};`;
  const last = valueText(props, `${INDENT}  `, INDENT.length + 2, 1);
  return `${start}\n${[...args, last].map(inner).join('')}${INDENT})${after};`;
}

/** Whether a value has calls in it. */
export function hasCall(value: unknown): boolean {
  if (value instanceof Call) return true;
  if (Array.isArray(value)) return value.some(hasCall);
  return isFields(value) && Object.values(value).some(hasCall);
}

/** Statements with an empty line around those that are longer than one. */
function spaced(statements: readonly string[]): string {
  return statements
    .map((text, index) => {
      const before = statements[index - 1];
      const isApart = before === undefined || isLong(before) || isLong(text);
      return index > 0 && isApart ? `\n${text}` : text;
    })
    .join('');
}

function isLong(text: string): boolean {
  return text.split('\n').length > 2;
}

/** A text within a documentation comment. */
function docText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ').replaceAll('*/', '*\\/');
}
