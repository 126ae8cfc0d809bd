import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isVersion, VERSIONS, type Version } from '../api/versions';
import type { Generation } from '../gitops/diff/generations';
import { GitError } from '../gitops/git';
import { ManifestFault } from '../gitops/manifests/documents';
import { prunePlan } from '../gitops/prune-plan';
import type { DiffReport } from '../report/diff';
import { DIFF_FORMAT_NAMES, DIFF_FORMATS } from '../report/diff/formats';
import { count } from '../report/diff/words';
import { type Command, type CommandContext, CommandError, EXIT, UsageError } from './command';
import { Kubectl } from './diff/kubectl';
import { confirmed } from './diff/server';
import { compareStates, type DiffOptions } from './diff/states';
import { oneOf, readOptions } from './options';

/** `podwright diff`: what a change does to the cluster. */
export const diff: Command = {
  name: 'diff',
  summary: 'say what a change does to the cluster: restarts, what must be recreated, what is deleted',
  usage: `Usage: npx podwright diff [OPTION]... [BASE [REVISION]]

Compares dist at BASE (a commit, a branch, a tag; default: HEAD) with what the program says now, and says of each object
what happens to it in the cluster that follows dist. With REVISION, dist there is compared. Nothing is written, and no
cluster is asked unless --dry-run says so. Ends with 1 where something changes.

Options:
      --dist               compare dist with dist: at BASE and in the working tree; the program is not run
      --program            compare the program with the program: that of a commit is run in a checkout of its own
      --format FORMAT      text, markdown (for a pull request's comment), json or html; default: text
      --prune-plan FILE    write what leaves the cluster as YAML for kubectl delete -f
      --dry-run=server     ask the API server of the current kubeconfig, by kubectl, whether it does what is said
  -e, --environment NAME   only what is in one environment
  -t, --target VERSION     the Kubernetes version of the cluster: 1.34; default: with --dry-run its own, else the newest
                           that the program is for
  -a, --app FILE           the program's file, or a command that runs one
  -o, --output FOLDER      where dist is; default: what the program says, else dist
  -h, --help               print this
`,

  async run(args, context) {
    const { values, words } = readOptions(args, {
      dist: { type: 'boolean' },
      program: { type: 'boolean' },
      format: { type: 'string' },
      'prune-plan': { type: 'string' },
      'dry-run': { type: 'string' },
      environment: { type: 'string', short: 'e' },
      target: { type: 'string', short: 't' },
      app: { type: 'string', short: 'a' },
      output: { type: 'string', short: 'o' },
    });
    const [base = 'HEAD', revision, ...more] = words;
    if (more.length > 0) throw new UsageError(`unexpected word '${more[0]}'; expected BASE and REVISION`);
    if (values.dist && values.program)
      throw new UsageError("'--dist' and '--program' are two comparisons; expected one of them");
    const format = DIFF_FORMATS[oneOf('format', values.format ?? 'text', DIFF_FORMAT_NAMES)];
    const target: Version | undefined =
      values.target === undefined ? undefined : oneOf('target', values.target, VERSIONS.filter(isVersion));
    const { app, output, environment } = values;
    const of = values.dist ? 'dist' : values.program ? 'program' : undefined;
    const plan = values['prune-plan'];
    if (values['dry-run'] !== undefined) oneOf('dry-run', values['dry-run'], ['server']);
    return explained(async () => {
      const kubectl = values['dry-run'] === undefined ? undefined : new Kubectl(context);
      const version = target ?? (await kubectl?.version());
      const options: DiffOptions = { base, revision, of, target: version, environment, app, output };
      return compareStates(options, context, async (compared) => {
        const report = kubectl ? await confirmed(compared, kubectl) : compared.report;
        context.stdout.write(format(report));
        if (plan !== undefined) writePrunePlan(report, await compared.earlier(), plan, context);
        return report.objects.some(({ effect }) => effect !== 'nothing') ? EXIT.finding : EXIT.fine;
      });
    });
  },
};

function writePrunePlan(
  report: DiffReport,
  earlier: readonly Generation[],
  file: string,
  { cwd, stderr }: CommandContext,
): void {
  const deleted = report.objects.filter(({ leaves }) => leaves === 'deleted');
  const environments = [...new Set(deleted.map(({ environment }) => environment))];
  if (environments.length > 1) {
    const names = environments.map((name) => name ?? 'none').join(', ');
    throw new UsageError(
      `option '--prune-plan': what is deleted is in several environments, each with its own cluster: ${names}; expected --environment beside it`,
    );
  }
  writeFileSync(resolve(cwd, file), prunePlan(report, earlier));
  stderr.write(`${file}: ${count(deleted.length, 'object')} for kubectl delete -f\n`);
}

/** Runs a comparison; what git or a manifest is at fault for is an error of the call. */
async function explained(body: () => Promise<number>): Promise<number> {
  try {
    return await body();
  } catch (error) {
    if (error instanceof GitError || error instanceof ManifestFault) throw new CommandError(error.message);
    throw error;
  }
}
