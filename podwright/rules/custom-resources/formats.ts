// The formats of texts that the API server checks in custom resources; all others mean nothing to it.
// Source: k8s.io/apiextensions-apiserver/pkg/apiserver/validation/formats.go, k8s.io/kube-openapi/pkg/validation/strfmt.
import type { VersionSet } from '../../api/versions';
import { ALL_VERSIONS } from '../../api/versions';
import { from } from '../engine/checks';
import { parseIp } from '../values/ip';

/** A format, and the versions that know it. */
export interface Format {
  readonly test: (text: string) => boolean;
  readonly versions: VersionSet;
}

const HOSTNAME =
  /^([a-zA-Z0-9\p{S}\p{L}]((-?[a-zA-Z0-9\p{S}\p{L}]{0,62})?)|([a-zA-Z0-9\p{S}\p{L}](([a-zA-Z0-9\-\p{S}\p{L}]{0,61}[a-zA-Z0-9\p{S}\p{L}])?)(\.)){1,}([a-zA-Z\p{L}]){2,63})$/u;
const UUID = (third: string, fourth: string) =>
  new RegExp(`^[0-9a-f]{8}-?[0-9a-f]{4}-?${third}[0-9a-f]{3}-?${fourth}[0-9a-f]{3}-?[0-9a-f]{12}$`, 'i');
const BYTE = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/;
const TIME = /^([0-9]{2}):([0-9]{2}):([0-9]{2})([^\n][0-9]+)?(z|([+-][0-9]{2}:[0-9]{2}))$/;
const PART = '(0|[1-9]\\d?|1\\d\\d?|2[0-4]\\d|25[0-5])';
const RGB = new RegExp(`^rgb\\(\\s*${PART}\\s*,\\s*${PART}\\s*,\\s*${PART}\\s*\\)$`);
const CARD =
  /^(?:4[0-9]{12}(?:[0-9]{3})?|5[1-5][0-9]{14}|6(?:011|5[0-9][0-9])[0-9]{12}|3[47][0-9]{13}|3(?:0[0-5]|[68][0-9])[0-9]{11}|(?:2131|1800|35\d{3})\d{11})$/;

function any(pattern: RegExp): (text: string) => boolean {
  return (text) => pattern.test(text);
}

/** Format names without their dashes. */
const FORMATS: { readonly [name: string]: (text: string) => boolean } = {
  bsonobjectid: any(/^[0-9a-fA-F]{24}$/),
  uri: isRequestUri,
  email: any(/^(?:[^<>\n]*<)?[^\s@<>()[\],;:\\"]+@[^\s@<>()[\],;:\\"]+>?$/),
  hostname: (text) =>
    HOSTNAME.test(text) &&
    Buffer.byteLength(text) <= 255 &&
    text.split('.').every((part) => Buffer.byteLength(part) <= 63),
  ipv4: (text) => text.includes('.') && parseIp(text) !== undefined,
  ipv6: (text) => text.includes(':') && parseIp(text) !== undefined,
  cidr: isCidr,
  mac: any(
    /^(?:[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}(?:(?:[0-9a-f]{2}\1){2}(?:(?:[0-9a-f]{2}\1){12})?)?[0-9a-f]{2}|[0-9a-f]{4}(?:\.[0-9a-f]{4}){2}(?:\.[0-9a-f]{4})?(?:(?:\.[0-9a-f]{4}){6})?)$/i,
  ),
  uuid: any(UUID('[0-9a-f]', '[0-9a-f]')),
  uuid3: any(UUID('3', '[0-9a-f]')),
  uuid4: any(UUID('4', '[89ab]')),
  uuid5: any(UUID('5', '[89ab]')),
  isbn: (text) => isIsbn10(text) || isIsbn13(text),
  isbn10: isIsbn10,
  isbn13: isIsbn13,
  creditcard: isCard,
  ssn: (text) => text.length === 11 && /^\d{3}[- ]?\d{2}[- ]?\d{4}$/.test(text),
  hexcolor: any(/^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/),
  rgbcolor: any(RGB),
  byte: any(BYTE),
  password: () => true,
  date: isDate,
  duration: (text) => parseDuration(text) !== undefined,
  datetime: isDateTime,
};
const NEWER: { readonly [name: string]: (text: string) => boolean } = {
  k8sshortname: (text) => text.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(text),
  k8slongname: (text) =>
    text.length <= 253 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(text),
};

/** A format by the name that a schema gives it; undefined for one that the API server does not know. */
export function formatOf(name: string): Format | undefined {
  const plain = name.replaceAll('-', '');
  // The API server takes a new format up one version later, so that its predecessor can read what it stores.
  if (Object.hasOwn(NEWER, plain)) return { test: NEWER[plain] as (text: string) => boolean, versions: from('1.35') };
  return Object.hasOwn(FORMATS, plain)
    ? { test: FORMATS[plain] as (text: string) => boolean, versions: ALL_VERSIONS }
    : undefined;
}

