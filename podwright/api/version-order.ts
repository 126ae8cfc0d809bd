/** The parts of an API version that order it: `v2beta1` is stage 1 (of alpha 0, beta 1, stable 2), major 2, minor 1. */
function parts(name: string): readonly [number, number, number] | undefined {
  const match = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(name);
  if (!match) return undefined;
  const stage = match[2] === undefined ? 2 : match[2] === 'beta' ? 1 : 0;
  return [stage, Number(match[1]), Number(match[3] ?? 0)];
}

/**
 * API versions as the API server prefers them, the deprecated ones last: stable before beta before alpha, then the
 * higher number first; names of another form follow, by the alphabet.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/#version-priority
 */
export function newestFirst<V extends { readonly name: string; readonly deprecated?: boolean }>(
  versions: readonly V[],
): V[] {
  return [...versions].sort((a, b) => {
    const deprecation = Number(a.deprecated ?? false) - Number(b.deprecated ?? false);
    if (deprecation !== 0) return deprecation;
    const [left, right] = [parts(a.name), parts(b.name)];
    if (!left || !right) return Number(!left) - Number(!right) || (a.name < b.name ? -1 : 1);
    for (const index of [0, 1, 2] as const) if (left[index] !== right[index]) return right[index] - left[index];
    return 0;
  });
}
