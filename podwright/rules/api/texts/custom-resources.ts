// The rules of custom resources: what their definitions say.
import { object } from './objects';
import type { ApiText } from './text';

/** The definition of Queues whose spec has a schema. */
function definition(spec: object): object {
  const schema = { openAPIV3Schema: { type: 'object', properties: { spec } } };
  return object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', {
    metadata: { name: 'queues.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { kind: 'Queue', plural: 'queues' },
      versions: [{ name: 'v1', served: true, storage: true, schema }],
    },
  });
}

function text(
  parts: Pick<ApiText, 'id' | 'summary' | 'why' | 'source'>,
  spec: object,
  bad: object,
  good: object,
): ApiText {
  const queue = (own: object) => object('example.com/v1', 'Queue', { spec: own });
  return { ...parts, fails: [definition(spec), queue(bad)], passes: [definition(spec), queue(good)] };
}

export const CUSTOM_RESOURCE_TEXTS: readonly ApiText[] = [
  text(
    {
      id: 'api/schema',
      summary: "a custom resource that does not keep to its definition's schema",
      why: 'Required fields, enums, limits, patterns, formats and combinations (anyOf, oneOf, allOf, not) are held to by the API server as the schema has them, after it has put in the defaults. Unknown fields and values of another type are api/unknown-field and api/type, as in any object.',
      source:
        'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation',
    },
    { type: 'object', required: ['size'], properties: { size: { type: 'integer', minimum: 1 } } },
    { size: 0 },
    { size: 1 },
  ),
  text(
    {
      id: 'api/list-type',
      summary: 'an item that a list of a custom resource has twice',
      why: 'A list of the type set has each item once, one of the type map each combination of its keys: server-side apply merges items by them.',
      source: 'https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy',
    },
    {
      type: 'object',
      properties: {
        parts: {
          type: 'array',
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-list-map-keys': ['name'],
          items: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
        },
      },
    },
    { parts: [{ name: 'a' }, { name: 'a' }] },
    { parts: [{ name: 'a' }, { name: 'b' }] },
  ),
  text(
    {
      id: 'api/validation-rule',
      summary: "a custom resource that breaks a rule of its definition's, written in CEL",
      why: 'The rules under x-kubernetes-validations say what holds between fields. Those that hold when an object is made are evaluated; those that compare it with what it was (oldSelf) wait for a change. Where a fault of the schema makes them moot, the API server leaves them out, and so does this.',
      source:
        'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules',
    },
    {
      type: 'object',
      properties: { least: { type: 'integer' }, most: { type: 'integer' } },
      'x-kubernetes-validations': [{ rule: 'self.least <= self.most', message: 'least must not be above most' }],
    },
    { least: 3, most: 2 },
    { least: 2, most: 3 },
  ),
];
