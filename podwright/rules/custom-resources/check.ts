// What the API server would say of creating a custom resource, by its definition.
import type { Crd, CrdVersion } from '../../api/crds';
import { metadata } from '../api/metadata';
import type { Any, Check, Cursor } from '../engine/cursor';
import { dnsSubdomain } from '../values/names';
import { complete } from './complete';
import { nodeOf } from './node';
import { type Scale, scaleFields } from './scale';
import { validatorOf } from './schema';
import { structure } from './structure';
import { validationRules } from './validation-rules';

const META = { Namespaced: metadata(dnsSubdomain, true, true), Cluster: metadata(dnsSubdomain, false, true) };

/** The check of one version's objects. What is not strictly decoded is looked at no further. */
export function checkOf({ scope }: Crd, { schema, subresources = {} }: CrdVersion): Check {
  const root = nodeOf(schema);
  const validate = validatorOf(schema);
  return (object: Any, at: Cursor) => {
    const before = at.faults.length;
    const given = complete(object, root, at, true);
    if (at.faults.length > before) return;
    // What an object's status says is dropped when it is made.
    const { status: _, ...without } = given;
    const stored = subresources.status && given.status !== undefined ? without : given;
    at.enter('metadata', META[scope], stored.metadata ?? {});
    validate(stored, at);
    if (subresources.scale) scaleFields(stored, subresources.scale as Scale, at);
    structure(stored, root, at);
    if (!at.faults.slice(before).some(({ reason }) => BLOCKING.has(reason))) validationRules(stored, root, at);
  };
}

/** With one of these, the API server leaves the rules out: they may take for granted what the schema says. */
const BLOCKING = new Set<string>([
  'FieldValueNotSupported',
  'FieldValueRequired',
  'FieldValueTooLong',
  'FieldValueTooMany',
  'FieldValueTypeInvalid',
]);
