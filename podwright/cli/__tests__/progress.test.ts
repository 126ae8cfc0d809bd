import { Progress } from '../progress';

const ago = (seconds: number) => process.hrtime.bigint() - BigInt(seconds * 1e9);

/** What a run that began some seconds ago writes to a terminal, or to something else. */
function written(seconds: number, isTTY: boolean, steps: (progress: Progress) => void): string {
  let text = '';
  steps(new Progress({ write: (part) => (text += String(part)), isTTY }, ago(seconds)));
  return text.replaceAll('\r\x1b[K', '|');
}

test('tells how far a run is on one line, after a second, and takes the line away', () => {
  const steps = (progress: Progress) => {
    progress.tell('files written', 1200, 3000);
    progress.erase();
    progress.erase();
  };
  expect(written(2, true, steps)).toMatch(/^\|files written: 1,200 of 3,000, 2\.\d s\|$/);
  expect(written(0, true, steps)).toBe('');
  expect(written(2, false, steps)).toBe('');
});

test('tells a number alone where the whole is not known', () => {
  expect(written(3, true, (progress) => progress.tell('objects made', 64))).toMatch(/^\|objects made: 64, 3\.\d s$/);
});
