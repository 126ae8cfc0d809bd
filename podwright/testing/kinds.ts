// The names by which tests ask for kinds: with the API group or without it.
import type { Kinds } from '../rules/kinds';

type Short<K extends string> = K extends `${string}/${infer S}` ? S : K;

/** The fields of an object by its kind: `Deployment` or `apps/Deployment`. */
export type KindsByName = Kinds & { readonly [K in keyof Kinds as Short<K>]: Kinds[K] };

/** A kind that the API has, or the name of a custom one. */
export type KindName = keyof KindsByName | (string & {});

// biome-ignore lint/suspicious/noExplicitAny: custom resources have any shape
type Any = any;

interface Identified {
  readonly apiVersion: string;
  readonly kind: string;
}

/** An object of a kind, as synthesis makes it. */
export type ManifestOf<K extends string> = (K extends keyof KindsByName ? KindsByName[K] : Any) & Identified;
