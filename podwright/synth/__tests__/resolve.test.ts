import { ApiObject, Chart, JsonPatch, Lazy } from 'cdk8s';
import { App } from '../app';
import { resolveObject, viewObject } from '../resolve';
import { emit, emitTo } from '../yaml/emit';
import { Spool } from '../yaml/spool';

function object(fields: object): ApiObject {
  return new ApiObject(new Chart(new App(), 'c'), 'o', {
    apiVersion: 'v1',
    kind: 'X',
    metadata: { name: 'o' },
    ...fields,
  });
}

describe('a view of an object', () => {
  test('is the props themselves where nothing in them has to be changed', () => {
    const spec = { b: [{ d: 1, c: 'x' }], a: {} };
    expect(viewObject(object({ spec }))?.spec).toBe(spec);
  });

  test('has new lists and mappings on the way to what has to be changed, and changes no props', () => {
    const same = { y: 1, x: [] };
    const spec = {
      z: same,
      list: [same, null, { gone: undefined, kept: 1 }],
      lazy: Lazy.any({ produce: () => ({ b: null }) }),
    };
    const before = { ...spec, list: [...spec.list] };
    const view = viewObject(object({ spec }));
    expect(view?.spec).toEqual({ z: same, list: [same, undefined, { kept: 1 }], lazy: {} });
    expect(view).toHaveProperty('spec.z', same);
    expect(spec).toEqual(before);
  });

  test('leaves out __proto__, as a copy does', () => {
    const spec = JSON.parse('{ "a": 1, "__proto__": { "b": 2 }, "c": 3 }');
    expect(Object.keys(viewObject(object({ spec }))?.spec as object)).toEqual(['a', 'c']);
    expect(viewObject(object({ spec }))).toEqual(resolveObject(object({ spec })));
  });

  test('is written as the copy is', () => {
    const made = object({ spec: { b: { d: [{ z: 1, a: 'yes' }], c: null }, a: 1 }, data: { '10': 1, '9': 2 } });
    const spool = new Spool();
    emitTo(spool, viewObject(made), false);
    expect(Buffer.from(spool.end()).toString()).toBe(emit(resolveObject(made)));
  });

  test('is none for an object with patches: they would change the props', () => {
    const made = object({ spec: { a: { b: 1 } } });
    made.addJsonPatch(JsonPatch.add('/spec/a/c', 2));
    expect(viewObject(made)).toBeUndefined();
    expect(resolveObject(made).spec).toEqual({ a: { b: 1, c: 2 } });
  });
});
