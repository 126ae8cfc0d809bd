// The classes of fault, and how each is put into one part of an object.
import { shapeOf } from './schema.mjs';
import { copy, isObject, longText, otherType, valueFor, wrongNumber, wrongQuantity, wrongText } from './values.mjs';

/** Puts a fault into `parent[key]`; returns false where the class does not apply there. */
export const FAULTS = {
  missing({ parent, key }) {
    if (Array.isArray(parent)) parent.splice(key, 1);
    else delete parent[key];
    return true;
  },

  unknown({ parent, key, shape }, { random }) {
    const value = parent[key];
    if (!isObject(value) || shape.kind !== 'struct') return false;
    value[
      random.pick(['unknownField', 'name_', 'Spec', 'foo', 'x-y', 'a.b', 'a/b', '$ref', 'matchLabels', 'enabled'])
    ] = random.pick(['x', 1, {}, [], null, true]);
    return true;
  },

  misspelt({ parent, key, type }, { random }) {
    if (!type || key.length < 2) return false;
    const at = random.below(key.length - 1);
    const spelt = random.pick([
      key[0].toUpperCase() + key.slice(1),
      key.slice(0, at) + key[at + 1] + key[at] + key.slice(at + 2),
      key.slice(0, at) + key.slice(at + 1),
      key.slice(0, at) + key[at] + key.slice(at),
      `${key}s`,
      key.slice(0, -1),
      key.toLowerCase(),
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    ]);
    if (spelt === key || spelt in parent) return false;
    parent[spelt] = parent[key];
    delete parent[key];
    return true;
  },

  'another type'({ parent, key, shape }, { random }) {
    if (shape.kind === 'any') return false;
    parent[key] = otherType(shape, random);
    return true;
  },

  empty({ parent, key }, { random }) {
    const value = parent[key];
    const same = Array.isArray(value)
      ? []
      : isObject(value)
        ? {}
        : typeof value === 'string'
          ? ''
          : typeof value === 'number'
            ? 0
            : null;
    parent[key] = random.chance(0.8) ? same : null;
    return true;
  },

  'over a limit'({ parent, key, shape }, context) {
    const { random } = context;
    const value = parent[key];
    if (shape.format === 'quantity')
      parent[key] = random.pick(['1000Gi', '1Ei', '99999', '9223372036854775807', '0', '1n']);
    else if (typeof value === 'string') parent[key] = longText(value, random);
    else if (typeof value === 'number') parent[key] = wrongNumber(value, random);
    else if (Array.isArray(value)) parent[key] = manyItems(value, shape, context);
    else if (isObject(value) && shape.kind === 'map') manyEntries(value, shape, context);
    else return false;
    return true;
  },

  malformed({ parent, key, shape }, { random }) {
    const value = parent[key];
    if (shape.kind === 'map' && isObject(value) && Object.keys(value).length > 0) {
      const name = random.pick(Object.keys(value));
      const one = value[name];
      delete value[name];
      value[wrongText(name, random)] = one;
    } else if (shape.format === 'quantity') parent[key] = wrongQuantity(random);
    else if (shape.format === 'int-or-string')
      parent[key] = random.pick([wrongText(String(value), random), 0, -1, 70000]);
    else if (typeof value === 'string') parent[key] = wrongText(value, random);
    else return false;
    return shape.kind === 'map' || parent[key] !== value;
  },

  duplicate({ parent, key, shape }, context) {
    const value = parent[key];
    const { random } = context;
    if (!Array.isArray(value) || value.length === 0) return false;
    const item = copy(random.pick(value));
    // The same in some fields, often its key, and other in the rest.
    if (isObject(item) && random.chance(0.5)) {
      const { fields = {}, type } = shapeOf(shape.items, context.definitions);
      const field = random.pick(Object.keys(item));
      if (Object.hasOwn(fields, field)) item[field] = valueFor(type, field, fields[field], context);
    }
    value.splice(random.chance(0.7) ? value.length : random.below(value.length), 0, item);
    return true;
  },

  'in conflict'({ parent, key, shape, type }, context) {
    const { random } = context;
    const value = parent[key];
    if (isObject(value) && shape.kind === 'struct' && random.chance(0.7)) {
      const absent = Object.keys(shape.fields).filter((field) => !(field in value));
      if (absent.length === 0) return false;
      const field = random.pick(absent);
      value[field] = valueFor(shape.type, field, shape.fields[field], context);
      return true;
    }
    const others = [
      ...(shape.enum ?? []),
      ...(type ? context.bank.of(type, key) : []),
      ...(shape.type === 'boolean' ? [true, false] : []),
      ...(typeof value === 'number' ? [value + 1, value - 1, value * 2, 0] : []),
    ].filter((other) => other !== value);
    if (others.length === 0) return false;
    parent[key] = copy(random.pick(others));
    return true;
  },

  'referring to nothing'({ parent, key, shape }, { random }) {
    const value = parent[key];
    if (shape.format === 'quantity' || shape.enum) return false;
    if (shape.kind === 'map' && isObject(value) && Object.keys(value).length > 0) {
      const name = random.pick(Object.keys(value));
      if (random.chance(0.5)) value[`${name}-gone`] = value[name];
      delete value[name];
      return true;
    }
    if (typeof value !== 'string') return false;
    parent[key] = random.pick(['nothing-here', 'gone', `${value}x`, 'metadata.nothing', 'no/such-thing', 'Nothing']);
    return true;
  },
};

/** The names of the classes. */
export const CLASSES = Object.keys(FAULTS);

function manyItems(value, shape, context) {
  const { random } = context;
  const items = value.length > 0 ? value : [valueFor(undefined, 'item', shape.items, context)];
  const count = random.pick([
    2, 3, 4, 8, 9, 10, 16, 17, 20, 21, 32, 33, 64, 65, 100, 101, 128, 129, 255, 256, 300, 1001,
  ]);
  const distinct = random.chance(0.7);
  return Array.from({ length: Math.min(count, JSON.stringify(items).length > 2000 ? 33 : count) }, (_, index) => {
    const item = copy(items[index % items.length]);
    if (distinct && isObject(item) && typeof item.name === 'string') item.name = `${item.name}${index}`;
    return distinct && typeof item === 'string' ? `${item}${index}` : item;
  });
}

function manyEntries(value, shape, context) {
  const { random } = context;
  const [name = 'key', one = valueFor(undefined, 'value', shape.values, context)] = Object.entries(value)[0] ?? [];
  if (typeof one === 'string' && random.chance(0.4))
    value[name] = 'x'.repeat(random.pick([63, 64, 100, 253, 254, 262_143, 262_145]));
  else if (random.chance(0.3))
    for (let n = 0; n < random.pick([17, 33, 65, 600]); n++) value[`${name}${n}`] = copy(one);
  else value[longText(name, random)] = copy(one);
}
