// The rules of what differs between versions of Kubernetes.
import type { Rule } from '../rule';
import { deprecated } from './deprecated';
import { droppedField } from './dropped-field';
import { notServed } from './not-served';
import { offByDefault } from './off-by-default';

/** Every one, sorted. */
export const VERSIONS_RULES: readonly Rule[] = [deprecated, droppedField, notServed, offByDefault];
