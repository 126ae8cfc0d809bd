// Variants of custom resources with one fault, by class of fault, at any place of their schema.

/** The classes of fault. */
export const CLASSES = [
  'missing',
  'unknown',
  'misspelt',
  'another type',
  'null',
  'empty',
  'over a limit',
  'malformed',
  'duplicate',
  'in conflict',
];

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const clone = (value) => structuredClone(value);

/** The steps from a schema to those below it: field names, '*' for items and a map's values. */
export function below(schema) {
  const steps = Object.entries(schema.properties ?? {});
  if (schema.items) steps.push(['*', schema.items]);
  else if (typeof schema.additionalProperties === 'object') steps.push(['*', schema.additionalProperties]);
  return steps;
}

/** All places of a schema, as the steps to them and their schemas; status is left out. */
export function placesOf(schema, steps = [], found = []) {
  for (const [step, next] of below(schema)) {
    if (steps.length === 0 && /^(apiVersion|kind|metadata|status)$/.test(step)) continue;
    const path = [...steps, step];
    found.push({ path, schema: next });
    placesOf(next, path, found);
  }
  return found;
}

const TEXTS = [
  'main',
  'a',
  'example.com/name',
  'Name',
  '10s',
  '1Gi',
  '1',
  '0.5',
  '2026-01-31T12:00:00Z',
  '10.0.0.1',
  'fd00::1',
  '/path',
  'https://example.com',
  'hf://a/b',
  'example.com',
  '*.example.com',
  'kueue.x-k8s.io/queue',
  'aGVsbG8=',
  '100m',
  'A',
  'true',
  '1h0m0s',
  '50%',
  'x-header',
  'r1',
  'resource.v1',
];

function textFor(schema, random) {
  if (schema.enum) return random.pick(schema.enum);
  const { minLength = 0, maxLength = Infinity, pattern, format } = schema;
  if (format === 'date-time') return '2026-01-31T12:00:00Z';
  if (format === 'byte') return 'aGVsbG8=';
  if (format === 'ipv4') return '10.0.0.1';
  if (format === 'ipv6') return 'fd00::1';
  const known = TEXTS.map((text) => text.padEnd(minLength, 'a'));
  const fits = known.filter((text) => text.length <= maxLength && matches(pattern, text));
  return random.pick(fits.length > 0 ? fits : known);
}

function matches(pattern, text) {
  try {
    return !pattern || new RegExp(pattern).test(text);
  } catch {
    return true;
  }
}

/** A value that a schema describes: what it requires, and now and then more. */
export function valueFor(schema, random, depth = 0) {
  if (schema['x-kubernetes-int-or-string']) {
    return matches(schema.pattern, '25%') ? random.pick([1, '25%', '8080']) : random.pick([1, '500m', '1Gi']);
  }
  if (schema.enum) return clone(random.pick(schema.enum));
  switch (schema.type) {
    case 'string':
      return textFor(schema, random);
    case 'boolean':
      return random.next() < 0.5;
    case 'integer':
    case 'number': {
      const { minimum = 0, maximum = minimum + 100 } = schema;
      return Math.min(maximum, minimum + random.below(3));
    }
    case 'array': {
      const count = Math.max(schema.minItems ?? 0, 1);
      return Array.from({ length: count }, () => valueFor(schema.items ?? {}, random, depth + 1));
    }
    default: {
      const value = {};
      const names = new Set(schema.required ?? []);
      const optional = Object.keys(schema.properties ?? {});
      if (depth < 4 && optional.length > 0 && (random.next() < 0.5 || names.size === 0))
        names.add(random.pick(optional));
      for (const name of names) value[name] = valueFor(schema.properties?.[name] ?? {}, random, depth + 1);
      if (schema['x-kubernetes-embedded-resource']) Object.assign(value, { apiVersion: 'v1', kind: 'ConfigMap' });
      if (typeof schema.additionalProperties === 'object') {
        value[random.pick(['key', 'example.com/name'])] = valueFor(schema.additionalProperties, random, depth + 1);
      }
      return value;
    }
  }
}

/**
 * The parent and key of a place in an object; what is not there yet is put in.
 * @returns the steps to it, with numbers and keys
 */
export function reach(object, root, path, random) {
  let value = object;
  let schema = root;
  const steps = [];
  for (const [index, step] of path.entries()) {
    const next = step === '*' ? (schema.items ?? schema.additionalProperties) : schema.properties[step];
    let key = step;
    if (step === '*' && schema.items) key = value.length === 0 ? 0 : random.below(value.length);
    else if (step === '*') key = Object.keys(value)[0] ?? 'key';
    if (
      value[key] === undefined ||
      value[key] === null ||
      (index < path.length - 1 && typeof value[key] !== 'object')
    ) {
      value[key] = valueFor(next, random, index);
    }
    steps.push(key);
    if (index === path.length - 1) return { parent: value, key, schema: next, steps };
    value = value[key];
    schema = next;
    if (typeof value !== 'object' || value === null) return undefined;
  }
  return undefined;
}

