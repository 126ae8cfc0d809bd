import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manifest, twin } from '../program';
import { announce, currentRun, type Run, testWith } from '../run';

const folder = mkdtempSync(join(tmpdir(), 'e2e-run-'));
const run: Run = { id: '1a2b3c', folder, features: { metrics: false, terminal: true } };

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
