// biome-ignore lint/suspicious/noExplicitAny: objects of any kind
export type Any = any;

/** The value that steps lead to; undefined where there is none. */
export function at(value: Any, ...steps: readonly (string | number)[]): Any {
  return steps.reduce((part, step) => (typeof part === 'object' && part !== null ? part[step] : undefined), value);
}

/** An object as a reader knows it: `Deployment ml/web`. */
export function nameOf(object: Any): string {
  const { name, generateName, namespace } = object.metadata ?? {};
  return `${object.kind} ${namespace ? `${namespace}/` : ''}${name ?? `${generateName}*`}`;
}
