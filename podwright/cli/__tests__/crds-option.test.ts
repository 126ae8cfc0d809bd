import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Crd } from '../../api/crds';
import { keepCrds } from '../../import/keep-crds';
import { crdsIn, importedCrds } from '../crds-option';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podwright-crds-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(file: string, text: string): void {
  mkdirSync(join(folder, file, '..'), { recursive: true });
  writeFileSync(join(folder, file), text);
}

const schema = { type: 'object' };
const spec = {
  group: 'example.com',
  scope: 'Cluster',
  names: { kind: 'Queue', plural: 'queues' },
  versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema } }],
};
const published = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', spec };
const crd: Crd = {
  group: 'example.com',
  kind: 'Queue',
  plural: 'queues',
  scope: 'Cluster',
  versions: [{ name: 'v1', storage: true, schema }],
};

test('reads definitions as a project publishes them, and as an import keeps them', () => {
  const map = { apiVersion: 'v1', kind: 'ConfigMap' };
  write('queues.json', JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [map, published] }));
  write('imports/queue.crds.jsonl', keepCrds([crd], 'queues.json'));
  expect(crdsIn('queues.json', folder)).toEqual([crd]);
  expect(crdsIn('imports', folder)).toEqual([crd]);
  expect(crdsIn('imports/queue.crds.jsonl', folder)).toEqual([crd]);
  expect(importedCrds(folder)).toEqual([crd]);
});

test('finds none in the imports of a folder that has no imports', () => {
  expect(importedCrds(folder)).toEqual([]);
});

test('fails what is not there, has no definition, cannot be read or is damaged, and names it', () => {
  write('map.yaml', 'apiVersion: v1\nkind: ConfigMap\n');
  write('text.yaml', 'a\n');
  write('crd.json', JSON.stringify({ ...published, spec: { ...spec, versions: 7 } }));
  const mistyped = { openAPIV3Schema: { type: 'object', anyOf: 7 } };
  const versions = [{ name: 'v1', served: true, storage: true, schema: mistyped }];
  write('mistyped.json', JSON.stringify({ ...published, spec: { ...spec, versions } }));
  write('imports/queue.crds.jsonl', '{');
  const fail = (path: string) => () => crdsIn(path, folder);
  expect(fail('none.yaml')).toThrow("option '--crds': none.yaml is not there; expected a file or a folder");
  expect(fail('map.yaml')).toThrow("option '--crds': map.yaml has no CustomResourceDefinition");
  expect(fail('text.yaml')).toThrow('text.yaml:1: is no Kubernetes object; expected apiVersion and kind');
  expect(fail('crd.json')).toThrow('crd.json:1: /spec/versions: got 7; expected a list of versions');
  expect(fail('mistyped.json')).toThrow(
    'mistyped.json:1: /spec/versions/0/schema/openAPIV3Schema/anyOf: Invalid value: 7',
  );
  expect(fail('imports')).toThrow(/queue\.crds\.jsonl is damaged; make it again with podwright import$/);
  expect(() => importedCrds(folder)).toThrow('is damaged');
});
