import { formatOf, parseDuration } from '../formats';

test.each([
  [
    'date-time',
    ['2026-01-31T12:00:00Z', '2026-01-31t12:00:00.5+02:00'],
    ['2026-02-30T12:00:00Z', '2026-01-31', 'x', ''],
  ],
  ['date', ['2024-02-29'], ['2023-02-29', '2024-2-1']],
  ['ipv4', ['10.0.0.1', '010.0.0.1'], ['::1', '10.0.0.256']],
  ['ipv6', ['::1', 'fd00::1'], ['10.0.0.1', 'x:y']],
  ['cidr', ['10.0.0.0/8', '::/0'], ['10.0.0.0', '10.0.0.0/33']],
  ['mac', ['00:00:5e:00:53:01', '0000.5e00.5301'], ['00:00', 'x']],
  ['uuid', ['123e4567-e89b-12d3-a456-426614174000'], ['123']],
  ['uuid4', ['123E4567-e89b-42d3-a456-426614174000'], ['123e4567-e89b-12d3-a456-426614174000']],
  ['byte', ['aGVsbG8='], ['a', '']],
  ['duration', ['1h30m', '22 ns', '3 weeks', '0'], ['x', '']],
  ['hostname', ['example.com'], ['-a', 'a b']],
  ['email', ['a@example.com'], ['a', '@']],
  ['uri', ['https://example.com/a?b#c', '/path'], ['a/b', '', 'https://a b']],
  ['isbn', ['978-0321751041', '0321751043'], ['978-0321751042']],
  ['creditcard', ['4220855426222389'], ['4220855426213389']],
  ['hexcolor', ['#FFF', 'ffffff'], ['#ff']],
  ['rgbcolor', ['rgb(255, 0,1)'], ['rgb(256,0,1)']],
  ['ssn', ['123-45-6789'], ['123']],
  ['password', ['', 'x'], []],
  ['k8s-short-name', ['a-b'], ['A', 'a.b']],
  ['k8s-long-name', ['a.b'], ['a..b']],
])('reads %s', (name, valid, invalid) => {
  const format = formatOf(name);
  expect(valid.filter((text) => !format?.test(text))).toEqual([]);
  expect(invalid.filter((text) => format?.test(text))).toEqual([]);
});

test('knows no format that the API server leaves to others', () => {
  expect(['int32', 'toString', '', 'quantity'].map(formatOf)).toEqual([undefined, undefined, undefined, undefined]);
});

test('reads durations to the nanosecond', () => {
  expect(['1.5s', '-1h', '1w', '2 days 1 h'].map(parseDuration)).toEqual([
    1_500_000_000n,
    -3_600_000_000_000n,
    604_800_000_000_000n,
    176_400_000_000_000n,
  ]);
});
