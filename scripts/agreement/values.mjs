// Values to put into fields: right ones for what a field is called, and many that are wrong in some way.
import { isObject, shapeOf, visit } from './schema.mjs';

/** A copy of plain data; structuredClone takes five times as long. */
export function copy(value) {
  if (Array.isArray(value)) return value.map(copy);
  if (!isObject(value)) return value;
  const fresh = {};
  for (const key of Object.keys(value)) fresh[key] = copy(value[key]);
  return fresh;
}

/** A random source that a seed determines. */
export function randomSource(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n) => Math.floor(next() * n);
  return { next, below, pick: (list) => list[below(list.length)], chance: (share) => next() < share };
}

/** Values that fields have had in objects, by struct type and field. */
export class Bank {
  #values = new Map();

  /** Remembers what the fields of an object hold. */
  learn({ object, definition }, definitions) {
    visit(object, definition, definitions, ({ parent, key, type }) => {
      if (!type || parent[key] === null) return;
      const name = `${type} ${key}`;
      const values = this.#values.get(name) ?? [];
      if (values.length === 0) this.#values.set(name, values);
      if (values.length < 40) values.push(parent[key]);
    });
  }

  of(type, field) {
    return this.#values.get(`${type} ${field}`) ?? [];
  }
}

/** A value for a field that may well be accepted: one that it had before, or one that its name suggests. */
export function valueFor(type, field, schema, context, depth = 0) {
  const { bank, random } = context;
  const known = type ? bank.of(type, field) : [];
  return known.length > 0 && random.chance(0.7) ? copy(random.pick(known)) : newValue(field, schema, context, depth);
}

function newValue(name, schema, context, depth) {
  const { random, definitions } = context;
  const shape = shapeOf(schema, definitions);
  if (shape.kind === 'list') return depth > 6 ? [] : [newValue(name, shape.items, context, depth + 1)];
  if (shape.kind === 'map')
    return depth > 6 ? {} : { [random.pick(['key', 'cpu'])]: newValue(name, shape.values, context, depth + 1) };
  if (shape.kind === 'any') return {};
  if (shape.kind === 'scalar') return leafFor(name, shape, random);
  const value = {};
  if (depth > 6) return value;
  const fields = Object.keys(shape.fields);
  const wanted = new Set(shape.required);
  // A struct of optional fields is mostly a union, or a choice: one of them, now and then more.
  if (fields.length > 0 && (wanted.size === 0 || random.chance(0.3))) wanted.add(random.pick(fields));
  for (const field of wanted) value[field] = valueFor(shape.type, field, shape.fields[field], context, depth + 1);
  return value;
}

function leafFor(name, shape, random) {
  if (shape.enum) return random.pick(shape.enum);
  if (shape.format === 'quantity') return random.pick(['1', '500m', '1Gi', 2]);
  if (shape.format === 'int-or-string') return random.pick([1, 8080, '25%', 'http']);
  if (shape.format === 'date-time') {
    return shape.name?.endsWith('MicroTime') ? '2026-01-31T12:00:00.000000Z' : '2026-01-31T12:00:00Z';
  }
  if (shape.format === 'byte') return 'aGVsbG8=';
  if (shape.type === 'integer' || shape.type === 'number') return random.pick([0, 1, 2, 10, 600]);
  if (shape.type === 'boolean') return random.chance(0.5);
  if (/ips?$/i.test(name)) return random.pick(['10.0.0.1', '2001:db8::1']);
  if (/cidr/i.test(name)) return '10.0.0.0/24';
  if (/path$/i.test(name)) return random.pick(['/data', 'data']);
  return random.pick(['main', 'value', 'example.com/name', 'example.com']);
}

// biome-ignore format: one value after the other
const FORMS = [
  'A_b!', '-x', 'x-', 'a..b', 'UPPER', 'with space', 'a/b/c', '/', '.', '..', '...', '../x', 'x/..', 'x/../y', '..x',
  '/a/./b', '//', '/a//b', 'a:b', ':', '1.2.3.4.5', '300.1.1.1', '01.2.3.4', '10.0.0.0/99', '10.0.0.1/8', '::g',
  '::1', '::/0', '2001:db8::/32', '::ffff:10.0.0.1', '0.0.0.0', '127.0.0.1', '169.254.1.1', '224.0.0.1', '10.0.0.0/08',
  'fe80::1', 'fe80::1%eth0', '10.0.0.1:80', '[::1]', 'a=b', '=', '*', '*.x', '*.example.com', 'x.*', 'x:y', '%', '150%',
  'x%', '-5%', '50.5%', '0%', '100%', '0x1F', '1_000', 'ünïcode', 'a--b', '12345', '0', '-1', '\n', 'a\nb', '\t',
  ' lead', 'trail ', '', ' ', '1e', '1e3', '99:99', '* * * * *', '* * * *', '61 * * * *', '@every 1h', '@daily',
  'TZ=UTC * * * * *', '*/0 * * * *', '1-70 * * * *', 'Mars/Base', 'UTC', 'Europe/berlin', 'true', 'false', 'null', '{}',
  '[]', '$(A)', '$(', '$\u007bA}', 'a$b', "a'b", 'a"b', 'a\\b', 'C:\\x', '\u0000', '\u{1f600}', 'a,b', 'a;b', 'a@b.c', 'a+b',
  'a|b', 'a~b', '_', '_a', 'a_', '__a', '1a', 'a1', 'A', 'kubernetes.io/x', 'k8s.io/x', 'example.com/', '/name', 'x/y/z',
  'EXAMPLE.com/x', 'example..com/x', 'https://example.com', 'http://[', 'docker://x', 'iqn.2001-04.com.example:x', 'None',
  'Always', 'Exists', 'RuntimeDefault', 'Localhost', 'localhost/x', 'runtime/default', 'unconfined', 'system:x',
  'metadata.name', "metadata.labels['a']", "metadata.annotations['A/b']", 'limits.cpu', 'requests.x', 'status.podIP',
  'example.com', 'example.com.', '.example.com', 'localhost', 'a.b.c.d.e.f', '1.2', 'v1', 'v1beta1', 'apps/v1', 'a/v1/b',
  '2026-01-31T12:00:00Z', '2026-13-01T00:00:00Z', '2026-01-31', '2026-01-31T12:00:00.5+01:00', 'aGVsbG8', 'aGVsbG8=', '****',
];

