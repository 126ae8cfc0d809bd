import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import type { Graph } from '../podwright/report/graph/graph';
import { formatHtml } from '../podwright/report/graph/html';
import { chromiumProgram, startChromium } from './chromium';
import { changedGraph, environmentsGraph, largeGraph } from './graphs';

const program = chromiumProgram();
/** Without a browser each case is skipped by its name. */
const inBrowser = program ? test : test.skip;

const folder = mkdtempSync(join(tmpdir(), 'podwright-browser-'));
let browser: Browser;
let page: Page;
let faults: string[];

beforeAll(async () => {
  if (program) browser = await startChromium(program);
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(async () => {
  await page?.close();
  if (program) expect(faults).toEqual([]);
});

/** Opens a picture; whatever the page complains of, or asks another place for, is a fault. */
async function open(graph: Graph, { hash = '', dark = false } = {}): Promise<void> {
  const file = join(folder, 'graph.html');
  writeFileSync(file, formatHtml(graph));
  page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: dark ? 'dark' : 'light' });
  page.setDefaultTimeout(10_000);
  faults = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => faults.push(message.text()));
  page.on('dialog', (dialog) => faults.push(dialog.message()));
  page.on('request', (request) => {
    if (!request.url().startsWith('file:')) faults.push(request.url());
  });
  await page.goto(`${pathToFileURL(file)}${hash && `#${encodeURIComponent(hash)}`}`);
}

const card = (name: RegExp | string) => map().getByRole('button', { name });
const map = () => page.getByRole('tabpanel', { name: 'Map' });
const details = () => page.getByRole('complementary', { name: 'Selected object' });
const status = () => page.getByRole('status');
const search = () => page.getByRole('searchbox', { name: 'Search' });
/** The accessible names of what is found, as the browser's accessibility tree has them. */
async function names(locator: Locator): Promise<(string | null)[]> {
  return Promise.all((await locator.all()).map((one) => one.getAttribute('aria-label')));
}
const focused = () =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.id);

inBrowser('every object is a button that says what it is, what was found, and what changes', async () => {
  await open(changedGraph());
  expect((await names(map().locator('.card'))).sort()).toEqual([
    'ConfigMap api; namespace team-b; 1 key; new; 1 relation',
    'ConfigMap old; namespace team-a; gone; 0 relations',
    'ConfigMap web; namespace team-a; 1 key; 1 relation',
    'Deployment api; namespace team-b; busybox:1.37; 1 finding, error; new; 5 relations',
    'Deployment web; namespace team-a; busybox:1.37; rolling restart; 5 relations',
    'HorizontalPodAutoscaler api; namespace team-b; 1 to 3 replicas; new; 1 relation',
    'HorizontalPodAutoscaler web; namespace team-a; 1 to 3 replicas; 1 relation',
    'PersistentVolumeClaim api; namespace team-b; 1Gi; new; 1 relation',
    'PersistentVolumeClaim web; namespace team-a; 1Gi; 1 relation',
    'Service api; namespace team-b; 80; new; 1 relation',
    'Service lost; namespace team-a; 80; 1 finding, error; 0 relations',
    'Service web; namespace team-a; 80; 1 relation',
    'ServiceAccount runner; namespace team-a; 1 relation',
    'ServiceAccount runner; namespace team-b; not among the objects; 1 relation',
  ]);
});

inBrowser('the accessibility tree has landmarks, the tree, the views and the map, each with its name', async () => {
  await open(changedGraph());
  for (const [role, name] of [
    ['navigation', 'Files'],
    ['search', ''],
    ['main', 'Picture'],
    ['tree', 'Files'],
    ['tablist', 'Views'],
    ['tabpanel', 'Map'],
    ['group', /^Map of objects: arrow keys move/],
    ['group', 'Relations that are drawn'],
    ['combobox', 'Namespace'],
    ['region', 'team-a, 8 objects'],
  ] as const) {
    const found = name === '' ? page.getByRole(role) : page.getByRole(role, { name });
    expect([role, name, await found.count()]).toEqual([role, name, 1]);
  }
  expect(await page.getByRole('img').count()).toBe(0);
});

inBrowser("everything that can be focused has a name in the browser's own accessibility tree", async () => {
  await open(changedGraph(), { hash: 'Deployment team-a/web' });
  const session = await page.context().newCDPSession(page);
  for (const tab of ['Map', 'Objects', 'Relations']) {
    await page.getByRole('tab', { name: tab }).click();
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    const focusable = nodes.filter(
      ({ ignored, properties, role }) =>
        !ignored &&
        role?.value !== 'RootWebArea' &&
        properties?.some(({ name, value }) => name === 'focusable' && value.value === true),
    );
    expect(focusable.length).toBeGreaterThan(10);
    const nameless = focusable.filter(({ name }) => !name?.value).map(({ role }) => role?.value);
    expect({ tab, nameless }).toEqual({ tab, nameless: [] });
  }
});

