// Addresses that traffic can be sent to. Source: pkg/apis/core/validation ValidateEndpointIP.
import type { Any, Check, Cursor } from '../engine/cursor';
import { type Address, isIpv4, parseIp } from '../values/ip';

function wrong(text: string, address: Address): string | undefined {
  const v4 = isIpv4(address);
  const bytes = v4 ? address.slice(-4) : address;
  const [first = 0, second = 0, third = 0] = bytes;
  const zeros = bytes.slice(0, -1).every((byte) => byte === 0);
  const last = bytes[bytes.length - 1];
  if (zeros && last === 0) return `may not be unspecified (${text})`;
  if (v4 ? first === 127 : zeros && last === 1) return 'may not be in the loopback range (127.0.0.0/8, ::1/128)';
  if (v4 ? first === 169 && second === 254 : first === 0xfe && (second & 0xc0) === 0x80) {
    return 'may not be in the link-local range (169.254.0.0/16, fe80::/10)';
  }
  if (v4 ? first === 224 && second === 0 && third === 0 : first === 0xff && (second & 0x0f) === 2) {
    return 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)';
  }
  return undefined;
}

/** An address of an endpoint: not the host's own, nor one that only its link knows. */
export const endpointIp: Check = (text: Any, at: Cursor) => {
  const address = parseIp(text);
  const problem = address && wrong(text, address);
  if (problem) at.invalid(text, problem);
};
