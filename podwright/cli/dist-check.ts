import { relative } from 'node:path';
import { type DistState, drift, readState } from '../gitops/drift';
import { GitError, Repository } from '../gitops/git';
import type { Finding } from '../report/finding';
import { FindingsError } from '../report/findings-error';
import { formatFindings } from '../report/text';
import type { DistPlan } from '../synth/dist/plan';
import { mergePlans } from '../synth/dist/write';
import { type CommandContext, CommandError, EXIT } from './command';

/** Which dist the program is compared with. */
export interface DistCheckOptions {
  /** Whether as it is staged for the next commit. @default - as it is in the working tree */
  readonly staged?: boolean;
  /** As it is at a commit, a branch or a tag. @default - as it is in the working tree */
  readonly at?: string;
}

/**
 * `podwright synth --check`: says of each file of dist why it is not what the program says.
 *
 * @returns the exit status: 1 where there is a difference
 * @throws CommandError where git is asked for what it does not have
 */
export async function checkDist(
  plans: readonly DistPlan[],
  { staged, at }: DistCheckOptions,
  { cwd, stderr, stdout }: CommandContext,
): Promise<number> {
  try {
    const repository = staged || at !== undefined ? await Repository.of(cwd) : await Repository.tryOf(cwd);
    const commit = at === undefined ? undefined : await repository?.commit(at);
    const found: Finding[] = [];
    let files = 0;
    for (const plan of mergePlans(plans)) {
      files += plan.files.size;
      const name = relative(cwd, plan.outdir).replaceAll('\\', '/') || '.';
      found.push(...drift(plan, await stateOf(plan.outdir, repository, commit, staged === true), name));
    }
    stdout.write(formatFindings(found));
    const where = at === undefined ? (staged ? ', as it is staged,' : '') : ` at ${at}`;
    if (found.length === 0) {
      stderr.write(`dist${where} is what the program says: ${files} ${files === 1 ? 'file' : 'files'}\n`);
      return EXIT.fine;
    }
    const mend = staged ? 'npx podwright synth, and git add' : 'npx podwright synth';
    stderr.write(`dist${where} is not what the program says. ${mend} ${staged ? 'it' : ''}`.trimEnd().concat('\n'));
    return EXIT.finding;
  } catch (error) {
    if (error instanceof GitError) throw new CommandError(error.message);
    if (!FindingsError.isFindingsError(error)) throw error;
    // What a synthesis would refuse is no dist to compare with.
    stderr.write(formatFindings(error.findings));
    return EXIT.finding;
  }
}

async function stateOf(
  outdir: string,
  repository: Repository | undefined,
  commit: string | undefined,
  staged: boolean,
): Promise<DistState> {
  if (repository && commit !== undefined) return { files: await repository.filesAt(commit, outdir) };
  if (repository && staged) return { files: await repository.filesStaged(outdir) };
  return { files: readState(outdir), unknown: await repository?.unknown(outdir) };
}
