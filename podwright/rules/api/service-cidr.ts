// Ranges of Services' addresses, and single ones. Source: pkg/apis/networking/validation.
import { form, object, required } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { formatIp, parseCidr, parseIp, strictCidr, strictIp } from '../values/ip';
import { pathSegment } from '../values/keys';
import { dnsSubdomain } from '../values/names';
import { withSpec } from './apps';
import { metadata, withMetadata } from './metadata';

const canonical = (text: string) => [`must be in canonical form ("${text}")`];

/** An address that is written in one way only. */
function oneIp(text: string): readonly string[] | undefined {
  const problems = strictIp(text);
  const address = parseIp(text);
  return problems ?? (address && formatIp(address) !== text ? canonical(formatIp(address)) : undefined);
}

/** A range that is written in one way only. */
function oneCidr(text: string): readonly string[] | undefined {
  const problems = strictCidr(text);
  const cidr = parseCidr(text);
  if (problems || !cidr) return problems;
  const form = `${formatIp(cidr.address)}/${cidr.bits}`;
  return form === text ? undefined : canonical(form);
}

const isV6 = (range: string) => range.includes(':');

/** One range, or one of each family. */
const cidrs: Check = (spec: Any, at: Cursor) => {
  const list: Any[] = spec.cidrs ?? [];
  if (list.length === 0) at.required('at least one CIDR required', 'cidrs');
  if (list.length > 2) at.invalid(spec, 'may only hold up to 2 values', 'cidrs');
  if (list.length === 0 || list.length > 2) return;
  list.forEach((range, i) => {
    for (const problem of oneCidr(range) ?? []) at.invalid(range, problem, 'cidrs', i);
  });
  const [first, second] = list;
  if (second === undefined || !parseCidr(first) || !parseCidr(second) || isV6(first) !== isV6(second)) return;
  at.invalid(list, 'may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64', 'cidrs');
};

/** A ServiceCIDR. */
export const serviceCidr: Check = object(
  'api/service-cidr',
  {},
  withMetadata(metadata(dnsSubdomain, false)),
  withSpec(object('api/service-cidr', {}, cidrs)),
);

const segment = form(pathSegment);
const parent: Check = object(undefined, {
  group: form(dnsSubdomain),
  resource: required(segment),
  name: required(segment),
  namespace: segment,
});

/** An IPAddress, whose name it is. */
export const ipAddress: Check = object(
  'api/ip-address',
  {},
  withMetadata(metadata(oneIp, false, false, oneIp)),
  withSpec(object('api/ip-address', { parentRef: required(parent) })),
);