/** Whether Go's net/url takes a text for the URI of a request: absolute, or a path from the root. */
export function isRequestUri(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (text === '' || /[\x00-\x1f\x7f]/.test(text)) return false;
  const scheme = /^[a-zA-Z][a-zA-Z0-9+.-]*:/.exec(text)?.[0] ?? '';
  if (scheme === '' && !text.startsWith('/')) return false;
  const [path = ''] = text.slice(scheme.length).split('?');
  // What comes after a scheme and does not begin with a slash is not looked into.
  if (!path.startsWith('/')) return true;
  const authority = /^\/\/([^/]*)/.exec(path)?.[1];
  if (authority !== undefined && !isAuthority(authority)) return false;
  return !/%(?![0-9a-fA-F]{2})/.test(path);
}

function isAuthority(authority: string): boolean {
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  if (host.startsWith('[')) return /^\[[^\]]*\](:\d*)?$/.test(host);
  const port = /:([^:]*)$/.exec(host)?.[1];
  return (port === undefined || /^\d*$/.test(port)) && !/[\s<>"{}|\\^`#]/.test(host);
}

function isCidr(text: string): boolean {
  const slash = text.indexOf('/');
  const address = slash < 0 ? undefined : parseIp(text.slice(0, slash));
  const bits = text.slice(slash + 1);
  return address !== undefined && /^\d{1,8}$/.test(bits) && Number(bits) <= address.length * 8;
}

function isIsbn10(text: string): boolean {
  const digits = text.replace(/[\s-]+/g, '');
  if (!/^(?:[0-9]{9}X|[0-9]{10})$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < 10; i++) sum += (i + 1) * (digits[i] === 'X' ? 10 : Number(digits[i]));
  return sum % 11 === 0;
}

function isIsbn13(text: string): boolean {
  const digits = text.replace(/[\s-]+/g, '');
  if (!/^[0-9]{13}$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < 12; i++) sum += (i % 2 === 0 ? 1 : 3) * Number(digits[i]);
  return Number(digits[12]) === (10 - (sum % 10)) % 10;
}

function isCard(text: string): boolean {
  const digits = text.replace(/[^0-9]+/g, '');
  if (!CARD.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 1 : 2);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}

export function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return false;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
}

function isDateTime(text: string): boolean {
  const [date = '', time] = text.toLowerCase().split('t');
  const match = time === undefined || !isDate(date) ? null : TIME.exec(time);
  if (!match) return false;
  const [, hours = '', minutes = '', seconds = ''] = match;
  return hours <= '23' && minutes <= '59' && seconds <= '59';
}

const UNITS: { readonly [unit: string]: bigint } = {
  ns: 1n,
  us: 1_000n,
  '\u00b5s': 1_000n,
  '\u03bcs': 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};
/** Scala's words for units: the last of each also stands for what begins with it. */
const WORDS: readonly (readonly [nanos: bigint, words: readonly string[]])[] = [
  [1n, ['ns', 'nano']],
  [1_000n, ['us', '\u00b5s', 'micro']],
  [1_000_000n, ['ms', 'milli']],
  [1_000_000_000n, ['s', 'sec']],
  [60_000_000_000n, ['m', 'min']],
  [3_600_000_000_000n, ['h', 'hr', 'hour']],
  [86_400_000_000_000n, ['d', 'day']],
  [604_800_000_000_000n, ['w', 'wk', 'week']],
];

/** A duration in Go's form, `1h30m`; in nanoseconds. */
export function parseGoDuration(text: string): bigint | undefined {
  const match = /^([+-]?)(.*)$/.exec(text);
  const body = match?.[2] ?? '';
  if (body === '0') return 0n;
  if (!/^(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h))+$/.test(body)) return undefined;
  let nanos = 0n;
  for (const [, whole = '', fraction = '', unit] of body.matchAll(/(\d*)\.?(\d*)(ns|us|\u00b5s|\u03bcs|ms|s|m|h)/g)) {
    const one = UNITS[unit as string] as bigint;
    nanos += BigInt(whole || '0') * one + (BigInt(fraction || '0') * one) / 10n ** BigInt(fraction.length);
  }
  if (nanos >= 1n << 63n) return undefined;
  return match?.[1] === '-' ? -nanos : nanos;
}

/** A duration in Go's form or in Scala's, `22 seconds`; in nanoseconds. */
export function parseDuration(text: string): bigint | undefined {
  const plain = parseGoDuration(text);
  if (plain !== undefined) return plain;
  let nanos: bigint | undefined;
  for (const [, count, name] of text.matchAll(/(\d+)\s*([A-Za-z\u00b5]+)/g)) {
    const unit = (name as string).toLowerCase();
    for (const [one, words] of WORDS) {
      words.forEach((word, index) => {
        if (unit === word || (index === words.length - 1 && unit.startsWith(word))) {
          nanos = (nanos ?? 0n) + BigInt(count as string) * one;
        }
      });
    }
  }
  return nanos;
}
