import { footprintChange, sideFootprint } from '../gitops/footprint';
import { GitError, Repository } from '../gitops/git';
import { ManifestFault } from '../gitops/manifests/documents';
import {
  footprintChangeMarkdown,
  footprintChangeText,
  footprintMarkdown,
  footprintText,
} from '../report/formats/footprint';
import { type Command, type CommandContext, CommandError, EXIT, UsageError } from './command';
import { CLUSTERS } from './diff/program';
import { atCommit, distSide, inTree, type Read } from './diff/sides';
import { inEnvironment } from './environment-option';
import { oneOf, readOptions } from './options';

const FORMATS = ['text', 'markdown', 'json'] as const;

/** `podwright footprint`: what dist takes of its clusters. */
export const footprint: Command = {
  name: 'footprint',
  summary: 'say what dist takes of the cluster: CPU, memory, GPUs, storage, pods',
  usage: `Usage: npx podwright footprint [OPTION]... [BASE]

Says what the pods and claims of dist take of the cluster, by environment, namespace and workload: what goes on at all
times, and what there is at most, with every autoscaler at its maximum, every Job and CronJob at work and every rollout
under way. With BASE (a commit, a branch, a tag) it says what has changed since dist there.

Options:
  -e, --environment NAME  only what is in one environment
      --format FORMAT     text, markdown or json; default: text
  -o, --output FOLDER     where dist is; default: dist
  -h, --help              print this
`,

  async run(args, context) {
    const { values, words } = readOptions(args, {
      environment: { type: 'string', short: 'e' },
      format: { type: 'string' },
      output: { type: 'string', short: 'o' },
    });
    const [base, ...more] = words;
    if (more.length > 0) throw new UsageError(`unexpected word '${more[0]}'; expected BASE`);
    const format = oneOf('format', values.format ?? 'text', FORMATS);
    const { environment, output = 'dist' } = values;
    try {
      const now = await read(inTree(context.cwd), output);
      const then = base === undefined ? undefined : await read(await atBase(base, context), output);
      if (now.isEmpty && (then?.isEmpty ?? true))
        throw new CommandError(`${output} has no manifests; expected what npx podwright synth writes`);
      const isIn = inEnvironment(environment, [...now.environments, ...(then?.environments ?? [])], 'dist has none');
      const is = now.footprint.filter(isIn);
      if (!then) return print(is, FOOTPRINT, format, `${output} has no pods and no claims`, context);
      const changes = footprintChange(then.footprint.filter(isIn), is);
      return print(changes, CHANGE, format, `${output} takes what it took at ${base}`, context);
    } catch (error) {
      if (error instanceof GitError || error instanceof ManifestFault) throw new CommandError(error.message);
      throw error;
    }
  },
};

const FOOTPRINT = { text: footprintText, markdown: footprintMarkdown };
const CHANGE = { text: footprintChangeText, markdown: footprintChangeMarkdown };

function print<T>(
  data: readonly T[],
  formats: { readonly [F in 'text' | 'markdown']: (data: readonly T[]) => string },
  format: (typeof FORMATS)[number],
  nothing: string,
  { stdout, stderr }: CommandContext,
): number {
  if (format === 'json') stdout.write(`${JSON.stringify(data, undefined, 2)}\n`);
  else if (data.length > 0) stdout.write(formats[format](data));
  else stderr.write(`${nothing}\n`);
  return EXIT.fine;
}

async function atBase(base: string, { cwd }: CommandContext): Promise<Read> {
  const repository = await Repository.of(cwd);
  return atCommit(repository, cwd, await repository.commit(base));
}

async function read(from: Read, root: string) {
  const { side } = await distSide(from, { label: root, roots: [root], clusters: CLUSTERS, inside: '' });
  return { environments: side.environments, isEmpty: side.files.size === 0, footprint: sideFootprint(side) };
}
