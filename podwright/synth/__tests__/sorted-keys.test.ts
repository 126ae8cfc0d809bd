import fc from 'fast-check';
import { sortedKeys } from '../sorted-keys';

test('are in the order of a sorted copy', () => {
  const key = fc.oneof(
    fc.string(),
    fc.constantFrom('0', '1', '10', '9', '01', '-1', '4294967294', '4294967295', '1e3', '99999999999'),
  );
  const mapping = fc.dictionary(
    key.filter((name) => name !== '__proto__'),
    fc.constant(1),
    { maxKeys: 60 },
  );
  fc.assert(
    fc.property(mapping, (given) => {
      const copy: Record<string, number> = {};
      for (const name of Object.keys(given).sort()) copy[name] = 1;
      expect(sortedKeys(given)).toEqual(Object.keys(copy));
    }),
    { seed: Number(process.env.SEED ?? 20240601), numRuns: 500 },
  );
});
