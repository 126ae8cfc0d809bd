import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, Chart } from 'cdk8s';
import { App, type AppProps } from '../../app';
import { parseManifest } from '../../dist/manifest';
import { Environment } from '../../environment';
import { type ClusterFile, type Handed, HandOver } from '../hand-over';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podwright-clusters-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Writes down what it is told, in a file of a name of its own. */
class Note extends HandOver {
  files({ files, folders }: Handed): ClusterFile[] {
    const objects = files.flatMap((file) => file.objects.map(({ outline }) => `${file.path} ${outline.name}`));
    return [{ path: `${this.folder}/note.yaml`, content: [{ folders, objects }] }];
  }
}

function synth(build: (app: App) => void, props: AppProps = {}): void {
  const app = new App({ outdir: join(folder, 'dist'), ...props });
  new ApiObject(new Chart(app, 'web'), 'web', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' } });
  build(app);
  app.synth();
}

const note = () => readFileSync(join(folder, 'clusters/flux/note.yaml'), 'utf8');

test('is a folder beside dist, which lists its files as its own', () => {
  synth((app) => new Note(app, 'flux'));
  expect(note()).toBe('folders:\n  dist: dist\n  clusters: clusters\nobjects:\n  - web.k8s.yaml web\n');
  expect(readdirSync(join(folder, 'dist'))).toEqual(['.podwright', 'web.k8s.yaml']);
  const list = readFileSync(join(folder, 'clusters/.podwright'), 'utf8');
  expect([...parseManifest(list).files.keys()]).toEqual(['flux/note.yaml']);
});

test('lists the environments that are told of there', () => {
  synth((app) => {
    for (const name of ['dev', 'prod']) {
      const chart = new Chart(new Environment(app, name), 'web');
      new ApiObject(chart, 'web', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' } });
      if (name === 'prod') new Note(Environment.of(chart), 'flux');
    }
  });
  const lists = ['dist', 'clusters'].map((name) =>
    parseManifest(readFileSync(join(folder, name, '.podwright'), 'utf8')),
  );
  expect(lists.map(({ environments }) => environments)).toEqual([['dev', 'prod'], ['prod']]);
});

test('is not there where the program hands nothing over', () => {
  synth(() => {});
  expect(existsSync(join(folder, 'clusters'))).toBe(false);
});

test('what was handed over, and is no more, is removed; files of others stay', () => {
  synth((app) => new Note(app, 'flux'));
  writeFileSync(join(folder, 'clusters/flux/gotk-sync.yaml'), 'of flux bootstrap');
  synth(() => {});
  expect(readdirSync(join(folder, 'clusters/flux'))).toEqual(['gotk-sync.yaml']);
});

test('an edit by hand is not overwritten, and dist neither', () => {
  synth((app) => new Note(app, 'flux'));
  writeFileSync(join(folder, 'clusters/flux/note.yaml'), 'mine');
  const more = (app: App) => {
    new Note(app, 'flux');
    new ApiObject(new Chart(app, 'api'), 'api', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'api' } });
  };
  expect(() => synth(more)).toThrow('note.yaml was edited by hand');
  expect(note()).toBe('mine');
  expect(readdirSync(join(folder, 'dist'))).toEqual(['.podwright', 'web.k8s.yaml']);
});

test.each(['dist', 'dist/clusters', '.'])(
  'a folder that what applies dist would apply too is refused: %s',
  (clusters) => {
    expect(() => synth((app) => new Note(app, 'flux'), { clusters: join(folder, clusters) })).toThrow(
      'are one in the other; expected two folders beside each other',
    );
  },
);

test('two files of one path are an error that names both', () => {
  class Same extends Note {
    override files(): ClusterFile[] {
      return [{ path: 'same.yaml', content: [] }];
    }
  }
  const build = (app: App) => [new Same(app, 'a'), new Same(app, 'b')];
  expect(() => synth((app) => void build(app))).toThrow(
    'its file same.yaml in clusters is also that of a; expected a file each',
  );
});
