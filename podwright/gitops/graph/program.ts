// What a picture of a program is made from.
import type { App } from 'cdk8s';
import type { GraphBranch } from '../../report/graph/graph';
import type { Side } from '../diff/side';
import type { PlacedObject } from './nodes';
import { constructTree } from './tree';

/** The objects of a side, each with its place and, of a program, with where it comes from. */
export function placedOf(side: Side): PlacedObject[] {
  return side.objects.map((item) => {
    const { object, document } = item;
    const environment = side.environmentOf(document.file);
    const { constructPath, source } = side.originOf(item) ?? {};
    return {
      object,
      file: document.file,
      line: document.line,
      ...(environment !== undefined && { environment }),
      ...(constructPath !== undefined && { constructPath }),
      ...(source && { madeAt: source }),
    };
  });
}

/** The constructs of a program; several Apps are side by side. */
export function programTree(apps: readonly App[], idsOf: (path: string) => readonly string[]): GraphBranch {
  const trees = apps.map((app) => constructTree(app, idsOf));
  if (trees.length === 1) return trees[0] as GraphBranch;
  return { label: 'Program', path: '', type: 'Program', children: trees, objects: [] };
}
