// NetworkPolicies. Source: pkg/apis/networking/validation ValidateNetworkPolicySpec.
import { each, object } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { networkOf, parseCidr } from '../values/ip';
import { portName } from '../values/keys';
import { cidr } from './addresses';
import { withSpec } from './apps';
import { labelSelector } from './labels';
import { subdomainMetadata, withMetadata } from './metadata';
import { portNumber } from './ports';

const is = (value: Any) => value !== undefined && value !== null;
const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];

const port: Check = (value: Any, at: Cursor) => {
  const { port: given, endPort, protocol } = value;
  if (is(protocol) && !PROTOCOLS.includes(protocol)) at.notSupported(protocol, PROTOCOLS, 'protocol');
  if (!is(given)) {
    if (is(endPort)) at.invalid(endPort, 'may not be specified when `port` is not specified', 'endPort');
  } else if (typeof given === 'number') {
    at.enter('port', portNumber, given);
    if (!is(endPort)) return;
    if (endPort < given) at.invalid(given, 'must be greater than or equal to `port`', 'endPort');
    at.enter('endPort', portNumber, endPort);
  } else {
    if (is(endPort)) at.invalid(endPort, 'may not be specified when `port` is non-numeric', 'endPort');
    for (const problem of portName(given) ?? []) at.invalid(given, problem, 'port');
  }
};

/** Whether one network is a part of another, and smaller. */
function isWithin(inner: string, outer: string): boolean {
  const small = parseCidr(inner);
  const big = parseCidr(outer);
  if (!small || !big) return true;
  if (small.address.length !== big.address.length || small.bits <= big.bits) return false;
  const network = networkOf(big);
  return networkOf({ address: small.address, bits: big.bits }).every((byte, index) => byte === network[index]);
}

const ipBlock: Check = (block: Any, at: Cursor) => {
  const { cidr: outer = '' } = block;
  if (!outer) at.required('', 'cidr');
  at.enter('cidr', cidr, outer);
  if (!parseCidr(outer)) return;
  (block.except ?? []).forEach((inner: Any, i: number) => {
    at.path.push('except', i);
    cidr(inner ?? '', at);
    if (!isWithin(inner ?? '', outer)) at.invalid(inner, 'must be a strict subset of `cidr`');
    at.path.length -= 2;
  });
};

const peer: Check = object(
  undefined,
  { podSelector: labelSelector, namespaceSelector: labelSelector, ipBlock },
  (value: Any, at: Cursor) => {
    const given = [value.podSelector, value.namespaceSelector, value.ipBlock].filter(is).length;
    if (given === 0) at.required('must specify a peer');
    else if (given > 1 && value.ipBlock) at.forbidden('may not specify both ipBlock and another peer');
  },
);

const TYPES = ['Ingress', 'Egress'];

/** A NetworkPolicy. */
export const networkPolicy: Check = object(
  'api/network-policy',
  {},
  withMetadata(subdomainMetadata),
  withSpec(
    object('api/network-policy', {
      podSelector: labelSelector,
      ingress: each(object(undefined, { ports: each(port), from: each(peer) })),
      egress: each(object(undefined, { ports: each(port), to: each(peer) })),
      policyTypes: (types: Any, at: Cursor) => {
        if (types.length > 2) at.invalid(types, 'may not specify more than two policyTypes');
        types.forEach((type: Any, i: number) => {
          if (!TYPES.includes(type)) at.notSupported(type ?? '', TYPES, i);
        });
      },
    }),
  ),
);
