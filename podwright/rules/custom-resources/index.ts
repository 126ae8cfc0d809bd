// Custom resources: what the API server would say of creating one, by its CRD.
import { crdOf, isCrd } from '../../api/crd-object';
import type { Crd, CrdVersion } from '../../api/crds';
import { groupOf } from '../../api/identity';
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

/** The definitions that objects are judged by: those that are given, and those among the objects, which come first. */
export class CustomResources {
  #kinds: Map<string, Crd> | undefined;
  readonly #checks = new Map<string, Check | undefined>();

  /** @param crds asked when there is a custom resource */
  constructor(
    private readonly objects: readonly Any[],
    private readonly crds: () => readonly Crd[] = () => [],
  ) {}

  /** The definition of a kind, whether it serves the version or not; undefined for a kind of which there is none. */
  crdOf(apiVersion: unknown, kind: unknown): Crd | undefined {
    if (typeof apiVersion !== 'string' || !apiVersion.includes('/')) return undefined;
    this.#kinds ??= new Map(
      [...this.crds(), ...crdsAmong(this.objects)].map((crd) => [`${crd.group} ${crd.kind}`, crd]),
    );
    return this.#kinds.get(`${groupOf(apiVersion)} ${kind}`);
  }

  /** The check of a kind's objects; undefined for a kind, or a version of it, that no definition serves. */
  checkOf(apiVersion: unknown, kind: unknown): Check | undefined {
    const key = `${apiVersion} ${kind}`;
    if (!this.#checks.has(key)) {
      const crd = this.crdOf(apiVersion, kind);
      const version = crd?.versions.find(({ name }) => apiVersion === `${crd.group}/${name}`);
      this.#checks.set(key, crd && version && checkOf(crd, version));
    }
    return this.#checks.get(key);
  }
}

/** What is no sound definition is for its own check to say. */
function crdsAmong(objects: readonly Any[]): Crd[] {
  return objects.filter(isCrd).flatMap((object) => {
    const crd = crdOf(object);
    return typeof crd === 'string' ? [] : [crd];
  });
}

/** The check of one version's objects. What is not strictly decoded is looked at no further. */
function checkOf({ scope }: Crd, { schema, subresources = {} }: CrdVersion): Check {
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
