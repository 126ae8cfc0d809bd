// URLs, IP addresses and CIDRs. Source: k8s.io/apiserver/pkg/cel/library/{urls,ip,cidr}.go.

import { type Address, parseIp } from '../../values/ip';
import { isRequestUri } from '../formats';
import type { Overloads } from './functions';
import { CelError, CelList, LiteralMap, Opaque, type Value } from './values';

class Url extends Opaque {
  readonly type = 'kubernetes.URL';
  readonly scheme: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
  constructor(readonly text: string) {
    super();
    const [, scheme = '', , host = '', path = '', query = ''] =
      /^(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(\/\/(?:[^/?@]*@)?([^/?]*))?([^?]*)(?:\?(.*))?$/.exec(text) ?? [];
    [this.scheme, this.host, this.path, this.query] = [scheme.toLowerCase(), host, path, query];
  }
  get hostname(): string {
    return this.host.startsWith('[') ? this.host.slice(1, this.host.indexOf(']')) : this.host.replace(/:\d*$/, '');
  }
  get port(): string {
    return /:(\d*)$/.exec(this.host.replace(/^\[.*\]/, ''))?.[1] ?? '';
  }
  equals(other: Opaque): boolean {
    return other instanceof Url && other.text === this.text;
  }
}

class Ip extends Opaque {
  readonly type = 'net.IP';
  constructor(readonly address: Address) {
    super();
  }
  get text(): string {
    return canonicalIp(this.address);
  }
  equals(other: Opaque): boolean {
    return other instanceof Ip && other.text === this.text;
  }
}

class Cidr extends Opaque {
  readonly type = 'net.CIDR';
  constructor(
    readonly address: Address,
    readonly bits: number,
  ) {
    super();
  }
  get text(): string {
    return `${canonicalIp(this.address)}/${this.bits}`;
  }
  equals(other: Opaque): boolean {
    return other instanceof Cidr && other.text === this.text;
  }
}

/** Shortest form: the longest run of zero groups of an IPv6 address is left out. */
function canonicalIp(address: Address): string {
  if (address.length === 4) return address.join('.');
  const groups = Array.from({ length: 8 }, (_, i) =>
    (((address[2 * i] ?? 0) << 8) | (address[2 * i + 1] ?? 0)).toString(16),
  );
  let best = { from: 0, length: 1 };
  for (let from = 0; from < 8; from++) {
    let length = 0;
    while (groups[from + length] === '0') length++;
    if (length > best.length) best = { from, length };
  }
  if (best.length < 2) return groups.join(':');
  return `${groups.slice(0, best.from).join(':')}::${groups.slice(best.from + best.length).join(':')}`;
}

/** Neither leading zeros, nor an IPv4 address written as IPv6. */
function strictIp(text: string): Address | undefined {
  if (/(^|\.)0\d/.test(text)) return undefined;
  const address = parseIp(text);
  const mapped =
    address?.length === 16 &&
    address.slice(0, 10).every((byte) => byte === 0) &&
    address[10] === 255 &&
    address[11] === 255;
  return mapped ? undefined : address;
}

function readIp(text: string): Ip {
  const address = strictIp(text);
  if (!address) throw new CelError(`IP Address ${JSON.stringify(text)} parse error during conversion from string`);
  return new Ip(address);
}

function readCidr(text: string): Cidr | undefined {
  const slash = text.lastIndexOf('/');
  const address = strictIp(text.slice(0, Math.max(0, slash)));
  const bits = text.slice(slash + 1);
  if (!address || !/^(0|[1-9]\d*)$/.test(bits) || Number(bits) > address.length * 8) return undefined;
  return new Cidr(address, Number(bits));
}

function cidrOf(text: string): Cidr {
  const cidr = readCidr(text);
  if (!cidr) throw new CelError(`network address parse error during conversion from string: ${text}`);
  return cidr;
}

function masked({ address, bits }: Cidr): number[] {
  return address.map((byte, index) => byte & (0xff00 >> Math.min(8, Math.max(0, bits - index * 8))) & 0xff);
}

function holds(cidr: Cidr, address: Address, bits: number): boolean {
  if (address.length !== cidr.address.length || bits < cidr.bits) return false;
  const own = masked(cidr);
  return masked(new Cidr(address, cidr.bits)).every((byte, index) => byte === own[index]);
}

export const NETWORK_FUNCTIONS: Overloads = {
  url: (text) => {
    if (typeof text !== 'string') return undefined;
    if (!isRequestUri(text))
      throw new CelError(
        `URL parse error during conversion from string: parse ${JSON.stringify(text)}: invalid URI for request`,
      );
    return new Url(text);
  },
  isURL: (text) => (typeof text === 'string' ? isRequestUri(text) : undefined),
  ip: (text) => (typeof text === 'string' ? readIp(text) : undefined),
  isIP: (text) => (typeof text === 'string' ? strictIp(text) !== undefined : undefined),
  'ip.isCanonical': (text) => (typeof text === 'string' ? readIp(text).text === text : undefined),
  cidr: (text) => (typeof text === 'string' ? cidrOf(text) : undefined),
  isCIDR: (text) => (typeof text === 'string' ? readCidr(text) !== undefined : undefined),
};

function ofUrl(call: (url: Url) => Value): (...args: Value[]) => Value | undefined {
  return (value) => (value instanceof Url ? call(value) : undefined);
}

function ofIp(call: (address: Address) => Value): (...args: Value[]) => Value | undefined {
  return (value) => (value instanceof Ip ? call(value.address) : undefined);
}

function query(url: Url): Value {
  const map = new LiteralMap();
  const found = new Map<string, string[]>();
  for (const [key, value] of new URLSearchParams(url.query)) found.set(key, [...(found.get(key) ?? []), value]);
  for (const [key, values] of found) map.set(key, new CelList(values));
  return map;
}

const isLoopback = (address: Address) => (address.length === 4 ? address[0] === 127 : canonicalIp(address) === '::1');
const isUnspecified = (address: Address) => address.every((byte) => byte === 0);
const isMulticast = (address: Address) =>
  address.length === 4 ? ((address[0] ?? 0) & 0xf0) === 0xe0 : address[0] === 0xff;
const isLinkLocal = (address: Address) =>
  address.length === 4
    ? address[0] === 169 && address[1] === 254
    : address[0] === 0xfe && ((address[1] ?? 0) & 0xc0) === 0x80;
const isLinkLocalMulticast = (address: Address) =>
  address.length === 4
    ? address[0] === 224 && address[1] === 0 && address[2] === 0
    : address[0] === 0xff && ((address[1] ?? 0) & 0x0f) === 0x02;

export const NETWORK_METHODS: Overloads = {
  getScheme: ofUrl(({ scheme }) => scheme),
  getHost: ofUrl(({ host }) => host),
  getHostname: ofUrl(({ hostname }) => hostname),
  getPort: ofUrl(({ port }) => port),
  getEscapedPath: ofUrl(({ path }) => path),
  getQuery: ofUrl(query),
  family: ofIp(({ length }) => (length === 4 ? 4n : 6n)),
  isUnspecified: ofIp(isUnspecified),
  isLoopback: ofIp(isLoopback),
  isLinkLocalMulticast: ofIp(isLinkLocalMulticast),
  isLinkLocalUnicast: ofIp(isLinkLocal),
  isGlobalUnicast: ofIp(
    (address) =>
      !isUnspecified(address) &&
      !isLoopback(address) &&
      !isMulticast(address) &&
      !isLinkLocal(address) &&
      address.join() !== '255,255,255,255',
  ),
  containsIP: (cidr, ip) => {
    if (!(cidr instanceof Cidr)) return undefined;
    const other = typeof ip === 'string' ? readIp(ip) : ip;
    return other instanceof Ip ? holds(cidr, other.address, other.address.length * 8) : undefined;
  },
  containsCIDR: (cidr, other) => {
    if (!(cidr instanceof Cidr)) return undefined;
    const inner = typeof other === 'string' ? cidrOf(other) : other;
    return inner instanceof Cidr ? holds(cidr, inner.address, inner.bits) : undefined;
  },
  ip: (cidr) => (cidr instanceof Cidr ? new Ip(cidr.address) : undefined),
  prefixLength: (cidr) => (cidr instanceof Cidr ? BigInt(cidr.bits) : undefined),
  masked: (cidr) => (cidr instanceof Cidr ? new Cidr(masked(cidr), cidr.bits) : undefined),
};
