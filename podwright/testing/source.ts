// What a test looks at: the objects of a program, of a part of one, of YAML, or of a folder.
import { existsSync } from 'node:fs';
import type { ApiObject } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { readManifests, readManifestText } from '../api/manifests/read';
import { imagesOf } from '../synth/app';
import { orderCharts, orderObjects } from '../synth/order';
import { shownPath, walk } from '../synth/tree';

/** A program (`App`), a part of one (a chart, an environment, any construct), YAML, a folder's or file's path, or objects. */
export type Source = IConstruct | string | readonly object[];

/** An object, and where it comes from. */
export interface SourceObject {
  // biome-ignore lint/suspicious/noExplicitAny: an object of any kind
  readonly value: any;
  /** The construct that made it. @default - none: it was read */
  readonly construct?: ApiObject;
  /** The construct's path, or the file. @default - none */
  readonly origin?: string;
}

/**
 * The objects of a source, in the order in which they are written; a construct is the root of its program.
 *
 * @throws for text that is no YAML, and for a path that is not there
 */
export function objectsOf(source: Source): SourceObject[] {
  if (typeof source === 'string') return read(source);
  if (Construct.isConstruct(source)) return synthesized(source);
  return (source as readonly object[]).map((value) => ({ value }));
}

function synthesized(root: IConstruct): SourceObject[] {
  const tree = walk(root);
  const images = imagesOf(root.node.root);
  return orderCharts(tree)
    .flatMap((chart) => orderObjects(chart, tree))
    .map((construct) => ({
      value: images.pinned(construct, construct.toJson()),
      construct,
      origin: shownPath(construct),
    }));
}

function read(source: string): SourceObject[] {
  const isPath = !/[\n:{]/.test(source);
  if (isPath && !existsSync(source)) throw new Error(`${source} is not there; expected a file, a folder, or YAML`);
  const { objects, unreadable } = isPath ? readManifests([source], process.cwd()) : readManifestText('YAML', source);
  const [fault] = unreadable;
  if (fault) throw new Error(`${fault.part.file}:${fault.line}: ${fault.message}`);
  return objects.map(({ object, part }) => ({ value: object, ...(isPath && { origin: part.file }) }));
}
