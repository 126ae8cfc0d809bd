import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dist, manifest, manifests, moved, twin } from '../program';
import { announce, currentRun, type Run, testWith, undo } from '../run';

const folder = mkdtempSync(join(tmpdir(), 'e2e-run-'));
const run: Run = {
  id: '1a2b3c',
  folder,
  features: { metrics: false, terminal: true, unusedGpus: true, registry: '', flux: '' },
};

afterEach(() => {
  delete process.env.PODWRIGHT_E2E_RUN;
});
afterAll(() => rmSync(folder, { recursive: true }));

function prepare(): void {
  writeFileSync(join(folder, 'run.json'), JSON.stringify(run));
  announce(run);
}

test('fails outside of a run', () => {
  expect(() => currentRun()).toThrow("no run was set up; expected 'npm run e2e'");
});

test('is known to whoever has the environment of the setup', () => {
  prepare();
  expect(currentRun()).toEqual(run);
});

test('skips a case by its name and what it lacks', () => {
  prepare();
  const skip = jest.spyOn(test, 'skip').mockImplementation(() => undefined);
  const body = async () => {};
  testWith('metrics')('scales up', body);
  expect(skip.mock.calls).toEqual([['scales up (lacks metrics)', body]]);
});

test('notes what is to be undone, each command with its failure', () => {
  prepare();
  undo('kubectl patch node a');
  undo('kubectl delete b');
  expect(readFileSync(join(folder, 'undo'), 'utf8')).toBe(
    'kubectl patch node a || failed=1\nkubectl delete b || failed=1\n',
  );
});

describe('twin', () => {
  beforeAll(() => {
    mkdirSync(join(folder, 'dist'));
    writeFileSync(join(folder, 'dist', 'a.k8s.yaml'), 'kind: Pod\nspec:\n  a: 1\n---\nkind: Service\n');
  });

  test('is the file with its one change', () => {
    prepare();
    const path = twin('dist/a.k8s.yaml', 'two', ([pod]) => {
      pod.spec.a = 2;
    });
    expect(path).toBe('twins/two.k8s.yaml');
    expect(readFileSync(join(folder, path), 'utf8')).toBe('kind: Pod\nspec:\n  a: 2\n---\nkind: Service\n');
    expect(manifest(path, 'Pod')).toEqual({ kind: 'Pod', spec: { a: 2 } });
  });

  test('fails when its change changes nothing', () => {
    prepare();
    expect(() => twin('dist/a.k8s.yaml', 'none', () => {})).toThrow(
      "the fault 'none' changes nothing in dist/a.k8s.yaml",
    );
  });

  test('fails when two share a name', () => {
    prepare();
    const change = ([pod]: Parameters<Parameters<typeof twin>[2]>[0]) => {
      pod.spec.a = 3;
    };
    twin('dist/a.k8s.yaml', 'three', change);
    expect(() => twin('dist/a.k8s.yaml', 'three', change)).toThrow('EEXIST');
  });

  test('fails when there is no one object of a kind', () => {
    prepare();
    expect(() => manifest('dist/a.k8s.yaml', 'Job')).toThrow('expected one Job in dist/a.k8s.yaml, got 0');
  });
});

describe('moved', () => {
  const team = [
    { kind: 'Namespace', metadata: { name: 'ml', labels: { a: 'b' } } },
    { kind: 'ResourceQuota', metadata: { name: 'quota', namespace: 'ml' } },
    { kind: 'Namespace', metadata: { name: 'other' } },
    { kind: 'Pod', metadata: { name: 'ml' } },
  ];

  test("is the file in another namespace, which carries the run's label", () => {
    prepare();
    writeFileSync(
      join(folder, 'dist', '0-team.k8s.yaml'),
      team.map((object) => JSON.stringify(object)).join('\n---\n'),
    );
    const path = moved('dist/0-team.k8s.yaml', 'podwright-e2e-a');
    expect(path).toBe('moved/podwright-e2e-a/0-team.k8s.yaml');
    expect(manifests(path)).toEqual([
      { kind: 'Namespace', metadata: { name: 'podwright-e2e-a', labels: { a: 'b', 'podwright-e2e-run': '1a2b3c' } } },
      { kind: 'ResourceQuota', metadata: { name: 'quota', namespace: 'podwright-e2e-a' } },
      ...team.slice(2),
    ]);
  });

  test('fails when it is there already', () => {
    prepare();
    expect(() => moved('dist/0-team.k8s.yaml', 'podwright-e2e-a')).toThrow('EEXIST');
  });

  test('dist lists its files as kubectl reads them', () => {
    prepare();
    writeFileSync(join(folder, 'dist', '.podwright'), '');
    expect(dist()).toEqual(['dist/0-team.k8s.yaml', 'dist/a.k8s.yaml']);
  });
});
