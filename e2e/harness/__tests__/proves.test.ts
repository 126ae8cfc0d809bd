import { provesItself } from '../proves';

const isTwo = async (number: number) => {
  expect(number).toBe(2);
};

test('passes when the check passes on the good twin and faults the bad one for the reason', async () => {
  await provesItself(isTwo, { good: 2, bad: 3, because: /Expected: 2\nReceived: 3/ });
});

test('fails with what the check says when it faults the good twin', async () => {
  await expect(provesItself(isTwo, { good: 3, bad: 4, because: /./ })).rejects.toThrow(/Received:.*3/);
});

test('fails when the check passes on both', async () => {
  await expect(provesItself(async () => {}, { good: 1, bad: 2, because: /x/ })).rejects.toThrow(
    'the check passes on the faulty twin too; expected it to throw /x/',
  );
});

test('fails when the check faults the bad twin for another reason', async () => {
  const check = async (name: string) => {
    if (name === 'bad') throw new Error('no network');
  };
  await expect(provesItself(check, { good: 'good', bad: 'bad', because: /not found/ })).rejects.toThrow(
    'the check faults the twin for another reason; expected /not found/, got: no network',
  );
});