inBrowser('search narrows the map, the tree and the tables, and says how much is left', async () => {
  await open(changedGraph());
  await search().fill('web deploy');
  expect(await map().locator('.card').count()).toBe(1);
  expect(await page.getByRole('treeitem', { name: /^Deployment/ }).count()).toBe(1);
  expect(await page.getByRole('treeitem', { name: /^Service/ }).count()).toBe(0);
  expect(await status().textContent()).toBe('1 of 14 objects shown');
  await page.getByRole('tab', { name: 'Objects' }).click();
  expect(await page.getByRole('row').count()).toBe(2);
  await search().fill('nothing of the kind');
  await page.getByRole('tab', { name: 'Map' }).click();
  expect(await map().textContent()).toContain('no object matches');
});

inBrowser(
  'findings and changes are chosen, told in full, and drawn with words and not with colours alone',
  async () => {
    await open(changedGraph());
    await page.getByRole('radio', { name: '2 findings' }).check();
    expect(await map().locator('.card').count()).toBe(2);
    await card(/^Service lost/).click();
    expect(await details().getByRole('heading', { level: 2 }).textContent()).toBe('lost');
    expect(await details().textContent()).toContain('selects no pod of the program');
    expect(await details().textContent()).toContain('start/selects-nothing');
    await page.getByRole('radio', { name: '7 changed' }).check();
    await card(/^Deployment web/).click();
    expect(
      await card(/^Deployment web/)
        .locator('.mark')
        .textContent(),
    ).toBe('↻ restart');
    expect(await details().textContent()).toContain('before: busybox:1.36');
    expect(await details().textContent()).toContain('after: busybox:1.37');
  },
);

inBrowser('the keyboard reaches everything: search, the map, an object, its relations, and back', async () => {
  await open(changedGraph());
  await page.keyboard.press('/');
  expect(await focused()).toBe('search');
  await page.keyboard.type('team-a web');
  await page.keyboard.press('Enter');
  expect(await focused()).toMatch(/^ServiceAccount runner|^\w+ web/);
  await page.keyboard.press('Escape');
  expect(await search().inputValue()).toBe('');

  await card(/^Service web/).focus();
  await page.keyboard.press('ArrowRight');
  expect(await focused()).toMatch(/^Deployment web/);
  await page.keyboard.press('ArrowRight');
  expect(await focused()).toMatch(/^(ConfigMap|PersistentVolumeClaim|ServiceAccount) (web|runner)/);
  await page.keyboard.press('ArrowLeft');
  expect(await focused()).toMatch(/^Deployment web/);
  await page.keyboard.press('Enter');
  expect(await details().isVisible()).toBe(true);
  expect(await status().textContent()).toMatch(/^Deployment web; namespace team-a; .*rolling restart/);
  expect(await card(/^Deployment web/).getAttribute('aria-current')).toBe('true');
  await details().getByRole('button', { name: 'ConfigMap web' }).press('Enter');
  expect(await details().getByRole('heading', { level: 2 }).textContent()).toBe('web');
  expect(await details().textContent()).toContain('uses env from this');
  await page.keyboard.press('Escape');
  expect(await details().isVisible()).toBe(false);
  expect(await focused()).toMatch(/^ConfigMap web/);
});

inBrowser('the order of the focus is that of reading, with one stop for the tree and one for the map', async () => {
  await open(changedGraph());
  const stops: string[] = [];
  for (let at = 0; at < 40; at++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return '';
      return (
        element.closest('header, nav, .toolbar, #legend, #map, aside')?.id ||
        element.closest('header, .toolbar')?.className ||
        element.tagName
      );
    });
    if (stop === '') break;
    if (stops.at(-1) !== stop) stops.push(stop);
  }
  expect(stops).toEqual(['A', 'INPUT', 'SELECT', 'INPUT', 'outline', 'toolbar', 'legend', 'map']);
});

inBrowser('the tree is walked as trees are', async () => {
  await open(changedGraph());
  await page.getByRole('treeitem').first().focus();
  const item = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  expect(await item()).toBe('dist/all.k8s.yaml');
  await page.keyboard.press('ArrowRight');
  expect(await item()).toMatch(/^ServiceAccount runner/);
  await page.keyboard.press('End');
  const last = await item();
  await page.keyboard.press('ArrowUp');
  expect(await item()).not.toBe(last);
  await page.keyboard.press('ArrowLeft');
  expect(await item()).toBe('dist/all.k8s.yaml');
  await page.keyboard.press('ArrowLeft');
  expect(await page.getByRole('treeitem').count()).toBe(1);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  expect(await details().getByRole('heading', { level: 2 }).textContent()).toBe('runner');
});

inBrowser('tables have the same objects and relations, and lead to the same details', async () => {
  const graph = changedGraph();
  await open(graph);
  await page.getByRole('tab', { name: 'Relations' }).click();
  const table = page.getByRole('table', { name: `${graph.edges.length} relations` });
  expect(await table.getByRole('row').count()).toBe(graph.edges.length + 1);
  expect(await table.getByRole('row', { name: 'Deployment web mounts PersistentVolumeClaim web' }).count()).toBe(1);
  await page.getByRole('tab', { name: 'Relations' }).press('ArrowLeft');
  const objects = page.getByRole('table', { name: `${graph.nodes.length} objects` });
  expect(await objects.getByRole('columnheader').allTextContents()).toEqual([
    'Kind',
    'Name',
    'Namespace',
    'Comes from',
    'Findings and change',
    'Relations',
  ]);
  await objects.getByRole('button', { name: 'lost' }).click();
  expect(await details().textContent()).toContain('selects no pod');
  await page.keyboard.press('Escape');
  expect(await details().isVisible()).toBe(false);
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('lost');
});

