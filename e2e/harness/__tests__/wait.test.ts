import { until } from '../wait';

test('looks again until a look gives a value and throws nothing', async () => {
  const looks: (() => string | undefined | false)[] = [
    () => undefined,
    () => false,
    () => {
      throw new Error('not yet');
    },
    () => 'there',
  ];
  expect(await until('it', async () => looks.shift()?.(), { pause: 0 })).toBe('there');
});

test('takes 0 and the empty text for values', async () => {
  expect(await until('it', async () => 0, { pause: 0 })).toBe(0);
  expect(await until('it', async () => '', { pause: 0 })).toBe('');
});

test('fails with what the last look said when the time is over', async () => {
  const look = async () => {
    throw new Error('no such Pod');
  };
  await expect(until('the Pod', look, { seconds: 0.01, pause: 0 })).rejects.toThrow(
    'waited 0.01 s for the Pod; the last look said: no such Pod',
  );
  await expect(until('the Pod', async () => false, { seconds: 0.01, pause: 0 })).rejects.toThrow(
    /^waited 0.01 s for the Pod$/,
  );
});
