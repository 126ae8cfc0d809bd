import { harmless, MOST, probeOf } from '../changes';

test('a number that arrives is known by how much more it is, also where several are on its way', () => {
  const probes = [0, 1, MOST - 1].map((mark) => probeOf(new Set([-7]), mark));
  for (const [index, probe] of probes.entries()) {
    const after = String(probe.change(-7));
    expect(probes.map(({ shows }) => shows('-7', after))).toEqual(probes.map((_, other) => other === index));
  }
  const both = probes.slice(0, 2).reduce<unknown>((value, { change }) => change(value), -7);
  expect(probes.map(({ shows }) => shows('-7', String(both)))).toEqual([false, false, false]);
});

test('a number is found in a text where it stands by itself', () => {
  const { change, shows } = probeOf(new Set([5]), 0);
  expect(shows('"5m"', `"${change(5)}m"`)).toBe(true);
  expect(shows('"5m"', `"1${change(5)}m"`)).toBe(false);
});

test('a text that arrives is known by its mark, wherever it stands', () => {
  const [one, other] = [probeOf(new Set(['a']), 0), probeOf(new Set(['a']), 1)];
  const after = JSON.stringify(`x-${one.change('a')}-y`);
  expect([one.shows('"x-a-y"', after), other.shows('"x-a-y"', after)]).toEqual([true, false]);
});

test('a boolean has no mark, and what is neither is left as it is', () => {
  const { change, shows } = probeOf(new Set([true]), 0);
  expect([change(true), change('true'), shows('true', 'false')]).toEqual([false, 'true', false]);
  expect(['Bad Name', '012', 70_000, true].map((value) => harmless(value as string)(value))).toEqual([
    'zq',
    '1',
    1,
    true,
  ]);
});
