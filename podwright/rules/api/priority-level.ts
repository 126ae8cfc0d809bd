// How the API server shares itself: how much a level has, and who waits. PriorityLevelConfigurations.
// Source: pkg/apis/flowcontrol/validation.
import { object } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { dnsSubdomain } from '../values/names';
import { withSpec } from './apps';
import { metadata, withMetadata } from './metadata';

const names = withMetadata(metadata(dnsSubdomain, false));
const notNegative: Check = (value: Any, at: Cursor) => {
  if (value < 0) at.invalid(value, 'must be a non-negative integer');
};
const lendable: Check = (value: Any, at: Cursor) => {
  if (value < 0 || value > 100) at.invalid(value, 'must be between 0 and 100, inclusive');
};

/** How many bits of a hash the API server thinks that it takes to deal a hand out of a deck of queues. */
function entropyBits(deck: number, hand: number): number {
  return Math.ceil(Math.log2(deck) * hand);
}

const queuing: Check = (value: Any, at: Cursor) => {
  const length = value.queueLengthLimit || 50;
  const queues = value.queues || 64;
  const hand = value.handSize || 8;
  if (length <= 0) at.invalid(length, 'must be positive', 'queueLengthLimit');
  if (queues <= 0) at.invalid(queues, 'must be positive', 'queues');
  else if (queues > 10_000_000) at.invalid(queues, 'must not be greater than 10000000', 'queues');
  if (hand <= 0) at.invalid(hand, 'must be positive', 'handSize');
  else if (hand > queues) at.invalid(hand, `should not be greater than queues (${queues})`, 'handSize');
  else if (entropyBits(queues, hand) > 60) {
    const problem = `required entropy bits of deckSize ${queues} and handSize ${hand} should not be greater than 60`;
    at.invalid(hand, problem, 'handSize');
  }
};

const limitResponse: Check = (response: Any, at: Cursor) => {
  const { type = '' } = response;
  if (type === 'Reject') {
    if (response.queuing) at.forbidden('must be nil if limited.limitResponse.type is not Limited', 'queuing');
  } else if (type === 'Queue') {
    if (!response.queuing) at.required('must not be empty if limited.limitResponse.type is Limited', 'queuing');
    else at.enter('queuing', queuing, response.queuing);
  } else at.notSupported(type, ['Queue', 'Reject'], 'type');
};

const limited: Check = object(
  undefined,
  {
    nominalConcurrencyShares: notNegative,
    lendablePercent: lendable,
    borrowingLimitPercent: (value: Any, at: Cursor) => {
      if (value < 0) at.invalid(value, 'if specified, must be a non-negative integer');
    },
  },
  (value: Any, at: Cursor) => at.enter('limitResponse', limitResponse, value.limitResponse ?? {}),
);
const exempt: Check = object(undefined, { nominalConcurrencyShares: notNegative, lendablePercent: lendable });

const levelSpec: Check = object('api/priority-level', {}, (spec: Any, at: Cursor) => {
  const { type = '' } = spec;
  if ((at.root.metadata?.name === 'exempt') !== (type === 'Exempt')) {
    at.invalid(type, "must be 'Exempt' if and only if `name` is 'exempt'", 'type');
  }
  if (type === 'Exempt') {
    if (spec.limited) at.forbidden('must be nil if the type is not Limited', 'limited');
    if (spec.exempt) at.enter('exempt', exempt, spec.exempt);
  } else if (type === 'Limited') {
    if (spec.exempt) at.forbidden('must be nil if the type is Limited', 'exempt');
    if (spec.limited) at.enter('limited', limited, spec.limited);
    else at.required('must not be empty when type is Limited', 'limited');
  } else at.notSupported(type, ['Exempt', 'Limited'], 'type');
});

/** A PriorityLevelConfiguration. */
export const priorityLevelConfiguration: Check = object('api/priority-level', {}, names, withSpec(levelSpec));
