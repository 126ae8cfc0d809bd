// The programs that scripts/places.mjs puts faults into: this repository's own, those of its pages, and a few in the
// styles of many hands.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Each `{ style, name, main, files }`, `share` being its part of the faults where it is not 1. */
export function programs(root) {
  const folder = join(root, 'scripts', 'places', 'programs');
  const styles = readdirSync(folder).map((style) => {
    const files = filesOf(join(folder, style));
    return { style, name: style, main: files.has('main.js') ? 'main.js' : 'main.ts', files };
  });
  const own = new Map([['main.ts', readFileSync(join(root, 'main.ts'), 'utf8')]]);
  for (const part of ['charts', 'constructs']) {
    for (const [file, text] of filesOf(join(root, part))) own.set(`${part}/${file}`, text);
  }
  return [
    ...styles,
    { style: 'repository', name: 'repository', main: 'main.ts', files: own, share: 2 },
    ...snippets(root),
  ];
}

function filesOf(folder) {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !/__tests__/.test(name))
    .sort();
  return new Map(
    names
      .filter((name) => statSync(join(folder, name)).isFile())
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}

/** The snippets of the constructs' pages, each a program of its own. */
function snippets(root) {
  const folder = join(root, 'docs', 'constructs');
  const pages = readdirSync(folder)
    .filter((page) => page.endsWith('.md') && page !== 'counter-pod.md')
    .sort();
  return pages.flatMap((page) => {
    let imports = '';
    const blocks = [...readFileSync(join(folder, page), 'utf8').matchAll(/^```ts\n(.*?)^```$/gms)].map(
      ([, code]) => code,
    );
    return blocks.flatMap((code, index) => {
      const own = code.match(/^import .*;$/gm)?.join(' ');
      const missing = own ? '' : imports;
      imports = own ?? imports;
      if (/\b(test|expect|Testing|App)\b/.test(code)) return [];
      // One line before the snippet, which holds nothing to make faulty.
      const chart = /\bchart =/.test(code)
        ? ''
        : "import { App as App_ } from 'podwright'; import { Chart as Chart_ } from 'cdk8s'; const app_ = new App_(); const chart = new Chart_(app_, 'page');";
      if (!chart) return [];
      const text = `${missing} ${chart}\n${code}\napp_.synth();\n`;
      return [
        {
          style: 'pages',
          name: `${page}#${index + 1}`,
          main: 'main.ts',
          files: new Map([['main.ts', text]]),
          share: 0.25,
        },
      ];
    });
  });
}
