// The objects that the texts of api/* show: small, and right but for what is shown.

/** The container of most examples. */
export const main = { name: 'main', image: 'busybox:1.37' };

type Fields = Readonly<Record<string, unknown>>;

/** An object of a kind; `fields` beside its metadata. */
export function object(apiVersion: string, kind: string, fields: Fields = {}): object {
  const { metadata, ...rest } = fields as { metadata?: object };
  return { apiVersion, kind, metadata: { name: 'web', ...metadata }, ...rest };
}

/** A Pod with these fields of its spec. */
export function pod(spec: Fields, metadata: Fields = {}): object {
  return object('v1', 'Pod', { metadata, spec: { containers: [main], ...spec } });
}

/** A Pod whose container has these fields. */
export function container(fields: Fields, spec: Fields = {}): object {
  return pod({ ...spec, containers: [{ ...main, ...fields }] });
}

/** What the pods of an example's workload are like. */
export const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [main] } };

/** Pods of a Job. */
export const once = { spec: { containers: [main], restartPolicy: 'Never' } };

/** The labels of {@link template} as a selector. */
export const selector = { matchLabels: { app: 'web' } };

/** A workload of the apps group with these fields of its spec. */
export function workload(kind: string, spec: Fields = {}): object {
  return object('apps/v1', kind, { spec: { selector, template, ...spec } });
}
