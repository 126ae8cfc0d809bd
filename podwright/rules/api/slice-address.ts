// Addresses of an EndpointSlice, by its type. Source: pkg/apis/discovery/validation validateEndpoints.
import { form } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { formatIp, isIpv4, isMapped, parseIp, strictIp } from '../values/ip';
import { dnsLabel, dnsSubdomain } from '../values/names';
import { ip } from './addresses';
import { endpointIp } from './endpoint-ip';

/** A domain name of at least two parts, with or without a dot at its end. */
const domainName: Check = (name: Any, at: Cursor) => {
  if (name === '') {
    at.required('');
    return;
  }
  const text = name.replace(/\.$/, '');
  const problems = dnsSubdomain(text);
  if (problems) at.invalid(text, problems.join(','));
  else if (!text.includes('.')) at.invalid(text, 'should be a domain with at least two segments separated by dots');
  else {
    for (const label of text.split('.')) {
      const wrong = dnsLabel(label);
      if (wrong) {
        at.invalid(label, wrong.join(','));
        return;
      }
    }
  }
};

/** The address at `i`. */
export function sliceAddress(type: string, text: string, i: number, at: Cursor): void {
  at.path.push('addresses', i);
  const from = at.faults.length;
  const parsed = parseIp(text);
  if (type === 'FQDN') domainName(text, at);
  else if (type === 'IPv4') {
    ip(text, at);
    if (parsed && at.faults.length === from) {
      if (!isIpv4(parsed)) at.invalid(text, 'must be an IPv4 address').says(1);
      endpointIp(text, at);
    }
  } else if (type === 'IPv6') {
    form(strictIp)(text, at);
    if (parsed && at.faults.length === from && formatIp(parsed) !== text) {
      at.invalid(text, `must be in canonical form ("${formatIp(parsed)}")`);
    }
    if (parsed && at.faults.length === from) {
      if (isIpv4(parsed) && !isMapped(parsed)) at.invalid(text, 'must be an IPv6 address').says(1);
      endpointIp(text, at);
    }
  }
  at.path.length -= 2;
}
