// The picture as one page that needs nothing beside it: styles, scripts and data are in it.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { escapeHtml } from '../escape-html';
import type { Graph } from './graph';

/** The page's own files; scripts in the order in which they need each other. */
const STYLES = ['colours', 'base', 'frame', 'outline', 'map', 'details', 'table'];
const SCRIPTS = [
  ...['model', 'lanes', 'bands', 'layout'],
  ...['dom', 'details', 'card', 'lines', 'beside', 'map'],
  ...['tree', 'table', 'filters', 'views', 'tools', 'main'],
];

/** For a browser. Nothing that an object is called is read as markup or run: the page's policy allows its own script alone. */
export function formatHtml(graph: Graph): string {
  const style = `\n${STYLES.map((name) => read(`${name}.css`)).join('')}`;
  const script = `\nconst modules = {};\n${SCRIPTS.map(scoped).join('')}`;
  const policy = [
    "default-src 'none'",
    `script-src ${hash(script)}`,
    `style-src ${hash(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const parts: { readonly [name: string]: string } = {
    title: escapeHtml(graph.label),
    policy: escapeHtml(policy),
    style,
    data: dataOf(graph),
    script,
  };
  return read('page.html').replace(/\{\{(\w+)\}\}/g, (whole, name: string) => parts[name] ?? whole);
}

function read(name: string): string {
  return readFileSync(join(__dirname, 'page', name), 'utf8');
}

/** A module of the page as a part of one script, with a scope of its own. */
function scoped(name: string): string {
  const text = read(`${name}.js`);
  const exported = [...text.matchAll(/^export (?:function|const) (\w+)/gm)].map(([, own]) => own);
  const body = text
    .replace(/^import (\{[^}]*\}) from '\.\/(\w+)\.js';$/gm, 'const $1 = modules.$2;')
    .replace(/^export /gm, '');
  return `modules.${name} = (() => {\n${body}return { ${exported.join(', ')} };\n})();\n`;
}

/** JSON that ends no script element, whatever is in it. */
function dataOf(graph: Graph): string {
  return JSON.stringify(graph).replaceAll('<', '\\u003c');
}

function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
