// Leases. Source: pkg/apis/coordination/validation ValidateLeaseSpec.
import { given, nonNegative, object } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { dnsSubdomain, qualifiedName } from '../values/names';
import { withSpec } from './apps';
import { metadata, withMetadata } from './metadata';

const strategy: Check = (name: Any, at: Cursor) => {
  // The API server says the field's name twice.
  if (!name.includes('/')) {
    if (name !== 'OldestEmulationVersion') {
      at.notSupported(name, ['OldestEmulationVersion']).says(0, 'strategy');
    }
    return;
  }
  for (const problem of qualifiedName(name) ?? []) at.invalid(name, problem).says(0, 'strategy');
};

const spec: Check = object(
  'api/lease',
  {
    leaseDurationSeconds: (seconds: Any, at: Cursor) => {
      if (seconds <= 0) at.invalid(seconds, 'must be greater than 0');
    },
    leaseTransitions: nonNegative,
    strategy: given(strategy),
  },
  (value: Any, at: Cursor) => {
    if (value.preferredHolder && !value.strategy) {
      at.forbidden('may only be specified if `strategy` is defined', 'preferredHolder');
    }
  },
);

/** A Lease. */
export const lease: Check = object('api/lease', {}, withMetadata(metadata(dnsSubdomain, true, true)), withSpec(spec));
