// The kinds that externals name: one that is misspelt declares nothing, and nobody would hear of it.

import { kindsOf } from '../api/definitions';
import { kindName } from '../api/identity';
import { nearest } from '../report/nearest';
import type { External } from './facts';

/** What is wrong with the first of the externals whose kind there is not; undefined: nothing. */
export function unknownExternal(externals: readonly External[]): string | undefined {
  for (const [index, { kind }] of externals.entries()) {
    const problem = unknownKind(kind);
    if (problem) return `externals[${index}].kind: ${problem}`;
  }
  return undefined;
}

/** What is wrong with a kind. Of custom resources, whose groups have a dot in their names, it is not known which there are. */
function unknownKind(kind: string): string | undefined {
  const { names, groups } = known();
  const group = kind.slice(0, Math.max(0, kind.indexOf('/')));
  if (names.has(kind) || (group.includes('.') && !groups.has(group))) return undefined;
  const near = [...names].find((name) => name.endsWith(`/${kind}`)) ?? nearest(kind, names);
  // A group of Kubernetes' own may have had, or will have, kinds that are in none of the known versions.
  if (near === undefined && group !== '' && groups.has(group)) return undefined;
  const hint =
    near === undefined
      ? 'expected its API group before it, as in apps/Deployment'
      : `did you mean ${JSON.stringify(near)}?`;
  return `there is no kind ${JSON.stringify(kind)}; ${hint}`;
}

interface Known {
  readonly names: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
}

let all: Known | undefined;

function known(): Known {
  if (!all) {
    const kinds = kindsOf().filter(({ kind }) => !kind.endsWith('List'));
    all = { names: new Set(kinds.map(kindName)), groups: new Set(kinds.map(({ group }) => group)) };
  }
  return all;
}