const OTHER = {
  string: [7, true, {}, []],
  integer: ['7', true, 1.5, {}, []],
  number: ['7', true, {}],
  boolean: ['true', 1, {}],
  array: ['text', {}, 7],
  object: ['text', [], 7, true],
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
  '../x',
  '//',
  '/./',
  '300.1.1.1',
  '::g',
  '*.x',
  '%2f',
  '150%',
  '1.5.2',
  'ünïcode',
  '\n',
  ' lead',
  '1e',
  '10 s',
  '-1',
  '1KiB',
  '99:99',
  '2026-13-01T00:00:00Z',
  '#',
];

function misspelt(name, random) {
  const at = random.below(Math.max(1, name.length - 1));
  return random.pick([
    name[0].toUpperCase() + name.slice(1),
    `${name.slice(0, at)}${name[at + 1] ?? ''}${name[at]}${name.slice(at + 2)}`,
    `${name}s`,
    name.slice(0, -1),
    name.toLowerCase(),
  ]);
}

/** Puts one fault at a place; false where the class has none for it. */
export function apply(fault, { parent, key, schema }, random) {
  const value = parent[key];
  const intOrString = schema['x-kubernetes-int-or-string'];
  switch (fault) {
    case 'missing':
      if (Array.isArray(parent)) parent.splice(key, 1);
      else delete parent[key];
      return true;
    case 'unknown':
      if (!isObject(value)) return false;
      value[random.pick(['unknownField', 'name_', 'Spec', 'foo'])] = random.pick(['x', 1, {}]);
      return true;
    case 'misspelt': {
      if (Array.isArray(parent) || String(key).length < 2) return false;
      const name = misspelt(key, random);
      if (name in parent) return false;
      delete parent[key];
      parent[name] = value;
      return true;
    }
    case 'another type':
      parent[key] = clone(random.pick(intOrString ? [true, {}, 1.5, []] : (OTHER[schema.type] ?? ['text'])));
      return true;
    case 'null':
      parent[key] = null;
      return true;
    case 'empty':
      parent[key] = Array.isArray(value) ? [] : isObject(value) ? {} : typeof value === 'string' ? '' : 0;
      return true;
    case 'over a limit':
      if (typeof value === 'string')
        parent[key] = `${value}${'a'.repeat(random.pick([16, 64, 254, (schema.maxLength ?? 4096) + 1]))}`;
      else if (typeof value === 'number') {
        const { minimum = 0, maximum = 100 } = schema;
        parent[key] = random.pick([minimum - 1, maximum + 1, -1, 65536, 2 ** 31, 1e10, value * 1000 + 1]);
      } else if (Array.isArray(value)) {
        const item = value[0] ?? valueFor(schema.items ?? {}, random, 3);
        const count = random.pick([(schema.maxItems ?? 20) + 1, 4, 17, 65]);
        parent[key] = Array.from({ length: count }, (_, index) => {
          const copy = clone(value[index % Math.max(1, value.length)] ?? item);
          if (isObject(copy))
            for (const name of schema['x-kubernetes-list-map-keys'] ?? ['name']) {
              if (typeof copy[name] === 'string') copy[name] = `${copy[name]}${index}`;
            }
          return typeof copy === 'string' ? `${copy}${index}` : copy;
        });
      } else if (isObject(value) && typeof schema.additionalProperties === 'object') {
        const one = Object.values(value)[0] ?? valueFor(schema.additionalProperties, random, 3);
        for (let i = 0; i <= (schema.maxProperties ?? 8); i++) value[`key${i}`] = clone(one);
      } else return false;
      return true;
    case 'malformed':
      if (typeof value !== 'string') return false;
      parent[key] = random.pick([...MALFORMED, `${value}_`, `-${value}`, value.toUpperCase(), `${value}/x`]);
      return parent[key] !== value;
    case 'duplicate':
      if (!Array.isArray(value) || value.length === 0) return false;
      value.push(clone(random.pick(value)));
      return true;
    case 'in conflict': {
      if (isObject(value) && schema.properties) {
        const absent = Object.keys(schema.properties).filter((name) => !(name in value));
        if (absent.length === 0) return false;
        const name = random.pick(absent);
        value[name] = valueFor(schema.properties[name], random, 2);
        return true;
      }
      const others =
        schema.enum ??
        (typeof value === 'boolean' ? [!value] : typeof value === 'number' ? [value + 1, value * 2] : []);
      const other = others.filter((one) => one !== value);
      if (other.length === 0) return false;
      parent[key] = random.pick(other);
      return true;
    }
    default:
      throw new Error(`unknown class ${fault}`);
  }
}
