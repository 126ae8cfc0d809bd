// What a program says, in memory, and where each of its objects comes from.
import { relative } from 'node:path';
import { judgeOptionsOf } from '../../synth/app';
import type { DistPlan } from '../../synth/dist/plan';
import { mergePlans } from '../../synth/dist/write';
import { Environment } from '../../synth/environment';
import { type Origin, Origins } from '../../synth/trace/origins';
import type { CommandContext } from '../command';
import { synthOnce } from '../synth-once';

/** What a program says. Paths are from the folder that it was run in, with '/' between their parts. */
export interface Program {
  /** The text of each file. */
  readonly files: ReadonlyMap<string, string>;
  /** The folders that its manifests are written to: `dist`. */
  readonly roots: readonly string[];
  /** The folder of what GitOps controllers are told about them. */
  readonly clusters: string;
  /** The names of its environments. */
  readonly environments: readonly string[];
  /** The versions of what made the files, by name. */
  readonly versions: ReadonlyMap<string, string>;
  /** The Kubernetes versions that its first App is for, or the environment that is asked for. @default - it says none */
  readonly targets?: readonly string[];
  /** Where an object of a file comes from. */
  readonly originOf: (object: object, file: string) => Origin | undefined;
  /** Where every object comes from. */
  readonly origins: () => Iterable<readonly [file: string, key: string, origin: Origin]>;
}

/** Which program is run. */
export interface ProgramOptions {
  readonly app?: string;
  readonly output?: string;
  /** Whose Kubernetes versions are asked for. @default - those of what is in none */
  readonly environment?: string;
}

/**
 * Runs the program of a folder in this process.
 *
 * @param done is told what it says once it has ended; not where something is wrong with it, which is printed
 * @returns the exit status
 * @throws CommandError
 */
export function runProgram(
  options: ProgramOptions,
  context: CommandContext,
  done: (program: Program) => Promise<number>,
): Promise<number> {
  const { cwd, installation } = context;
  const origins = new Origins(cwd, installation.lib);
  let targets: readonly string[] | undefined;
  return synthOnce(
    {
      ...options,
      instead: {
        command: 'diff',
        isQuiet: true,
        observe(app, synthesized) {
          const { outputs } = synthesized;
          const { owner } = outputs.find((file) => Environment.tryOf(file.owner)?.name === options.environment) ?? {};
          targets ??= judgeOptionsOf(app, owner).targets;
          origins.observe(app, synthesized);
        },
        done: (plans) => done(programOf(plans, origins, cwd, targets)),
      },
    },
    context,
  );
}

/** What the Apps of a program that has ended say. */
export function programOf(
  plans: readonly DistPlan[],
  origins: Origins,
  cwd: string,
  targets?: readonly string[],
): Program {
  const files = new Map<string, string>();
  const merged = mergePlans(plans);
  const folderOf = ({ outdir }: DistPlan) => relative(cwd, outdir).replaceAll('\\', '/');
  for (const plan of merged)
    for (const [path, content] of plan.files)
      files.set(inFolder(folderOf(plan), path), Buffer.from(content).toString());
  const roots = merged.filter((plan) => !plan.beside).map(folderOf);
  const clusters = merged.filter((plan) => plan.beside).map(folderOf)[0] ?? CLUSTERS;
  const versions = new Map(merged.flatMap((plan) => [...plan.versions]));
  const { environments } = origins;
  return {
    files,
    roots,
    clusters,
    environments,
    versions,
    targets,
    originOf: origins.of,
    origins: () => origins.all(),
  };
}

/** Where a program has what GitOps controllers are told about dist, unless it says otherwise. */
export const CLUSTERS = 'clusters';

/** A path in a folder; '' is the folder of the call. */
export function inFolder(folder: string, path: string): string {
  return folder === '' ? path : `${folder}/${path}`;
}
