import { tmpdir } from 'node:os';
import { shell } from '../shell';
import { terminal } from '../terminal';

test("is util-linux's script on Linux and BSD's elsewhere, a quoted command to each", () => {
  expect(terminal("echo 'a b'", 'linux')).toBe("exec script --quiet --return --command 'echo '\\''a b'\\''' /dev/null");
  expect(terminal("echo 'a b'", 'darwin')).toBe("exec script -q /dev/null sh -c 'echo '\\''a b'\\'''");
});

test('hands on the exit status of what runs in it', async () => {
  const recorder = 'script() { while [ $# -gt 2 ]; do shift; done; sh -c "$1"; }';
  const command = terminal('exit 3', 'linux').replace('exec ', '');
  expect(await shell(`${recorder}; ${command}`, { cwd: tmpdir(), env: {} })).toMatchObject({ code: 3 });
});
