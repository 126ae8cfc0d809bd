// The addresses of a Service, of one family or two. Source: pkg/apis/core/validation
// ValidateServiceClusterIPsRelatedFields.
import { oneOf } from '../engine/checks';
import type { Any, Cursor } from '../engine/cursor';
import { isIpv4, parseIp } from '../values/ip';
import { ip } from './addresses';

const FAMILIES = ['IPv4', 'IPv6'];

/** Checks the addresses of a Service's spec, on which the cursor stands. */
export function clusterIps(spec: Any, headless: boolean, at: Cursor): void {
  if (spec.type === 'ExternalName') return;
  // The API server fills the list from the single address.
  const ips: string[] = spec.clusterIPs ?? (spec.clusterIP ? [spec.clusterIP] : []);
  const field = spec.clusterIPs ? ['clusterIPs'] : ['clusterIP'];
  const families: string[] = spec.ipFamilies ?? [];
  if (spec.clusterIP) {
    if (ips.length === 0) at.required('', 'clusterIPs');
    else if (ips[0] !== spec.clusterIP) at.invalid(ips, 'first value must match `clusterIP`', 'clusterIPs');
  } else if (ips.length > 0) at.invalid(ips, 'must be empty when `clusterIP` is not specified', 'clusterIPs');
  const seen = new Set<string>();
  families.forEach((family, i) => {
    if (!FAMILIES.includes(family)) at.notSupported(family ?? '', FAMILIES, 'ipFamilies', i);
    if (seen.has(family)) at.duplicate(family, 'ipFamilies', i);
    seen.add(family);
  });
  const policy = spec.ipFamilyPolicy;
  if (policy !== undefined && policy !== null) {
    at.enter('ipFamilyPolicy', oneOf('PreferDualStack', 'RequireDualStack', 'SingleStack'), policy);
  }
  const before = at.faults.length;
  ips.forEach((text, i) => {
    if (i === 0 && text === 'None') {
      if (ips.length > 1) at.invalid(ips, "'None' must be the first and only value", 'clusterIPs');
      return;
    }
    const steps = spec.clusterIPs ? ['clusterIPs', i] : ['clusterIP'];
    const from = at.faults.length;
    at.path.push(...steps);
    ip(text ?? '', at);
    at.path.length -= steps.length;
    if (!spec.clusterIPs) for (const fault of at.faults.slice(from)) fault.says(1, 'clusterIPs', 0);
  });
  const readable = at.faults.length === before;
  if (ips.length > 2) at.invalid(ips, 'may only hold up to 2 values', 'clusterIPs');
  if (!readable) return;
  const isV6 = ips.map((text) => !isIpv4(parseIp(text) ?? []));
  if (ips.length > 1 && (!isV6.includes(true) || !isV6.includes(false))) {
    at.invalid(ips, 'may specify no more than one IP for each IP family', 'clusterIPs');
  }
  if (headless) return;
  ips.forEach((text, i) => {
    const family = families[i];
    if ((family === 'IPv4' && isV6[i]) || (family === 'IPv6' && !isV6[i])) {
      at.invalid(text, `expected an ${family} value as indicated by \`ipFamilies[${i}]\``, ...field, i).says(
        2,
        'clusterIPs',
        i,
      );
    }
  });
}
