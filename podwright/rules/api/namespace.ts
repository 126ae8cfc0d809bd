// Namespaces. Source: pkg/apis/core/validation ValidateNamespace.
import { each, object } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { dnsLabel } from '../values/names';
import { finalizer, metadata, withMetadata } from './metadata';

const finalizers: Check = (names: Any, at: Cursor) => {
  const from = at.faults.length;
  each(finalizer)(names, at);
  // The API server forgets which one it is.
  for (const fault of at.faults.slice(from)) fault.says(1);
};

/** A Namespace. */
export const namespace: Check = object(
  'api/namespace',
  { spec: object(undefined, { finalizers }) },
  withMetadata(metadata(dnsLabel, false)),
);
