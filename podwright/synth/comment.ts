import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { stepsOf } from '../api/json-pointer';

const COMMENTS = new WeakMap<ApiObject, Map<string, string>>();

/**
 * Puts a YAML comment into dist: above an object, or above one of its fields. A second one for the same place follows on
 * the next lines.
 *
 * @param target an ApiObject, or a construct whose default child is one
 * @param text one line or several
 * @param pointer a JSON pointer to the field, in the API's names: `/spec/containers/0/image`
 * @default pointer - the object itself
 * @throws when the target has no object, or the text has control characters. When the program is synthesized, it is an
 * error of the object if it has no such field.
 */
export function comment(target: IConstruct, text: string, pointer = ''): void {
  const object = ApiObject.of(target);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\u{d800}-\u{dfff}]/u.test(text)) {
    throw new Error(`${object.node.path}: comment has control characters, got ${JSON.stringify(text)}; expected text`);
  }
  if (!/^(\/|$)/.test(pointer)) {
    throw new Error(`${object.node.path}: comment is for ${pointer}; expected a JSON pointer, as in /spec/replicas`);
  }
  const comments = COMMENTS.get(object) ?? new Map<string, string>();
  const before = comments.get(pointer);
  comments.set(pointer, before === undefined ? text : `${before}\n${text}`);
  COMMENTS.set(object, comments);
}

/** The comments of an object by the pointers of what they stand above; undefined when it has none. */
export function commentsOf(object: ApiObject): ReadonlyMap<string, string> | undefined {
  return COMMENTS.get(object);
}

/** Whether an object has what a pointer points to. */
export function has(value: unknown, pointer: string): boolean {
  let at = value;
  for (const key of stepsOf(pointer)) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return false;
    at = (at as Record<string, unknown>)[key];
  }
  return true;
}
