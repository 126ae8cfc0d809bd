import { createHash } from 'node:crypto';
import type { Graph } from '../graph';
import { formatHtml } from '../html';

const hostile = '</script><script>alert(1)</script>"\'&<!--{{style}}';
const graph: Graph = {
  label: hostile,
  nodes: [{ id: hostile, kind: hostile, name: hostile, findings: [] }],
  edges: [],
  tree: { label: hostile, path: '', children: [], objects: [hostile] },
  findings: [],
};

test('names end no element and begin none; the data is read as it was', () => {
  const page = formatHtml(graph);
  expect(page.match(/<\/?script/g)).toEqual(['<script', '</script', '<script', '</script']);
  expect(page).toContain(
    "<title>&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot;'&amp;&lt;!--{{style}}</title>",
  );
  const [, data = ''] = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(page) ?? [];
  expect(JSON.parse(data)).toEqual(graph);
});

test('the page loads nothing, and runs and styles nothing but its own, by their hashes', () => {
  const page = formatHtml(graph);
  const [, policy = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
  const text = (pattern: RegExp) => pattern.exec(page)?.[1] ?? '';
  const hash = (content: string) => `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
  expect(policy.replaceAll('&#39;', "'").split('; ')).toEqual([
    "default-src 'none'",
    `script-src ${hash(text(/<script type="module">(.*?)<\/script>/s))}`,
    `style-src ${hash(text(/<style>(.*?)<\/style>/s))}`,
    "base-uri 'none'",
    "form-action 'none'",
  ]);
  expect(page.match(/\b(src|href)="(?!#)[^"]*"|url\((?!#)|@import/g)).toBeNull();
});

test('its modules are one script that has no syntax of modules left, and is no error', () => {
  const [, script = ''] = /<script type="module">(.*?)<\/script>/s.exec(formatHtml(graph)) ?? [];
  expect(script).not.toMatch(/^(import|export) /m);
  expect(() => new Function(script)).not.toThrow();
});
