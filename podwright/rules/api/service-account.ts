// ServiceAccounts: what every object has, and nothing else. Source: pkg/apis/core/validation ValidateServiceAccount.
import { object } from '../engine/checks';
import type { Check } from '../engine/cursor';
import { subdomainMetadata, withMetadata } from './metadata';

/** A ServiceAccount. */
export const serviceAccount: Check = object(undefined, {}, withMetadata(subdomainMetadata));
