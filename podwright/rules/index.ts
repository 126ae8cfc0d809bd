// What a program that brings rules of its own, or checks objects itself, imports: `podwright/rules`.
export { containersOf } from '../api/pods';
export { type CheckOptions, checkObjects, DEFAULT_TARGETS } from './check-objects';
export { exampleFaults } from './examples';
export type { External, Facts, ImageFacts, NodeShape, PodSecurityLevel } from './facts';
export { type CheckAllOptions, checkAll, FAMILIES, type Family } from './families';
export type { Kinds } from './kinds';
export {
  type At,
  type More,
  type ObjectRule,
  objectRule,
  type PodRule,
  type PodView,
  podRule,
  type Rule,
} from './rule';
export type { IndexedFinding } from './run';
export type { World, WorldOptions } from './world';
