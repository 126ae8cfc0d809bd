// What a migration begins with: objects as a program would say them, each with its comments, and what is none of them.

import { pointerOf, stepsOf } from '../api/json-pointer';
import { Places } from '../api/manifests/places';
import type { ReadObject } from '../api/manifests/read';
import { clean } from './clean';
import { addComments, addEndComments } from './comments';
import { withoutDefaults } from './live-defaults';
import { type Any, at, nameOf } from './path';
import { commentsOf, type FoundComment } from './read-comments';
import { skipReason } from './skip';

/** An object that is to be migrated. */
export interface Source {
  /** What is to be said in code: without what a server sets, and, where it comes from a cluster, defaults. */
  readonly object: Any;
  /** What the result is compared with: without what a server sets. */
  readonly expected: Any;
  /** The file it was read from; `-` is the standard input. */
  readonly file: string;
  readonly line: number;
  readonly document: number;
  /** Whether it is an item of a List. */
  readonly isItem: boolean;
  readonly isLive: boolean;
  /** Pointers to what a server has set. */
  readonly dropped: readonly string[];
  /** Comments that belong to the whole. */
  readonly comments: readonly string[];
}

/** An object that is left out, and why. */
export interface Skipped {
  readonly name: string;
  readonly reason: string;
}

/** A fault in an object, with its place. */
export interface Fault {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** What objects that were read are to a migration. */
export interface Sources {
  readonly sources: readonly Source[];
  readonly skipped: readonly Skipped[];
  /** Definitions of custom resources: they are imported. */
  readonly definitions: readonly ReadObject[];
  readonly faults: readonly Fault[];
}

/** Divides what was read into what is migrated, what is skipped, and what cannot be. */
export function sourcesOf(objects: readonly ReadObject[]): Sources {
  const sources: Source[] = [];
  const skipped: Skipped[] = [];
  const definitions: ReadObject[] = [];
  const faults: Fault[] = [];
  const places = new Places();
  const comments = new Map<unknown, readonly FoundComment[]>();
  for (const read of objects) {
    const { object, part, steps } = read;
    if (/^kustomize\.config\.k8s\.io\//.test(object.apiVersion)) {
      const reason = 'kustomize reads it; migrate what it renders: kubectl kustomize';
      skipped.push({ name: `${part.file}: ${object.kind}`, reason });
      continue;
    }
    const wrong = metadataFault(object);
    if (wrong) {
      faults.push({
        file: part.file,
        ...places.of(part, [...steps, ...stepsOf(wrong.pointer)]),
        message: wrong.message,
      });
      continue;
    }
    const reason = skipReason(object);
    if (reason !== undefined) skipped.push({ name: nameOf(object), reason });
    else if (object.kind === 'CustomResourceDefinition' && /^apiextensions\.k8s\.io\//.test(object.apiVersion)) {
      definitions.push(read);
    } else {
      const { object: expected, dropped, isLive } = clean(object);
      const said = isLive ? withoutDefaults(expected) : expected;
      if (!comments.has(part)) comments.set(part, commentsOf(part));
      sources.push({
        object: said,
        expected,
        file: part.file,
        line: part.line,
        document: part.document,
        isItem: steps.length > 0,
        isLive,
        dropped,
        comments: place(comments.get(part) ?? [], steps, said),
      });
    }
  }
  return { sources, skipped, definitions, faults };
}

/** Puts comments at the fields that they stand at; returns those that have none there, which are the whole's. */
function place(found: readonly FoundComment[], prefix: readonly (string | number)[], object: Any): readonly string[] {
  const whole: string[] = [];
  for (const { steps, lines, isEnd } of found) {
    if (prefix.some((step, index) => steps[index] !== step)) {
      // Above a List, its first item is what they are about.
      if (steps.length === 0 && prefix.at(-1) === 0) whole.push(...lines);
      continue;
    }
    const own = steps.slice(prefix.length);
    const last = own.at(-1);
    const container = isEnd || last === undefined ? at(object, ...own) : at(object, ...own.slice(0, -1));
    const isHere = typeof container === 'object' && container !== null && own.length > 0;
    if (isHere && isEnd) addEndComments(container, lines);
    else if (isHere && last !== undefined && Object.hasOwn(container, last)) addComments(container, last, lines);
    else whole.push(...lines);
  }
  return whole;
}

/** What of metadata no API server takes, and no class can say. */
function metadataFault({ metadata }: Any): { pointer: string; message: string } | undefined {
  const fault = (pointer: string, got: unknown, expected: string) => ({
    pointer,
    message: `${pointer}: got ${JSON.stringify(got) ?? 'nothing'}; expected ${expected}`,
  });
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) {
    return fault('/metadata', metadata, 'the object, with its name');
  }
  const { name, generateName, namespace } = metadata;
  if (!isText(name) && !(name === undefined && isText(generateName))) return fault('/metadata/name', name, 'a name');
  if (namespace !== undefined && namespace !== null && typeof namespace !== 'string') {
    return fault('/metadata/namespace', namespace, 'a name');
  }
  for (const field of ['labels', 'annotations']) {
    const map = metadata[field] ?? {};
    if (typeof map !== 'object' || Array.isArray(map)) return fault(`/metadata/${field}`, map, 'a mapping of texts');
    for (const key of Object.keys(map)) {
      if (typeof map[key] === 'string' || map[key] === null) continue;
      return fault(pointerOf(['metadata', field, key]), map[key], 'a text');
    }
  }
  for (const field of ['finalizers', 'ownerReferences', 'managedFields']) {
    const list = metadata[field] ?? [];
    if (!Array.isArray(list)) return fault(`/metadata/${field}`, list, 'a list');
  }
  return undefined;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
