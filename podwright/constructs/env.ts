import type { EnvVar, EnvVarSource } from '../api/k8s';
import { type NameValue, nameOf, plain, type QuantityValue } from './values';

/**
 * The value of an environment variable: text (a number is written out), or a source, as {@link Env} makes it. An
 * `EnvValue` of cdk8s-plus fits.
 */
// biome-ignore lint/suspicious/noExplicitAny: cdk8s-plus's EnvValue declares both fields so.
export type EnvValueLike = string | number | { readonly value?: any; readonly valueFrom?: any };

/** Environment variables: by name, or as the API's own list. A later variable may refer to an earlier as `$(NAME)`. */
export type EnvProps = Readonly<Record<string, EnvValueLike>> | readonly EnvVar[];

/** A source of a variable's value: goes into `env: { NAME: … }`, or spread into the API's list. */
export interface EnvSource {
  readonly valueFrom: EnvVarSource;
}

/** Where environment variables get their values from, if not from the program. */
export const Env = {
  /**
   * The value under a key of a ConfigMap. A running container does not see later changes.
   * @param options `optional`: the container starts without the variable when there is no such key
   */
  fromConfigMap(configMap: NameValue, key: string, options: { readonly optional?: boolean } = {}): EnvSource {
    return { valueFrom: { configMapKeyRef: { name: nameOf(configMap), key, ...options } } };
  },

  /**
   * The value under a key of a Secret; the value itself never reaches dist.
   * @param options `optional`: the container starts without the variable when there is no such key
   */
  fromSecret(secret: NameValue, key: string, options: { readonly optional?: boolean } = {}): EnvSource {
    return { valueFrom: { secretKeyRef: { name: nameOf(secret), key, ...options } } };
  },

  /** A field of the Pod itself: `metadata.name`, `metadata.labels['app']`, `status.podIP`, `spec.nodeName`. */
  fromField(fieldPath: string): EnvSource {
    return { valueFrom: { fieldRef: { fieldPath } } };
  },

  /**
   * A request or limit of a container: `limits.cpu`, `requests.memory`.
   * @param options `containerName`: another container's; `divisor`: the unit, 1 unless said (`'1Mi'`, `'1m'`)
   */
  fromResource(
    resource: string,
    options: { readonly containerName?: string; readonly divisor?: QuantityValue } = {},
  ): EnvSource {
    return { valueFrom: { resourceFieldRef: plain({ resource, ...options }) } };
  },
} as const;

/** The API's list for variables in either form. */
export function envVars(env: EnvProps | undefined): EnvVar[] {
  if (env === undefined) return [];
  if (Array.isArray(env)) return plain(env);
  return Object.entries(env).map(([name, value]) => envVar(name, value));
}

function envVar(name: string, given: EnvValueLike): EnvVar {
  if (given === null || typeof given !== 'object') return { name, value: text(given) };
  // A lazy value is for synthesis to resolve, and what is no source either for the rules to refuse.
  if (!('value' in given || 'valueFrom' in given)) return { name, value: plain(given) };
  const { value, valueFrom } = given;
  const variable: { name: string; value?: string; valueFrom?: EnvVarSource } = { name };
  if (value !== undefined) variable.value = text(value);
  if (valueFrom !== undefined) variable.valueFrom = plain(valueFrom);
  return variable;
}

// Only a number is written out: anything else that is no text is for the rules to refuse, as the API server would.
function text(value: unknown): string {
  return (Number.isFinite(value) ? String(value) : value) as string;
}
