import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, Chart } from 'cdk8s';
import { App } from '../app';

const imports = join(__dirname, '..', '..', '..', 'imports');

test("judges a program's custom resources by the definitions of its imports, before anything is written", () => {
  const folder = mkdtempSync(join(tmpdir(), 'podwright-synth-'));
  const outdir = join(folder, 'dist');
  const program = (props: object) => {
    const app = new App({ outdir, ...props });
    new ApiObject(new Chart(app, 'queues'), 'queue', {
      apiVersion: 'kueue.x-k8s.io/v1beta2',
      kind: 'LocalQueue',
      metadata: { name: 'queue', namespace: 'ml' },
      spec: { clusterqueue: 'all' },
    });
    return app;
  };
  expect(() => program({ imports }).synth()).toThrow(
    'queues/queue: /spec/clusterqueue: unknown field "spec.clusterqueue". did you mean "clusterQueue"?',
  );
  expect(existsSync(outdir)).toBe(false);
  program({ imports: join(folder, 'none') }).synth();
  expect(existsSync(outdir)).toBe(true);
  rmSync(folder, { recursive: true });
});
