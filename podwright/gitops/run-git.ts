import { spawn } from 'node:child_process';

/** Git could not do what it was asked for; the message says what it said, and what to do. */
export class GitError extends Error {}

/** What git says of itself in a hook's environment is of the commit in progress, not of what is asked for here. */
const HOOK = /^GIT_(DIR|INDEX_FILE|WORK_TREE|PREFIX|OBJECT_DIRECTORY|COMMON_DIR|NAMESPACE)$/;

/**
 * Runs git in a folder.
 *
 * @param input what it reads
 * @returns what it prints
 * @throws GitError
 */
export function git(cwd: string, args: readonly string[], input = ''): Promise<Buffer> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !HOOK.test(name)));
  return new Promise((done, fail) => {
    const child = spawn('git', args, { cwd, env: { ...env, LC_ALL: 'C' }, stdio: 'pipe' });
    const output: Buffer[] = [];
    let said = '';
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    child.once('error', (error: NodeJS.ErrnoException) => {
      fail(
        new GitError(
          error.code === 'ENOENT' ? 'there is no git on this machine; expected the command git' : error.message,
        ),
      );
    });
    child.once('close', (status) => {
      if (status === 0) done(Buffer.concat(output));
      else
        fail(
          new GitError(
            said
              .trim()
              .split('\n')
              .pop()
              ?.replace(/^fatal: /, '') || `git ${args[0]} ended with ${status}`,
          ),
        );
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
