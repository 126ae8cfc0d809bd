// Variants of objects: each class of fault at each place of each kind's schema, one fault at a time or two.
import { CLASSES, FAULTS } from './faults.mjs';
import { at, visit } from './schema.mjs';
import { copy } from './values.mjs';

/** Where faults can be: by kind and place, the objects that have that place. */
function placesIn(bases, definitions) {
  const places = new Map();
  const ofBase = bases.map(() => []);
  bases.forEach(({ object, definition }, index) => {
    visit(object, definition, definitions, ({ key, shape, path, place, type }) => {
      const name = `${object.apiVersion} ${object.kind} ${place}`;
      const found = { name, index, key, shape, path, type };
      const others = places.get(name) ?? [];
      if (others.length === 0) places.set(name, others);
      others.push(found);
      ofBase[index].push(found);
    });
  });
  return { places, ofBase };
}

/** @returns a generator of {fault, place, base, object} with `base` the number of the object in `bases` */
export function* variantsOf(bases, context, { per, faults, classes = CLASSES }) {
  const { random, definitions } = context;
  const { places, ofBase } = placesIn(bases, definitions);
  const change = (object, { path, key, shape, type }, fault) => {
    const parent = at(object, path.slice(0, -1));
    // An earlier fault may have taken the place away.
    if (typeof parent !== 'object' || parent === null || !(key in parent)) return false;
    return FAULTS[fault]({ parent, key, shape, type }, context);
  };
  for (const [name, found] of places) {
    for (const fault of classes) {
      for (let n = 0; n < per; n++) {
        const place = random.pick(found);
        const object = copy(bases[place.index].object);
        if (!change(object, place, fault)) continue;
        for (let more = 1; more < faults; more++)
          change(object, random.pick(ofBase[place.index]), random.pick(CLASSES));
        yield { fault, place: name, base: place.index, object };
      }
    }
  }
}
