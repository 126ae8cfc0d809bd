// IP addresses and CIDRs as Go's net package reads them, leading zeros allowed where the API server still allows them.

/** An address as its bytes: 4 or 16. */
export type Address = readonly number[];

/** Reads an address; an IPv4 part may have leading zeros (`010.0.0.1`), as in the API's older fields. */
export function parseIp(text: string): Address | undefined {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

function parseIpv4(text: string): number[] | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  const bytes: number[] = [];
  for (const part of parts) {
    if (!/^[0-9]+$/.test(part)) return undefined;
    const byte = Number(part);
    if (byte > 255) return undefined;
    bytes.push(byte);
  }
  return bytes;
}

function parseIpv6(text: string): number[] | undefined {
  const [head = '', tail, ...more] = text.split('::');
  if (more.length > 0) return undefined;
  const before = groups(head, tail === undefined);
  const after = tail === undefined ? [] : groups(tail, true);
  if (!before || !after) return undefined;
  const missing = 16 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 2) return undefined;
  return [...before, ...new Array<number>(missing).fill(0), ...after];
}

/** The bytes of `1:2:3`, with an IPv4 address for its end where `last`. */
function groups(text: string, last: boolean): number[] | undefined {
  if (text === '') return [];
  const bytes: number[] = [];
  const parts = text.split(':');
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] as string;
    if (last && i === parts.length - 1 && part.includes('.')) {
      const ipv4 = parseIpv4(part);
      if (!ipv4) return undefined;
      bytes.push(...ipv4);
    } else {
      if (!/^[0-9a-fA-F]{1,4}$/.test(part)) return undefined;
      const group = Number.parseInt(part, 16);
      bytes.push(group >> 8, group & 255);
    }
  }
  return bytes;
}

/** Whether an address is an IPv4 address, be it written as IPv6 (`::ffff:10.0.0.1`). */
export function isIpv4(address: Address): boolean {
  return address.length === 4 || isMapped(address);
}

/** Whether an address is an IPv4 address written as IPv6. */
export function isMapped(address: Address): boolean {
  return (
    address.length === 16 &&
    address.slice(0, 10).every((byte) => byte === 0) &&
    address[10] === 255 &&
    address[11] === 255
  );
}

/** The address as Go prints it: RFC 5952, IPv4-mapped ones as IPv4. */
export function formatIp(address: Address): string {
  if (isIpv4(address)) return address.slice(-4).join('.');
  const words: number[] = [];
  for (let i = 0; i < 16; i += 2) words.push(((address[i] as number) << 8) | (address[i + 1] as number));
  let start = -1;
  let length = 1;
  for (let i = 0; i < 8; i++) {
    let end = i;
    while (end < 8 && words[end] === 0) end++;
    if (end - i > length) [start, length] = [i, end - i];
  }
  const hex = (part: number[]) => part.map((word) => word.toString(16)).join(':');
  return start < 0 ? hex(words) : `${hex(words.slice(0, start))}::${hex(words.slice(start + length))}`;
}

/** An address and how many of its bits name the network. */
export interface Cidr {
  readonly address: Address;
  readonly bits: number;
}

/** Reads `10.0.0.0/8`; leading zeros in the address are allowed as in {@link parseIp}. */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf('/');
  if (slash < 0) return undefined;
  const address = parseIp(text.slice(0, slash));
  const bits = text.slice(slash + 1);
  if (!address || !/^[0-9]+$/.test(bits) || Number(bits) > address.length * 8) return undefined;
  return { address, bits: Number(bits) };
}

/** The network of a CIDR: its address with the other bits zero. */
export function networkOf({ address, bits }: Cidr): Address {
  return address.map((byte, index) => {
    const kept = Math.min(8, Math.max(0, bits - index * 8));
    return byte & (0xff << (8 - kept)) & 0xff;
  });
}

const IP_FORM = 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';
const CIDR_FORM = 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)';

/** What is wrong with an address in one of the API's older fields. */
export function legacyIp(text: string): readonly string[] | undefined {
  return parseIp(text) ? undefined : [IP_FORM];
}

/** What is wrong with a CIDR in one of the API's older fields. */
export function legacyCidr(text: string): readonly string[] | undefined {
  return parseCidr(text) ? undefined : [CIDR_FORM];
}

/** What is wrong with an address where the API server has it strict since 1.36 (StrictIPCIDRValidation). */
export function strictIp(text: string): readonly string[] | undefined {
  const address = parseIp(text);
  if (!address) return [IP_FORM];
  if (hasLeadingZero(text)) return ['must not have leading 0s'];
  return isMapped(address) ? ['must not be an IPv4-mapped IPv6 address'] : undefined;
}

/** What is wrong with a CIDR where the API server has it strict since 1.36 (StrictIPCIDRValidation). */
export function strictCidr(text: string): readonly string[] | undefined {
  const cidr = parseCidr(text);
  if (!cidr) return [CIDR_FORM];
  const [address = '', bits = ''] = text.split('/');
  if (hasLeadingZero(address) || /^0[0-9]/.test(bits)) return ['must not have leading 0s in IP or prefix length'];
  if (isMapped(cidr.address)) return ['must not have an IPv4-mapped IPv6 address'];
  const masked = networkOf(cidr).every((byte, index) => byte === cidr.address[index]);
  return masked ? undefined : ['must not have bits set beyond the prefix length'];
}

function hasLeadingZero(address: string): boolean {
  return address
    .slice(address.lastIndexOf(':') + 1)
    .split('.')
    .some((part, _, parts) => parts.length === 4 && /^0[0-9]/.test(part));
}
