// The objects that faults are put into: written by hand, this program's own, and both with every other field of their
// schema added, one after the other, as long as the API server accepts them.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { at, isObject, placesOf, shapeOf, visit } from './schema.mjs';
import { Bank, copy, valueFor } from './values.mjs';

const require = createRequire(import.meta.url);
const HAND_WRITTEN = fileURLToPath(new URL('seeds', import.meta.url));
const OWN = fileURLToPath(new URL('../../dist', import.meta.url));

/** The objects of every YAML file under a folder. */
export function objectsOf(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((file) => /\.ya?ml$/.test(file))
    .sort()
    .flatMap((file) => parseAllDocuments(readFileSync(join(folder, file), 'utf8')).map((document) => document.toJS()))
    .filter(isObject);
}

/** Every object that others are made of, of kinds that a version serves, with the name of its definition. */
export function allSeeds(lib, version, folders = []) {
  const { kindOf } = require(join(lib, 'api/definitions.js'));
  const { versionSet } = require(join(lib, 'api/versions.js'));
  return [HAND_WRITTEN, OWN, ...folders].flatMap(objectsOf).flatMap((object) => {
    const kind = kindOf(object.apiVersion, object.kind);
    return kind && kind.versions & versionSet(version) ? [{ object, definition: kind.definition }] : [];
  });
}

const nameOf = ({ object }) => `${object.apiVersion} ${object.kind}`;

/**
 * Adds, round after round, each field that no accepted object has at its place yet.
 * @param seeds objects that the server accepts, with the name of their definition
 * @returns the accepted objects, those made here that are refused, the bank of values, how many
 * places there are, and which no accepted object has
 */
export async function grow(seeds, context, accept, rounds) {
  const { definitions, random } = context;
  const bank = new Bank();
  const accepted = [];
  const refused = [];
  const missing = new Map();
  let places = 0;
  /** By kind and place of a struct: the objects that have one there. */
  const structs = new Map();
  const adopt = (base) => {
    const kind = nameOf(base);
    if (!missing.has(kind)) {
      missing.set(kind, placesOf(base.definition, definitions));
      places += missing.get(kind).size;
    }
    const note = (place, type, path) => {
      const name = `${kind} ${place}`;
      const found = structs.get(name) ?? { kind, place, type, objects: [] };
      structs.set(name, found);
      found.objects.push({ base, path });
    };
    accepted.push(base);
    bank.learn(base, definitions);
    note('', base.definition, []);
    visit(base.object, base.definition, definitions, ({ parent, key, shape, path, place }) => {
      missing.get(kind).delete(place);
      if (shape.kind === 'struct' && isObject(parent[key])) note(place, shape.type, path);
    });
  };
  for (const seed of seeds) adopt(seed);
  for (let round = 0; round < rounds; round++) {
    const grafts = [];
    for (const { kind, place, type, objects } of structs.values()) {
      const { fields, required } = shapeOf({ $ref: type }, definitions);
      for (const [field, schema] of Object.entries(fields)) {
        if (!missing.get(kind).has(place === '' ? field : `${place}.${field}`)) continue;
        const { base, path } = random.pick(objects);
        const object = copy(base.object);
        const struct = at(object, path);
        // Of a union, one at a time.
        for (const other of Object.keys(struct)) {
          if (round % 2 === 1 && random.chance(0.5) && path.length > 0 && !required.includes(other))
            delete struct[other];
        }
        struct[field] = valueFor(type, field, schema, { ...context, bank });
        grafts.push({ object, definition: base.definition });
      }
    }
    const good = await accept(grafts);
    for (const [index, graft] of grafts.entries()) {
      if (good[index]) adopt(graft);
      else refused.push(graft);
    }
  }
  return { accepted, refused, bank, missing, places };
}
