// Merges the OpenAPI documents of several Kubernetes versions into one text each for schemas and for descriptions.
//
// Schemas, one JSON value a line, so that a reader parses only the lines that it needs:
//   {"versions": ["1.27", ...], "kinds": [[group, version, kind, definition, VERSIONS, 1 if namespaced], ...]}
//   [definition, VERSIONS, VARIANTS of the type, {field: VARIANTS, ...}]
// VERSIONS is a bit set, bit 0 the oldest version. VARIANTS is one schema where it is the same in all versions of the
// definition, else [[VERSIONS, schema], ...]. A field's schema has `required: true` where the type requires it.
//
// What is not as the documents have it, so that every version reads alike:
// - descriptions are apart; $ref is the definition's bare name; the kind's own name as an enum of `kind` and
//   `apiVersion` is left out; Quantity and IntOrString are strings with these formats.
// - group, version and kind stand in `kinds`, for what people write (types with metadata); documents that leave them
//   out for some groups get them from those that don't.
// - enums and defaults, which the published documents (here: 1.27 to 1.31) leave out, are those of the next version
//   that has them, where the field is otherwise of the same type.

/**
 * The kinds that are not in a namespace: `+genclient:nonNamespaced` in types.go of k8s.io/api v0.27 to v0.37,
 * k8s.io/apiextensions-apiserver and k8s.io/kube-aggregator.
 */
const CLUSTER_SCOPED = {
  '': ['ComponentStatus', 'Namespace', 'Node', 'PersistentVolume'],
  'admissionregistration.k8s.io': [
    'MutatingAdmissionPolicy',
    'MutatingAdmissionPolicyBinding',
    'MutatingWebhookConfiguration',
    'ValidatingAdmissionPolicy',
    'ValidatingAdmissionPolicyBinding',
    'ValidatingWebhookConfiguration',
  ],
  'apiextensions.k8s.io': ['CustomResourceDefinition'],
  'apiregistration.k8s.io': ['APIService'],
  'authentication.k8s.io': ['SelfSubjectReview', 'TokenReview'],
  'authorization.k8s.io': ['SelfSubjectAccessReview', 'SelfSubjectRulesReview', 'SubjectAccessReview'],
  'certificates.k8s.io': ['CertificateSigningRequest', 'ClusterTrustBundle'],
  'flowcontrol.apiserver.k8s.io': ['FlowSchema', 'PriorityLevelConfiguration'],
  'internal.apiserver.k8s.io': ['StorageVersion'],
  'networking.k8s.io': ['ClusterCIDR', 'IPAddress', 'IngressClass', 'ServiceCIDR'],
  'node.k8s.io': ['RuntimeClass'],
  'rbac.authorization.k8s.io': ['ClusterRole', 'ClusterRoleBinding'],
  'resource.k8s.io': ['DeviceClass', 'DeviceTaintRule', 'ResourceClass', 'ResourcePoolStatusRequest', 'ResourceSlice'],
  'scheduling.k8s.io': ['PriorityClass'],
  'storage.k8s.io': ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment', 'VolumeAttributesClass'],
  'storagemigration.k8s.io': ['StorageVersionMigration'],
};

/** Groups whose definitions no document gives a group for. */
const GROUPS = { 'io.k8s.api.lifecycle': 'lifecycle.k8s.io' };

const FORMATS = {
  'io.k8s.apimachinery.pkg.api.resource.Quantity': { type: 'string', format: 'quantity' },
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': { type: 'string', format: 'int-or-string' },
};

const GVK = 'x-kubernetes-group-version-kind';
const packageOf = (name) => name.split('.').slice(0, -2).join('.');
const sorted = (object) => Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));

/** A property's schema without descriptions. */
function plain(schema) {
  const { description: _, $ref, items, additionalProperties, ...rest } = schema;
  return sorted({
    ...rest,
    ...($ref && { $ref: $ref.replace('#/definitions/', '') }),
    ...(items && { items: plain(items) }),
    ...(additionalProperties && {
      additionalProperties: additionalProperties === true ? true : plain(additionalProperties),
    }),
  });
}

/** A definition as one version has it: { type, fields }, descriptions left out. */
function simplify(name, definition) {
  const { description: _, properties = {}, required = [], [GVK]: __, ...rest } = definition;
  const fields = {};
  for (const [field, schema] of Object.entries(properties)) {
    fields[field] = plain(schema);
    if (definition[GVK] && (field === 'kind' || field === 'apiVersion')) delete fields[field].enum;
    if (required.includes(field)) fields[field] = sorted({ ...fields[field], required: true });
  }
  return { type: FORMATS[name] ?? sorted(rest), fields };
}

/** `schema` with the enums and defaults of `newer`, where both are of one type. */
function complete(schema, newer) {
  if (!newer || schema.type !== newer.type || schema.$ref !== newer.$ref || schema.format !== newer.format)
    return schema;
  const result = { ...schema };
  for (const key of ['enum', 'default']) if (newer[key] !== undefined) result[key] ??= newer[key];
  for (const key of ['items', 'additionalProperties'])
    if (schema[key] && schema[key] !== true) result[key] = complete(schema[key], newer[key]);
  return sorted(result);
}

