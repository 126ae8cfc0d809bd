// The process that runs the program of a commit, in its checkout: what the program does to it does nothing to the command.
import { createWriteStream, readFileSync } from 'node:fs';
import { CommandError, UsageError } from '../command';
import { standardError, standardOutput } from '../output';
import { runProgram } from './program';
import type { ProgramAnswer, ProgramRequest } from './protocol';

async function main(): Promise<void> {
  const { installation, ...options } = JSON.parse(readFileSync(0, 'utf8')) as ProgramRequest;
  const context = {
    cwd: process.cwd(),
    stdout: standardOutput(),
    stderr: standardError,
    env: process.env,
    installation,
  };
  try {
    process.exitCode = await runProgram(options, context, async (program) => {
      const { files, roots, clusters, environments, versions, origins } = program;
      const answer: ProgramAnswer = {
        files: [...files],
        roots,
        clusters,
        environments,
        versions: [...versions],
        origins: [...origins()],
      };
      await new Promise<void>((done) => {
        createWriteStream('', { fd: 3 }).end(JSON.stringify(answer), done);
      });
      return 0;
    });
  } catch (error) {
    if (!(error instanceof CommandError || error instanceof UsageError)) throw error;
    standardError.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}

void main();
