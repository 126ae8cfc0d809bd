import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromiumProgram, startChromium } from './chromium';

const root = join(__dirname, '..');
const program = chromiumProgram();
const inBrowser = program ? test : test.skip;

/** What a page of the documentation may weigh. */
const MOST_BYTES = 300_000;

inBrowser("the page of this repository's own program is as docs/graph.md shows it, and small", async () => {
  const folder = mkdtempSync(join(tmpdir(), 'podwright-screenshot-'));
  const file = join(folder, 'graph.html');
  const bin = join(root, 'podwright', 'bin', 'podwright.js');
  const browser = await startChromium(program as string);
  try {
    const { status, stderr } = spawnSync(process.execPath, [bin, 'graph', '--out', file], {
      cwd: root,
      encoding: 'utf8',
    });
    expect({ status, stderr }).toMatchObject({ status: 0 });
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(`${pathToFileURL(file)}#${encodeURIComponent('apps/Deployment ml/linear')}`);
    await page.getByRole('complementary').waitFor();
    const image = await page.screenshot();
    expect(image.length).toBeLessThan(MOST_BYTES);
    // `npm run screenshot` asks for it: pixels differ from one machine's fonts to another's.
    const { SCREENSHOT } = process.env;
    if (SCREENSHOT) writeFileSync(join(root, SCREENSHOT), image);
    expect(statSync(join(root, 'docs', 'graph.png')).size).toBeLessThan(MOST_BYTES);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
