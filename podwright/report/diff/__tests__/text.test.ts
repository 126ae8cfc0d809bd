import { formatDiffText } from '../text';
import { full, report } from './samples';

test('says of nothing that it is nothing', () => {
  expect(formatDiffText(report([]))).toBe(
    'dist at main (1a2b3c4) -> the program, on Kubernetes 1.37\n\n0 objects changed, 3 the same to the cluster\n',
  );
});

test('writes what matters most first, each with its line, and one line a value', () => {
  expect(formatDiffText(full)).toBe(`dist at main (1a2b3c4) -> the program, on Kubernetes 1.37

deleted from the cluster (1)
  PersistentVolumeClaim team/data in prod  dist/prod/data.k8s.yaml:4
    is deleted; ends its data, unless its volume is retained

rolling restart (1)
  Deployment team/web  charts/web.ts:12
    rolls its pods; waits until spec.paused is taken away
      spec.template.spec.containers[main].image: busybox:1.36 -> busybox:1.37  images.ts:3

in place (1)
  ConfigMap a  dist/a.k8s.yaml:1
    read by @octocat, <b>Deployment</b> *web* | \`x\`
      data["<a>"]: "\`\`\`\\n</details>" -> <script>
      data.b: nothing -> ${'x'.repeat(160)}… (500 characters)

takes of the cluster
  namespace                       before  after
  prod: team  pods                2 to 3  4 to 9
  prod: team  GPU nvidia.com/gpu  0       0 to 1

note: package-lock.json is other

3 objects changed, 3 the same to the cluster
`);
});

test('shows what a terminal would obey', () => {
  const object = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', name: 'a\u001b[2J\nnew (0)\u202e' };
  const fields = [{ pointer: '', name: 'x', before: 'é\u202e', after: '\u009b2J', effect: 'in-place' as const }];
  const text = formatDiffText(report([{ object, effect: 'in-place', outcomes: [], fields }]));
  expect(text).toContain('  ClusterRole a\\u001b[2J\\u000anew (0)\\u202e\n');
  expect(text).toContain('      x: "é\\u202e" -> "\\u009b2J"\n');
});