/** [[versions, value], ...] of equal values together; the value alone where it is the same in all. */
function variants(values, all) {
  const sets = new Map();
  values.forEach((value, index) => {
    if (value === undefined) return;
    const key = JSON.stringify(value);
    sets.set(key, (sets.get(key) ?? 0) | (1 << index));
  });
  const list = [...sets].map(([key, set]) => [set, JSON.parse(key)]);
  return list.length === 1 && list[0][0] === all ? list[0][1] : list;
}

/** The kinds of all documents: [group, version, kind, definition, versions, 1 if namespaced], sorted. */
function kindsOf(documents) {
  const groups = { ...GROUPS };
  for (const { definitions } of documents)
    for (const [name, { [GVK]: kinds }] of Object.entries(definitions))
      if (kinds?.length === 1) groups[packageOf(name)] = kinds[0].group;
  const found = new Map();
  documents.forEach(({ definitions }, index) => {
    for (const [name, { properties = {}, [GVK]: kinds }] of Object.entries(definitions)) {
      if (!properties.metadata || !properties.kind || !properties.apiVersion) continue;
      if (name.startsWith('io.k8s.apimachinery.')) continue; // Status: an answer, which every group has
      if (kinds && kinds.length !== 1) throw new Error(`${name} has ${kinds.length} kinds; expected one`);
      const [version, basename] = name.split('.').slice(-2);
      const group = kinds?.[0].group ?? groups[packageOf(name)];
      if (group === undefined) throw new Error(`the API group of ${name} is not known; add it to GROUPS`);
      if (kinds && (kinds[0].version !== version || kinds[0].kind !== basename))
        throw new Error(`${name} is ${JSON.stringify(kinds)}; expected the name's own version and kind`);
      const list = properties.items && properties.metadata.$ref.endsWith('.ListMeta');
      const namespaced = !list && !CLUSTER_SCOPED[group]?.includes(basename);
      const key = [group, version, basename].join('\0');
      found.set(key, [group, version, basename, name, (found.get(key)?.[4] ?? 0) | (1 << index), namespaced ? 1 : 0]);
    }
  });
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, kind]) => kind);
}

function hasDefaults(definitions) {
  return Object.values(definitions).some(({ properties = {} }) =>
    Object.values(properties).some((schema) => 'default' in schema),
  );
}

/**
 * @param versions the documents' versions, ascending
 * @returns the texts of both files, and by version and name each definition as a reader has to give it back
 */
function merge(versions, documents) {
  const names = [...new Set(documents.flatMap(({ definitions }) => Object.keys(definitions)))].sort();
  const published = documents.map(({ definitions }) => !hasDefaults(definitions));
  const lines = [JSON.stringify({ versions, kinds: kindsOf(documents) })];
  const texts = {};
  const expected = Object.fromEntries(versions.map((version) => [version, {}]));
  for (const name of names) {
    const types = documents.map(({ definitions }) => definitions[name] && simplify(name, definitions[name]));
    const all = types.reduce((set, type, index) => (type ? set | (1 << index) : set), 0);
    const fields = {};
    const fieldNames = [...new Set(types.flatMap((type) => Object.keys(type?.fields ?? {})))].sort();
    for (const field of fieldNames) {
      const known = types.find((type, index) => !published[index] && type?.fields[field])?.fields[field];
      types.forEach((type, index) => {
        if (published[index] && type?.fields[field]) type.fields[field] = complete(type.fields[field], known);
      });
      fields[field] = variants(
        types.map((type) => type?.fields[field]),
        all,
      );
    }
    const own = variants(
      types.map((type) => type?.type),
      all,
    );
    lines.push(JSON.stringify([name, all, own, fields]));
    types.forEach((type, index) => {
      if (type) expected[versions[index]][name] = schema(type);
    });
    texts[name] = described(documents.map(({ definitions }) => definitions[name]));
  }
  return { definitions: `${lines.join('\n')}\n`, descriptions: JSON.stringify(texts), expected };
}

function schema({ type, fields }) {
  const properties = {};
  const required = [];
  for (const field of Object.keys(fields).sort()) {
    const { required: needed, ...rest } = fields[field];
    properties[field] = rest;
    if (needed) required.push(field);
  }
  return {
    ...type,
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(required.length > 0 && { required }),
  };
}

/** {'': VARIANTS of the type's own text, field: VARIANTS}: versions that don't have a text have no variant. */
function described(definitions) {
  const all = definitions.reduce((set, definition, index) => (definition ? set | (1 << index) : set), 0);
  const result = {
    '': variants(
      definitions.map((definition) => definition?.description),
      all,
    ),
  };
  for (const field of new Set(definitions.flatMap((definition) => Object.keys(definition?.properties ?? {}))))
    result[field] = variants(
      definitions.map((definition) => definition?.properties?.[field]?.description),
      all,
    );
  return result;
}

module.exports = { merge };
