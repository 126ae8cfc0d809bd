// Paths in volumes and containers. Source: pkg/apis/core/validation validateLocalDescendingPath and its neighbours.
import type { Any, Check, Cursor } from '../engine/cursor';

/** A path without `..` for a part. */
export const noParentFolder: Check = (path: Any, at: Cursor) => {
  if (path.split('/').includes('..')) at.invalid(path, "must not contain '..'");
};

/** A relative path that stays below where it starts. */
export const descendingPath: Check = (path: Any, at: Cursor) => {
  if (path.startsWith('/')) at.invalid(path, 'must be a relative path');
  noParentFolder(path, at);
};

/** A relative path whose name does not begin with two dots, which Kubernetes keeps for itself. */
export const localPath: Check = (path: Any, at: Cursor) => {
  descendingPath(path, at);
  if (path.startsWith('..') && !path.startsWith('../')) at.invalid(path, "must not start with '..'");
};

/** A file's permissions: 0 to 0777, octal. */
export const fileMode: Check = (mode: Any, at: Cursor) => {
  if (mode < 0 || mode > 0o777) at.invalid(mode, 'must be a number between 0 and 0777 (octal), both inclusive');
};
