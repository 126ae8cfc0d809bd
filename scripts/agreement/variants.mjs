// Variants of objects with one fault or two, by class of fault. Every field of a kind's schema is reached: those that
// the seeds lack are put in with a value that other seeds, or the field's name, suggest.

/** The classes of fault. */
export const CLASSES = [
  'missing',
  'unknown',
  'misspelt',
  'another type',
  'empty',
  'over a limit',
  'malformed',
  'duplicate',
  'in conflict',
  'referring to nothing',
];

/** A random source that a seed determines. */
export function randomSource(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return { next, pick: (list) => list[Math.floor(next() * list.length)], below: (n) => Math.floor(next() * n) };
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const clone = (value) => structuredClone(value);

/** The schema of what a field holds: {kind: struct|list|map|scalar, …}. */
export function shapeOf(schema, definitions) {
  if (!schema) return { kind: 'any' };
  if (schema.$ref) {
    const definition = definitions(schema.$ref);
    if (definition?.properties) return { kind: 'struct', type: schema.$ref, fields: definition.properties };
    return { kind: 'scalar', type: definition?.type, format: definition?.format, name: schema.$ref };
  }
  if (schema.type === 'array') return { kind: 'list', items: schema.items };
  if (schema.type === 'object' && schema.additionalProperties)
    return { kind: 'map', values: schema.additionalProperties };
  return {
    kind: schema.type === 'object' ? 'any' : 'scalar',
    type: schema.type,
    format: schema.format,
    enum: schema.enum,
  };
}

/** Visits every part of an object that its schema knows: visit(parent, key, shape, path, structType). */
export function visit(value, schema, definitions, see, path = []) {
  const shape = shapeOf(schema, definitions);
  if (shape.kind === 'struct' && isObject(value)) {
    for (const key of Object.keys(value)) {
      const field = shape.fields[key];
      if (!field) continue;
      see(value, key, shapeOf(field, definitions), [...path, key], shape.type);
      visit(value[key], field, definitions, see, [...path, key]);
    }
  } else if (shape.kind === 'list' && Array.isArray(value)) {
    value.forEach((item, index) => {
      see(value, index, shapeOf(shape.items, definitions), [...path, index], undefined);
      visit(item, shape.items, definitions, see, [...path, index]);
    });
  } else if (shape.kind === 'map' && isObject(value)) {
    for (const key of Object.keys(value)) {
      see(value, key, shapeOf(shape.values, definitions), [...path, key], undefined);
      visit(value[key], shape.values, definitions, see, [...path, key]);
    }
  }
}

/** Values that fields had in the seeds, by type and field. */
export function bankOf(seeds, definitions) {
  const bank = new Map();
  for (const { object, definition } of seeds) {
    visit(object, { $ref: definition }, definitions, (parent, key, _shape, _path, type) => {
      if (!type) return;
      const name = `${type} ${key}`;
      if (!bank.has(name)) bank.set(name, []);
      if (bank.get(name).length < 20) bank.get(name).push(parent[key]);
    });
  }
  return bank;
}

/** A value for a field that no seed has. */
export function valueFor(schema, name, definitions, bank, random, depth = 0) {
  const shape = shapeOf(schema, definitions);
  if (shape.kind === 'list') {
    return depth > 6 ? [] : [valueFor(shape.items, name, definitions, bank, random, depth + 1)];
  }
  if (shape.kind === 'map')
    return depth > 6 ? {} : { key: valueFor(shape.values, name, definitions, bank, random, depth + 1) };
  if (shape.kind === 'struct') {
    const value = {};
    const definition = definitions(shape.type);
    if (depth > 6) return value;
    const wanted = new Set(definition.required ?? []);
    if (wanted.size === 0) {
      const names = Object.keys(shape.fields);
      if (names.length > 0) wanted.add(random.pick(names));
    }
    for (const field of wanted) {
      const known = bank.get(`${shape.type} ${field}`);
      value[field] = known
        ? clone(random.pick(known))
        : valueFor(shape.fields[field], field, definitions, bank, random, depth + 1);
    }
    return value;
  }
  if (shape.kind === 'any') return {};
  if (shape.enum) return random.pick(shape.enum);
  if (shape.format === 'quantity') return random.pick(['1', '500m', '1Gi']);
  if (shape.format === 'int-or-string') return random.pick([1, 8080, '25%', 'http']);
  if (shape.format === 'date-time') {
    return shape.name?.endsWith('MicroTime') ? '2026-01-31T12:00:00.000000Z' : '2026-01-31T12:00:00Z';
  }
  if (shape.format === 'byte') return 'aGVsbG8=';
  if (shape.type === 'integer' || shape.type === 'number') return random.pick([1, 2, 10, 600]);
  if (shape.type === 'boolean') return random.pick([true, false]);
  if (/ip$/i.test(name)) return '10.0.0.1';
  if (/cidr/i.test(name)) return '10.0.0.0/24';
  if (/path$/i.test(name)) return random.pick(['/data', 'data']);
  return random.pick(['main', 'value', 'example.com/name']);
}

const WRONG = {
  string: [7, true, {}, []],
  integer: ['7', true, {}, 1.5, []],
  number: ['7', true, {}],
  boolean: ['true', 1, {}],
  other: ['text', 7, true],
};
const MALFORMED = [
  'A_b!',
  '-x',
  'x-',
  'a..b',
  'UPPER',
  'with space',
  'a/b/c',
  '/',
  '.',
  '..',
  '../x',
  '1.2.3.4.5',
  '300.1.1.1',
  '10.0.0.0/99',
  '10.0.0.1/8',
  '::g',
  'a=b',
  '*.x',
  'x:y',
  '%',
  '150%',
  'x%',
  '0x1F',
  'ünïcode',
  'a--b',
  '12345',
  '\n',
  ' lead',
  '1e',
  '99:99',
  '* * * *',
  '61 * * * *',
  'Mars/Base',
];
const QUANTITIES = [
  '1x',
  '-1',
  '1.5',
  '0',
  '1e3',
  '1Ki',
  '',
  '-0.5',
  '1000000000000Gi',
  '.5',
  '1KiB',
  '100n',
  '3Mi',
  'NaN',
];

function longer(value, random) {
  const length = random.pick([16, 64, 65, 129, 254, 1025, 4097]);
  return `${value}${'a'.repeat(Math.max(1, length - value.length))}`;
}

/** Changes one part of an object in place; returns false where the class does not apply to it. */
export function apply(fault, parent, key, shape, context) {
  const { random, bank, type, definitions } = context;
  const value = parent[key];
  switch (fault) {
    case 'missing':
      if (Array.isArray(parent)) parent.splice(key, 1);
      else delete parent[key];
      return true;
    case 'unknown':
      if (!isObject(value) || shape.kind !== 'struct') return false;
      value[random.pick(['unknownField', 'name_', 'Spec', 'foo'])] = random.pick(['x', 1, {}]);
      return true;
    case 'misspelt': {
      if (Array.isArray(parent) || key.length < 2) return false;
      const at = random.below(key.length - 1);
      const spelt = random.pick([
        key.toUpperCase() === key ? key.toLowerCase() : key[0].toUpperCase() + key.slice(1),
        key.slice(0, at) + key[at + 1] + key[at] + key.slice(at + 2),
        `${key}s`,
        key.slice(0, -1),
        key.toLowerCase(),
      ]);
      if (spelt === key || spelt in parent) return false;
      delete parent[key];
      parent[spelt] = value;
      return true;
    }
    case 'another type': {
      const wrong = shape.kind === 'scalar' ? (WRONG[shape.type] ?? WRONG.other) : WRONG.other;
      parent[key] = clone(
        random.pick(shape.kind === 'list' ? [...wrong, {}] : shape.kind === 'scalar' ? wrong : [...wrong, []]),
      );
      return true;
    }
    case 'empty':
      parent[key] = Array.isArray(value)
        ? []
        : isObject(value)
          ? {}
          : typeof value === 'string'
            ? ''
            : typeof value === 'number'
              ? 0
              : null;
      return true;
    case 'over a limit':
      if (typeof value === 'string') parent[key] = longer(value, random);
      else if (typeof value === 'number') {
        parent[key] = random.pick([
          -1,
          65536,
          70000,
          2147483647,
          -2147483648,
          2147483648,
          1e10,
          101,
          1025,
          value * 1000 + 1,
          86401,
        ]);
      } else if (Array.isArray(value)) {
        const items = value.length > 0 ? value : [valueFor(shape.items, String(key), definitions, bank, random)];
        const count = random.pick([4, 9, 21, 33, 101, 300]);
        parent[key] = Array.from({ length: count }, (_, index) => {
          const item = clone(items[index % items.length]);
          if (isObject(item) && typeof item.name === 'string' && random.next() < 0.7)
            item.name = `${item.name}${index}`;
          return typeof item === 'string' && random.next() < 0.5 ? `${item}${index}` : item;
        });
      } else if (isObject(value) && shape.kind === 'map') {
        const [name = 'key', one = 'x'] = Object.entries(value)[0] ?? [];
        if (typeof one === 'string' && random.next() < 0.5)
          value[name] = 'x'.repeat(random.pick([100, 300_000, 1_100_000]));
        else value[longer(name, random)] = clone(one);
      } else return false;
      return true;
    case 'malformed':
      if (shape.kind === 'map' && isObject(value) && Object.keys(value).length > 0) {
        const [name, one] = random.pick(Object.entries(value));
        delete value[name];
        value[random.pick(MALFORMED)] = one;
      } else if (shape.format === 'quantity') parent[key] = random.pick(QUANTITIES);
      else if (typeof value === 'string')
        parent[key] = random.pick([
          ...MALFORMED,
          `${value}_`,
          `${value}.`,
          `-${value}`,
          value.toUpperCase(),
          `${value}/x`,
        ]);
      else if (shape.format === 'int-or-string') parent[key] = random.pick([...MALFORMED, 0, -1, 70000]);
      else return false;
      return parent[key] !== value || shape.kind === 'map';
    case 'duplicate':
      if (!Array.isArray(value) || value.length === 0) return false;
      value.push(clone(random.pick(value)));
      return true;
    case 'in conflict': {
      if (isObject(value) && shape.kind === 'struct') {
        const absent = Object.keys(shape.fields).filter((field) => !(field in value));
        if (absent.length === 0) return false;
        const field = random.pick(absent);
        const known = bank.get(`${shape.type} ${field}`);
        value[field] =
          known && random.next() < 0.8
            ? clone(random.pick(known))
            : valueFor(shape.fields[field], field, definitions, bank, random);
        return true;
      }
      if (shape.kind !== 'scalar') return false;
      const others = [
        ...(shape.enum ?? []),
        ...(type ? (bank.get(`${type} ${key}`) ?? []) : []),
        ...(shape.type === 'boolean' ? [true, false] : []),
        ...(typeof value === 'number' ? [value + 1, value - 1, value * 2] : []),
      ].filter((other) => other !== value);
      if (others.length === 0) return false;
      parent[key] = clone(random.pick(others));
      return true;
    }
    case 'referring to nothing':
      if (shape.format === 'quantity' || shape.enum) return false;
      if (shape.kind === 'map' && isObject(value) && Object.keys(value).length > 0) {
        const [name, one] = random.pick(Object.entries(value));
        delete value[name];
        value[`${name}-gone`] = one;
        return true;
      }
      if (typeof value !== 'string') return false;
      parent[key] = random.pick(['nothing-here', 'gone', `${value}x`, 'metadata.nothing', 'no/such-thing']);
      return true;
    default:
      throw new Error(`unknown class ${fault}`);
  }
}

/** Follows steps into an object. */
export function at(object, path) {
  return path.reduce((value, step) => value?.[step], object);
}
