// What the API server fills in by code, type by type: pkg/apis/*/v*/defaults.go of Kubernetes, and what its create
// strategies and conversions add (pkg/registry). What its OpenAPI documents say is in the definitions.
import { autoscaling } from './autoscaling';
import { core } from './core';
import { others } from './others';
import type { TypeDefaults } from './type-defaults';
import { workloads } from './workloads';

const TYPES: { readonly [type: string]: TypeDefaults } = { ...core, ...workloads, ...autoscaling, ...others };

/** The coded defaults of a type, by its definition's name; undefined where it has none. */
export function codedDefaults(type: string): TypeDefaults | undefined {
  return Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
}
