// What tells one object from another: the API server keeps one object an API group, kind, namespace and name.

/** An object's API group: '' is the core group. */
export function groupOf(apiVersion: unknown): string {
  const text = String(apiVersion ?? '');
  const slash = text.indexOf('/');
  return slash < 0 ? '' : text.slice(0, slash);
}

/** A kind as tables name it: `apps/Deployment`, `Pod`. The version is none of a kind's identity. */
export function kindName(object: { readonly apiVersion?: unknown; readonly kind?: unknown }): string {
  const group = groupOf(object.apiVersion);
  return group === '' ? String(object.kind) : `${group}/${object.kind}`;
}

/** The same text for two objects that are one to the API server, and for no others. */
// biome-ignore lint/suspicious/noExplicitAny: objects have any shape until they are checked
export function identityKey(object: any): string {
  const { name, generateName, namespace } = object?.metadata ?? {};
  return JSON.stringify([kindName(object ?? {}), namespace ?? '', name ?? `${generateName}*`]);
}