// biome-ignore format: one value after the other
const QUANTITIES = [
  '1x', '-1', '1.5', '0', '1e3', '1E3', '1Ki', '', '-0.5', '1000000000000Gi', '.5', '5.', '1KiB', '100n', '3Mi', 'NaN',
  '1e-3', '1e30', '0.0001', '1m', '1500m', '+1', ' 1', '1 ', '0x10', '1,5', '1k', '1K', '1M', '1Mi', '1mi', '0.5Mi', '1u',
  '9223372036854775807', '9223372036854775808', '1Ei', '10Ei', '-1Gi', '1.', '--1', '1Gi2', 1, 0, -1, 1.5, 0.001, 1e21, 3,
];

const LETTERS = 'abcxyz019-_./:*%$ ABC~@=,+\\"\'éß\n';
/** Lengths around the limits of the API's texts. */
const LENGTHS = [
  15, 16, 52, 53, 57, 58, 62, 63, 64, 65, 128, 129, 253, 254, 255, 256, 316, 317, 318, 512, 513, 1023, 1024, 1025, 2048,
  2049, 4096, 4097,
];
const NUMBERS = [
  -2147483648, -1, 0, 1, 2, 100, 101, 255, 256, 511, 512, 600, 777, 1024, 1025, 1023, 3600, 3601, 32767, 65535, 65536,
  70000, 86400, 86401, 100000, 1000000, 2147483647, 2147483648, 4294967296, 1e10, 9007199254740992, 1e19,
];

/** A text that is wrong for most fields. */
export function wrongText(value, random) {
  if (random.chance(0.6)) return random.pick(FORMS);
  if (random.chance(0.5)) {
    return random.pick([
      `${value}_`,
      `${value}.`,
      `-${value}`,
      `${value}-`,
      value.toUpperCase(),
      `${value}/x`,
      `/${value}`,
      `${value} `,
      ` ${value}`,
      `${value}%`,
      `${value},${value}`,
      `${value}:1`,
      value.slice(1),
      value.slice(0, -1),
    ]);
  }
  if (random.chance(0.5)) {
    const index = random.below(value.length + 1);
    return value.slice(0, index) + random.pick([...LETTERS]) + value.slice(index + random.below(2));
  }
  return Array.from({ length: 1 + random.below(8) }, () => random.pick([...LETTERS])).join('');
}

/** A text of a length around some limit. */
export function longText(value, random) {
  const length = random.chance(0.02) ? random.pick([262144, 262145, 1048577]) : random.pick(LENGTHS);
  const filled = value + random.pick(['a', 'b1', 'a.', 'a-b', '/a', '0']).repeat(length);
  return random.chance(0.7) ? value + 'a'.repeat(Math.max(1, length - value.length)) : filled.slice(0, length);
}

export const wrongQuantity = (random) => random.pick(QUANTITIES);

export function wrongNumber(value, random) {
  return random.chance(0.8) ? random.pick(NUMBERS) : value * random.pick([-1, 2, 10, 1000]) + random.pick([-1, 0, 1]);
}

/** A value of another type than the shape's. */
export function otherType(shape, random) {
  const texts = ['text', '7', 'true', ''];
  const others = {
    string: [7, 1.5, true, false, {}, [], ['a'], { a: 'b' }],
    integer: [...texts, true, {}, [], 1.5, [1], -0.1],
    number: [...texts, true, {}, []],
    boolean: [...texts, 1, 0, {}, []],
    quantity: [true, {}, [], ['1']],
    'int-or-string': [true, {}, [], 1.5],
    struct: [...texts, 7, true, [], [{}]],
    map: [...texts, 7, true, [], ['a']],
    list: [...texts, 7, true, {}, { a: 'b' }],
  };
  return copy(random.pick(others[shape.format] ?? others[shape.type] ?? others[shape.kind] ?? [7]));
}

export { isObject };
