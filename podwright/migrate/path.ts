// biome-ignore lint/suspicious/noExplicitAny: objects of any kind
export type Any = any;

/** An RFC 6901 pointer of steps. */
export function pointerOf(steps: readonly (string | number)[]): string {
  return steps.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The steps of an RFC 6901 pointer. */
export function stepsOf(pointer: string): string[] {
  const steps = pointer.split('/').slice(1);
  return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The value that steps lead to; undefined where there is none. */
export function at(value: Any, ...steps: readonly (string | number)[]): Any {
  return steps.reduce((part, step) => (typeof part === 'object' && part !== null ? part[step] : undefined), value);
}

/** An object as a reader knows it: `Deployment ml/web`. */
export function nameOf(object: Any): string {
  const { name, generateName, namespace } = object.metadata ?? {};
  return `${object.kind} ${namespace ? `${namespace}/` : ''}${name ?? `${generateName}*`}`;
}
