import type { DistPlan } from '../synth/dist/plan';
import { type Command, UsageError } from './command';
import { readOptions } from './options';
import { synthOnce } from './synth-once';

/** `podwright synth`: runs the program of a folder in this process and writes what its Apps say. */
export const synth: Command = {
  name: 'synth',
  summary: 'write the manifests of the program in this folder to dist',
  usage: `Usage: npx podwright synth [OPTION]...

Runs the program of this folder and writes the manifests that it says to dist. The program is what --app names, else
the TypeScript or JavaScript file that cdk8s.yaml's app runs, else main.ts. Nothing is written unless all of it
succeeds; files in dist that it did not make are left alone.

Options:
  -a, --app FILE       the program's file, or a command that runs one ('npx ts-node main.ts')
  -o, --output FOLDER  where to write; default: what the program says, else dist
  -p, --stdout         print the manifests as one YAML stream, and write nothing
  -r, --report FILE    write all that was found too, exceptions as well: FILE.sarif, FILE.json or FILE.xml (JUnit)
  -f, --force          overwrite files of dist that were edited by hand, or that others made
  -c, --check          write nothing, and say of each file of dist why it is not what the program says; ends with 1
      --staged         with --check: dist as it is staged for the next commit
      --at REVISION    with --check: dist at a commit, a branch or a tag
  -w, --watch          synthesize again whenever a file is saved that the program read; Ctrl-C ends it
  -h, --help           print this
`,

  async run(args, context) {
    const { values, words } = readOptions(args, {
      app: { type: 'string', short: 'a' },
      output: { type: 'string', short: 'o' },
      stdout: { type: 'boolean', short: 'p' },
      report: { type: 'string', short: 'r' },
      force: { type: 'boolean', short: 'f' },
      check: { type: 'boolean', short: 'c' },
      staged: { type: 'boolean' },
      at: { type: 'string' },
      watch: { type: 'boolean', short: 'w' },
    });
    if (words.length > 0) throw new UsageError(`unexpected word '${words[0]}'; the program's file is named by --app`);
    if (values.output !== undefined && values.stdout) {
      throw new UsageError("'--output' and '--stdout' are two places for one result; expected one of them");
    }
    const { check, staged, at, ...options } = values;
    if (!check && (staged || at !== undefined)) {
      throw new UsageError(`'--${staged ? 'staged' : 'at'}' says which dist is compared; expected --check beside it`);
    }
    if (staged && at !== undefined) throw new UsageError("'--staged' and '--at' are two dists; expected one of them");
    if (check) {
      const other = (['stdout', 'force', 'watch'] as const).find((name) => values[name]);
      if (other) throw new UsageError(`'--check' writes nothing, so that '--${other}' has no meaning beside it`);
      const { checkDist } = require('./dist-check') as typeof import('./dist-check');
      const done = (plans: readonly DistPlan[]) => checkDist(plans, { staged, at }, context);
      return synthOnce({ ...options, instead: { command: 'synth', done } }, context);
    }
    if (!values.watch) return synthOnce(options, context);
    if (values.stdout) throw new UsageError("'--watch' writes files, '--stdout' none; expected one of them");
    const { watch } = require('./watch/watch') as typeof import('./watch/watch');
    return watch(args, options, context);
  },
};
