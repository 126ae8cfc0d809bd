// What an OpenAPI document says of the parts of an object: which are structs, lists, maps and leaves.

export const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Follows steps into an object. */
export function at(object, path) {
  return path.reduce((value, step) => value?.[step], object);
}

/** The shape of what a field holds: {kind: struct|list|map|scalar|any, …}. */
export function shapeOf(schema, definitions) {
  if (!schema) return { kind: 'any' };
  // A documented default is put around a reference with allOf.
  const ref = schema.$ref ?? schema.allOf?.[0]?.$ref;
  if (ref) {
    const type = ref.replace('#/definitions/', '');
    const definition = definitions[type];
    if (definition?.properties) {
      return { kind: 'struct', type, fields: definition.properties, required: definition.required ?? [] };
    }
    const format = type.endsWith('.resource.Quantity') ? 'quantity' : definition?.format;
    return definition?.type && definition.type !== 'object'
      ? { kind: 'scalar', type: definition.type, format, name: type }
      : { kind: 'any' };
  }
  if (schema.type === 'array') return { kind: 'list', items: schema.items };
  if (schema.type === 'object') {
    return schema.additionalProperties ? { kind: 'map', values: schema.additionalProperties } : { kind: 'any' };
  }
  return { kind: 'scalar', type: schema.type, format: schema.format, enum: schema.enum };
}

/** The server's own fields: what an object brings along there is overwritten, or no one writes. */
const SERVERS_OWN = new Set(['apiVersion', 'kind', 'status', 'metadata.managedFields']);

/**
 * Visits every part of an object that its schema knows: see({ parent, key, shape, path, place, type }) with `place` the
 * path where items and map keys are `*`, and `type` the struct that the field is one of.
 */
export function visit(object, definition, definitions, see) {
  const walk = (value, shape, path, place) => {
    const part = (key, schema, name, type) => {
      const inner = place === '' ? name : `${place}.${name}`;
      if (SERVERS_OWN.has(inner)) return;
      const next = shapeOf(schema, definitions);
      see({ parent: value, key, shape: next, path: [...path, key], place: inner, type });
      walk(value[key], next, [...path, key], inner);
    };
    if (shape.kind === 'struct' && isObject(value)) {
      for (const key of Object.keys(value)) {
        if (Object.hasOwn(shape.fields, key)) part(key, shape.fields[key], key, shape.type);
      }
    } else if (shape.kind === 'list' && Array.isArray(value)) {
      for (const index of value.keys()) part(index, shape.items, '*');
    } else if (shape.kind === 'map' && isObject(value)) {
      for (const key of Object.keys(value)) part(key, shape.values, '*');
    }
  };
  walk(object, shapeOf({ $ref: definition }, definitions), [], '');
}

/** Every place of a definition, as {@link visit} names them. */
export function placesOf(definition, definitions) {
  const places = new Set();
  const walk = (schema, place, types) => {
    const shape = shapeOf(schema, definitions);
    if (shape.kind === 'struct') {
      if (types.includes(shape.type)) return;
      for (const [field, inner] of Object.entries(shape.fields)) {
        const name = place === '' ? field : `${place}.${field}`;
        if (SERVERS_OWN.has(name)) continue;
        places.add(name);
        walk(inner, name, [...types, shape.type]);
      }
    } else if (shape.kind === 'list' || shape.kind === 'map') {
      places.add(`${place}.*`);
      walk(shape.items ?? shape.values, `${place}.*`, types);
    }
  };
  walk({ $ref: definition }, '', []);
  return places;
}
