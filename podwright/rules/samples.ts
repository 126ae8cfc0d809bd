// Objects for the examples of rules: what each rule shows is what it sets.

/** An object of a kind. */
export function sample<F extends object>(
  apiVersion: string,
  kind: string,
  name: string,
  fields: F = {} as F,
  metadata: object = {},
) {
  return { apiVersion, kind, metadata: { name, ...metadata }, ...fields };
}

/** The spec of a pod of one container. */
export function podSpec(container: object = {}, spec: object = {}) {
  return { containers: [{ name: 'main', image: 'busybox:1.37', ...container }], ...spec };
}

/** A Pod of one container. */
export function samplePod(name: string, container: object = {}, spec: object = {}, metadata: object = {}) {
  return sample('v1', 'Pod', name, { spec: podSpec(container, spec) }, metadata);
}

/** A Deployment whose pods have the label `app: NAME`. */
export function sampleDeployment(name: string, fields: object, container: object = {}, spec: object = {}) {
  const template = { metadata: { labels: { app: name } }, spec: podSpec(container, spec) };
  const selector = { matchLabels: { app: name } };
  return sample('apps/v1', 'Deployment', name, { spec: { selector, template, ...fields } });
}
