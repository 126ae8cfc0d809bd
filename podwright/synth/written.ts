import type { ApiObject } from 'cdk8s';
import { imagesOf } from './app';

/** An object as it is written to dist: resolved, patched, its images pinned. */
export function written(object: ApiObject): Readonly<Record<string, unknown>> {
  const images = imagesOf(object.node.root);
  const value = object.toJson();
  // Who lists images is told of each as it is made, and once is enough.
  return images.lock ? images.pinned(object, value) : value;
}
