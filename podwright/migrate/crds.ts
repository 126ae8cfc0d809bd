// Definitions of custom resources become imports, one for each API group.

import type { Crd } from '../api/crds';
import { stepsOf } from '../api/json-pointer';
import { Places } from '../api/manifests/places';
import type { ReadObject } from '../api/manifests/read';
import { crdImport, type ImportFile } from '../import/imports';
import { nameOf } from '../import/sources';
import { definitionOf } from '../rules/custom-resources/definition';
import { grouped } from './groups';
import type { Import } from './kinds';
import { dashed, unique } from './names';
import type { Fault } from './sources';

/** Imports with their files. */
export interface Imported {
  readonly imports: readonly Import[];
  readonly files: readonly ImportFile[];
  readonly faults: readonly Fault[];
}

/**
 * The imports of the definitions that were met: one for a file of definitions, under its name, else one for each API
 * group.
 *
 * @param mixed the files that hold other objects too
 */
export function importsOf(definitions: readonly ReadObject[], mixed: ReadonlySet<string>): Imported {
  const faults: Fault[] = [];
  const crds = new Map<string, { crd: Crd; file: string }>();
  const places = new Places();
  for (const { object, part, steps } of definitions) {
    const read = object.apiVersion === 'apiextensions.k8s.io/v1' ? definitionOf(object) : OLD;
    if (typeof read === 'string') {
      const pointer = /^(\/.*?): /.exec(read)?.[1] ?? '';
      faults.push({ file: part.file, ...places.of(part, [...steps, ...stepsOf(pointer)]), message: read });
    } else if (read.versions.length > 0) crds.set(`${read.kind} ${read.group}`, { crd: read, file: part.file });
  }
  const taken = new Set(['k8s']);
  const imports: Import[] = [];
  const files: ImportFile[] = [];
  const groupOf = ({ crd, file }: { crd: Crd; file: string }) =>
    mixed.has(file) || file === '-' ? crd.group : `/${stemOf(file)}`;
  const groups = grouped(crds.values(), groupOf);
  for (const [group, own] of groups) {
    const word = group.startsWith('/') ? group.slice(1) : dashed(group.split('.')[0] ?? '');
    const name =
      taken.has(word) || word === ''
        ? unique(dashed(own[0]?.crd.group ?? '').replaceAll('.', '-'), taken)
        : unique(word, taken);
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

function stemOf(file: string): string {
  return dashed(nameOf(file)).replaceAll('.', '-');
}

const OLD = '/apiVersion: is one that Kubernetes no longer serves; expected apiextensions.k8s.io/v1';
