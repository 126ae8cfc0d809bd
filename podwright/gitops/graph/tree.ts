// What holds the objects of a picture: the constructs of a program, or the files of manifests.
import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { GraphBranch, GraphNode } from '../../report/graph/graph';
import { shownPath } from '../../synth/tree';

/** The constructs below a root. Objects are leaves of the constructs that made them, and no branches of their own. */
export function constructTree(root: IConstruct, idsOf: (constructPath: string) => readonly string[]): GraphBranch {
  const { id } = root.node;
  const path = shownPath(root);
  const children = root.node.children.filter((child) => !isLeaf(child)).map((child) => constructTree(child, idsOf));
  const leaves = [root, ...root.node.children.filter(isLeaf)].filter((construct) => ApiObject.isApiObject(construct));
  const objects = [...new Set(leaves.map(shownPath))].flatMap((own) => [...idsOf(own)]);
  return { label: id === '' ? 'App' : id, path, type: root.constructor.name, children, objects };
}

/** An object that holds no other construct. */
function isLeaf(construct: IConstruct): boolean {
  return ApiObject.isApiObject(construct) && construct.node.children.length === 0;
}

interface Folder {
  readonly folders: Map<string, Folder>;
  readonly objects: string[];
}

/** The files that nodes come from, in their folders. */
export function filesTree(nodes: readonly GraphNode[]): GraphBranch {
  const top: Folder = { folders: new Map(), objects: [] };
  for (const { id, source } of nodes) {
    if (!source) continue;
    let folder = top;
    for (const part of source.file.split('/').filter((each) => each !== '')) {
      const next = folder.folders.get(part) ?? { folders: new Map(), objects: [] };
      folder.folders.set(part, next);
      folder = next;
    }
    folder.objects.push(id);
  }
  return branch('', '', top);
}

function branch(label: string, path: string, { folders, objects }: Folder): GraphBranch {
  const children = [...folders].map(([name, folder]) => branch(name, path === '' ? name : `${path}/${name}`, folder));
  const [only] = children;
  // A folder that holds but one folder or file is a part of that one's name.
  if (only && children.length === 1 && objects.length === 0 && label !== '') {
    return { ...only, label: `${label}/${only.label}` };
  }
  return { label, path, children, objects };
}
