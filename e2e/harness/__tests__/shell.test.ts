import { tmpdir } from 'node:os';
import { follow, shell } from '../shell';

const options = { cwd: tmpdir(), env: { GREETING: 'hello' } };

test('tells both streams and the exit status apart', async () => {
  expect(await shell('echo "$GREETING"; cat; echo oh >&2; exit 3', { ...options, input: 'read\n' })).toEqual({
    command: 'echo "$GREETING"; cat; echo oh >&2; exit 3',
    code: 3,
    stdout: 'hello\nread\n',
    stderr: 'oh\n',
  });
});

test('ends a pipeline as a whole when its time is over', async () => {
  const result = await shell('echo first; sleep 60 | cat', { ...options, seconds: 0.2 });
  expect(result).toMatchObject({ code: undefined, stdout: 'first\n' });
});

test('a command that reads nothing of its input is no failure', async () => {
  expect(await shell('exit 0', { ...options, input: 'x'.repeat(1 << 20) })).toMatchObject({ code: 0 });
});

test('follows a command line by line until it is stopped', async () => {
  const running = follow('i=0; while true; do echo $i; i=$((i+1)); sleep 0.01; done', options);
  await running.until('two lines', ({ lines }) => lines.length >= 2, 10);
  await running.stop();
  expect(running.lines.slice(0, 2)).toEqual(['0', '1']);
});

test('types into a command, and tells how it ended', async () => {
  const running = follow('read word; echo "got $word"; exit 4', options);
  running.type('this\n');
  expect(await running.ended()).toBe(4);
  expect(running.lines).toEqual(['got this']);
});

test('fails with all that was printed when a followed command ends too early', async () => {
  const running = follow('echo a; echo b >&2', options);
  await expect(running.until('the letter c', ({ output }) => output.includes('c'), 10)).rejects.toThrow(
    "'echo a; echo b >&2': expected the letter c; it ended\na\nb\n",
  );
});

test('fails when a followed command does not print it in time', async () => {
  const running = follow('echo a; sleep 60', options);
  await expect(running.until('the letter c', ({ output }) => output.includes('c'), 0.3)).rejects.toThrow(
    "'echo a; sleep 60': expected the letter c; it printed nothing like it in 0.3 s\na\n",
  );
  await running.stop();
});
