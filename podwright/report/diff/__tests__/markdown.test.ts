import { formatDiffMarkdown, MOST_CHARACTERS } from '../markdown';
import { full, hostile, report, rolled } from './samples';

test('says of nothing that it is nothing', () => {
  expect(formatDiffMarkdown(report([]))).toBe(
    '### dist at main (1a2b3c4) -> the program, on Kubernetes 1.37\n\n0 objects changed, 3 the same to the cluster\n',
  );
});

test('writes a table, then each object folded', () => {
  expect(
    formatDiffMarkdown(report([rolled], ['a note'])),
  ).toBe(`### dist at main (1a2b3c4) -> the program, on Kubernetes 1.37

1 object changed, 3 the same to the cluster

| effect | objects | |
|---|--:|---|
| rolling restart | 1 | \`Deployment team/web\` |

> a note

<details><summary>rolling restart (1)</summary>

- **Deployment team/web** \`charts/web.ts:12\`\\
  rolls its pods; waits until spec.paused is taken away

  \`\`\`diff
  @@ spec.template.spec.containers[main].image images.ts:3 @@
  - busybox:1.36
  + busybox:1.37
  \`\`\`

</details>
`);
});

test('has a table of what is taken of the cluster', () => {
  expect(formatDiffMarkdown(full)).toContain(`**takes of the cluster**

| namespace |  | before | after |
|---|--:|--:|--:|
| prod: team | pods | 2 to 3 | 4 to 9 |
| prod: team | GPU nvidia.com/gpu | 0 | 0 to 1 |

> package-lock.json is other
`);
});

test('nothing of a manifest is markup, a mention, or the end of a block', () => {
  const text = formatDiffMarkdown(report([hostile]));
  expect(text).toContain('  read by @\u200boctocat, &lt;b>Deployment&lt;/b> \\*web\\* \\| \\`x\\`\n');
  expect(text).toContain('  ````diff\n  @@ data["<a>"] @@\n  - "```\\n</details>"\n  + <script>\n');
});

test('what does not fit into a comment is left out, what matters least first, and that is said', () => {
  const many = Array.from({ length: 1000 }, (_, at) => ({ ...hostile, object: { ...hostile.object, name: `a${at}` } }));
  const text = formatDiffMarkdown(report([...many, rolled]));
  expect(text.length).toBeLessThanOrEqual(MOST_CHARACTERS);
  expect(text.length).toBeGreaterThan(MOST_CHARACTERS - 2_000);
  expect(text).toContain('**Deployment team/web**');
  expect(text).toContain('| in place | 1000 | `ConfigMap a0`, `ConfigMap a1`, `ConfigMap a2`');
  const shown = text.match(/^- \*\*ConfigMap/gm)?.length ?? 0;
  expect(text).toMatch(new RegExp(`</details>\n\n${1000 - shown} more do not fit into a comment: .*\n$`));
  expect(formatDiffMarkdown(full).length).toBeLessThan(MOST_CHARACTERS);
});
