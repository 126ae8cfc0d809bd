import { crdOf } from '../../api/crd-object';
import type { Crd } from '../../api/crds';
import { pointerOf } from '../../api/json-pointer';
import { type Any, Cursor } from '../engine/cursor';
import { readPlainly } from '../plain-object';

/**
 * The definition that an object of the API is, as custom resources can be judged by it, or what is wrong with it: the
 * first fault, with its pointer. What the API server would not read is none.
 */
export function definitionOf(object: Any): Crd | string {
  const crd = crdOf(object);
  if (typeof crd === 'string') return crd;
  const at = new Cursor();
  const plain = readPlainly(object, at);
  if (plain) return crdOf(plain);
  const fault = at.faults.find(({ reason }) => reason === 'FieldValueTypeInvalid');
  return `${pointerOf(fault?.path ?? [])}: ${fault?.message}`;
}
