import type { Crd, CrdSchema, CrdVersion } from './crds';
import { fault, schemaFault } from './schema-fault';

type Fields = { readonly [name: string]: unknown };

/** Whether an object is a CustomResourceDefinition of the version that is served. */
export function isCrd({ apiVersion, kind }: Fields): boolean {
  return kind === 'CustomResourceDefinition' && apiVersion === 'apiextensions.k8s.io/v1';
}

/** The definition that an object of the API is, or what is wrong with it: the first fault, with its pointer. */
export function crdOf(object: Fields): Crd | string {
  const spec = fields(object.spec);
  const names = fields(spec?.names);
  const group = spec?.group;
  const { kind, plural } = names ?? {};
  const { scope, versions } = spec ?? {};
  if (!isText(group)) return fault('/spec/group', 'the name of an API group', group);
  if (!isText(kind)) return fault('/spec/names/kind', 'the name of a kind', kind);
  if (!isText(plural)) return fault('/spec/names/plural', "the kind's plural in lower case", plural);
  if (scope !== 'Namespaced' && scope !== 'Cluster') return fault('/spec/scope', "'Namespaced' or 'Cluster'", scope);
  if (!Array.isArray(versions)) return fault('/spec/versions', 'a list of versions', versions);
  const read: CrdVersion[] = [];
  for (const [index, value] of versions.entries()) {
    const version = fields(value);
    const pointer = `/spec/versions/${index}`;
    if (!isText(version?.name)) return fault(`${pointer}/name`, 'the name of a version', version?.name);
    if (version.served !== true) continue;
    const schema = fields(version.schema)?.openAPIV3Schema;
    const wrong = schemaFault(schema, `${pointer}/schema/openAPIV3Schema`);
    if (wrong) return wrong;
    const { name, storage, deprecated, deprecationWarning, subresources } = version;
    read.push({
      name,
      storage: storage === true,
      ...(deprecated === true && { deprecated }),
      ...(isText(deprecationWarning) && { deprecationWarning }),
      ...(fields(subresources) && { subresources: subresources as Fields }),
      schema: schema as CrdSchema,
    });
  }
  return { group, kind, plural, scope, versions: read };
}

function fields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