inBrowser('a link leads to its object, and a hostile name is text', async () => {
  const hostile = '</script><img src=x onerror=alert(1)>"\'&';
  await open(changedGraph(hostile), { hash: `Service team-a/${hostile}` });
  expect(await details().getByRole('heading', { level: 2 }).textContent()).toBe(hostile);
  expect(await page.locator('img').count()).toBe(0);
});

inBrowser('environments are chosen, and are lanes of their own', async () => {
  await open(environmentsGraph());
  expect(await map().getByRole('region').count()).toBe(2);
  expect(await map().getByRole('heading', { level: 3 }).first().textContent()).toContain('laptop · team-a');
  await page.getByRole('combobox', { name: 'Environment' }).selectOption('prod');
  expect(await map().getByRole('region').count()).toBe(1);
  expect(await status().textContent()).toBe('6 of 12 objects shown');
});

/** The boxes of some elements. */
const boxes = (locator: Locator) =>
  locator.evaluateAll((elements) => elements.map((element) => element.getBoundingClientRect().toJSON() as DOMRect));

function overlapping(all: readonly DOMRect[]): number {
  const sorted = [...all].sort((a, b) => a.top - b.top);
  let count = 0;
  for (const [index, a] of sorted.entries()) {
    for (let next = index + 1; next < sorted.length; next++) {
      const b = sorted[next] as DOMRect;
      if (b.top >= a.bottom) break;
      if (a.left < b.right && b.left < a.right) count++;
    }
  }
  return count;
}

inBrowser('1,000 objects are stacks by kind at first, then cards, none over another, and quickly', async () => {
  const graph = largeGraph();
  expect(graph.nodes).toHaveLength(1000);
  await open(graph);
  expect(await map().locator('.card').count()).toBe(70);
  expect(overlapping(await boxes(map().locator('.card')))).toBe(0);
  await card('19 objects of kind Deployment').first().click();
  expect(await card(/^Deployment app-/).count()).toBe(19);
  await page.getByRole('button', { name: 'Open all' }).click();
  expect(await map().locator('.card').count()).toBe(1000);
  expect(overlapping(await boxes(map().locator('.card')))).toBe(0);
  const spent = await page.evaluate(() => {
    const input = document.querySelector('input[type=search]') as HTMLInputElement;
    const start = performance.now();
    for (const text of ['a', 'app-1', '']) {
      input.value = text;
      input.dispatchEvent(new Event('input'));
      document.body.getBoundingClientRect();
    }
    return performance.now() - start;
  });
  // Three drawings of up to 1,000 objects: a bound that a slow machine keeps, not a measure.
  expect(spent).toBeLessThan(10_000);
  for (const group of ['chart', 'kind', 'namespace']) {
    await page.getByRole('combobox', { name: 'By' }).selectOption(group);
    await page.getByRole('button', { name: 'Open all' }).click();
    expect([group, await map().locator('.card').count(), overlapping(await boxes(map().locator('.card')))]).toEqual([
      group,
      1000,
      0,
    ]);
  }
});

inBrowser('text is readable in the light and in the dark', async () => {
  for (const dark of [false, true]) {
    await open(changedGraph(), { dark, hash: 'Service team-a/lost' });
    const contrasts = await page.evaluate(() => {
      const canvas = document
        .createElement('canvas')
        .getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
      const rgba = (colour: string) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data] as [number, number, number, number];
      };
      const light = ([r, g, b]: number[]) =>
        [r, g, b]
          .map((value = 0) => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4))
          .reduce((sum, value, at) => sum + value * ([0.2126, 0.7152, 0.0722][at] ?? 0), 0);
      const backOf = (element: Element | null): number[] => {
        for (let at = element; at; at = at.parentElement) {
          const back = rgba(getComputedStyle(at).backgroundColor);
          if (back[3] === 255) return back;
        }
        return [255, 255, 255];
      };
      const poor: string[] = [];
      for (const element of document.querySelectorAll('body *')) {
        const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
        if (
          !own ||
          !(element as HTMLElement).checkVisibility() ||
          element.closest('svg, noscript, script, option, .hidden, .skip')
        )
          continue;
        const [a, b] = [light(rgba(getComputedStyle(element).color)), light(backOf(element))].sort((x, y) => y - x) as [
          number,
          number,
        ];
        const contrast = (a + 0.05) / (b + 0.05);
        if (contrast < 4.5)
          poor.push(`${element.className || element.tagName}: ${element.textContent?.trim()} ${contrast.toFixed(2)}`);
      }
      return poor;
    });
    expect({ dark, contrasts }).toEqual({ dark, contrasts: [] });
    await page.close();
  }
});
