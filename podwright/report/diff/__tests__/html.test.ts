import { formatDiffHtml } from '../html';
import { full } from './samples';

test('is a page that loads nothing and runs nothing, with a heading an effect', () => {
  const page = formatDiffHtml(full);
  expect(page).not.toMatch(/<script|<link|<img|@import|url\(|\son\w+=/);
  expect(page).toContain("default-src 'none'");
  expect(page.match(/<h2 id="[^"]+">[^<]+/g)).toEqual([
    '<h2 id="footprint">takes of the cluster',
    '<h2 id="deleted">deleted from the cluster',
    '<h2 id="rolling-restart">rolling restart',
    '<h2 id="in-place">in place',
  ]);
  expect(page).toContain('<summary><b>Deployment team/web</b> <code class="place">charts/web.ts:12</code></summary>');
  expect(page).toContain('<tr><td>prod: team</td><td>pods</td><td>2 to 3</td><td>4 to 9</td></tr>');
  expect(page).toContain('<del>busybox:1.36</del><ins>busybox:1.37</ins>');
});

test('nothing of a manifest is markup', () => {
  const page = formatDiffHtml(full);
  expect(page).toContain('&lt;b&gt;Deployment&lt;/b&gt;');
  expect(page).toContain('<ins>&lt;script&gt;</ins>');
  expect(page).toContain('<code>data[&quot;&lt;a&gt;&quot;]</code>');
});
