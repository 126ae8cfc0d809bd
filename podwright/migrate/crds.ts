// Definitions of custom resources become imports, one for each API group.

import { crdOf } from '../api/crd-object';
import type { Crd } from '../api/crds';
import { Places } from '../api/manifests/places';
import type { ReadObject } from '../api/manifests/read';
import { crdImport, type ImportFile } from '../import/imports';
import { grouped } from './groups';
import type { Import } from './kinds';
import { dashed, unique } from './names';
import { stepsOf } from './path';
import type { Fault } from './sources';

/** Imports with their files. */
export interface Imported {
  readonly imports: readonly Import[];
  readonly files: readonly ImportFile[];
  readonly faults: readonly Fault[];
}

/** The imports of the definitions that were met. */
export function importsOf(definitions: readonly ReadObject[]): Imported {
  const faults: Fault[] = [];
  const crds = new Map<string, { crd: Crd; file: string }>();
  const places = new Places();
  for (const { object, part, steps } of definitions) {
    const read = object.apiVersion === 'apiextensions.k8s.io/v1' ? crdOf(object) : OLD;
    if (typeof read === 'string') {
      const pointer = /^(\/.*?): /.exec(read)?.[1] ?? '';
      faults.push({ file: part.file, ...places.of(part, [...steps, ...stepsOf(pointer)]), message: read });
    } else if (read.versions.length > 0) crds.set(`${read.kind} ${read.group}`, { crd: read, file: part.file });
  }
  const taken = new Set(['k8s']);
  const imports: Import[] = [];
  const files: ImportFile[] = [];
  const groups = grouped(crds.values(), ({ crd }) => crd.group);
  for (const [group, own] of groups) {
    const word = dashed(group.split('.')[0] ?? '');
    const isAlone = [...groups.keys()].filter((other) => dashed(other.split('.')[0] ?? '') === word).length === 1;
    const name = unique(isAlone ? word : dashed(group).replaceAll('.', '-'), taken);
    const source = [...new Set(own.map(({ file }) => file.split('/').pop()))].join(' ');
    imports.push({ name, crds: own.map(({ crd }) => crd) });
    files.push(
      ...crdImport(
        own.map(({ crd }) => crd),
        source,
        name,
      ),
    );
  }
  return { imports, files, faults };
}

const OLD = '/apiVersion: is one that Kubernetes no longer serves; expected apiextensions.k8s.io/v1';
