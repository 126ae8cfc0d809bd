// Rules see whatever decodes: any field may be missing, and any list or map may be empty.
import { checkAll, rulesOf } from '../families';

type Any = Record<string | number, unknown>;

/** Copies of an object, each without one field or item, or with an empty list or map in its place. */
function* thinned(object: Any): Generator<object> {
  for (const key of Object.keys(object)) {
    const value = object[key] as Any;
    const isList = Array.isArray(object);
    const but = (replaced?: unknown): object => {
      const copy: Any = isList ? ([...(object as unknown as unknown[])] as unknown as Any) : { ...object };
      if (replaced !== undefined) copy[key] = replaced;
      else if (isList) (copy as unknown as unknown[]).splice(Number(key), 1);
      else delete copy[key];
      return copy;
    };
    yield but();
    if (typeof value !== 'object' || value === null) continue;
    yield but(Array.isArray(value) ? [] : {});
    for (const part of thinned(value)) yield but(part);
  }
}

test.each(rulesOf().map((rule) => [rule.id, rule] as const))('%s judges what is left of its examples', (_, rule) => {
  const broken: string[] = [];
  let judged = 0;
  for (const example of [rule.fails, rule.passes]) {
    for (const [index, object] of example.entries()) {
      for (const thin of thinned(object as Any)) {
        const objects = example.map((other, at) => (at === index ? thin : other));
        judged++;
        for (const { message } of checkAll(objects, { ...rule.given, gitops: true, families: [], rules: [rule] })) {
          if (message.startsWith('the rule ')) broken.push(`${message}: ${JSON.stringify(thin)}`);
        }
      }
    }
  }
  expect(broken).toEqual([]);
  expect(judged).toBeGreaterThan(5);
});
