// What is compared with what: dist or the program, at a commit or as they are now.
import { isVersion, type Version } from '../../api/versions';
import { compare } from '../../gitops/diff/compare';
import { earlierGenerations, type Generation } from '../../gitops/diff/generations';
import type { Side } from '../../gitops/diff/side';
import { shortList } from '../../gitops/effects/effect';
import { Repository } from '../../gitops/git';
import { DocumentReader } from '../../gitops/manifests/documents';
import type { DiffReport } from '../../report/diff';
import { findProgram } from '../../synth/program/find';
import { toolkitVersion } from '../../synth/version';
import type { CommandContext } from '../command';
import { inEnvironment } from '../environment-option';
import { MOST_OBJECTS, withLines } from './lines';
import { CLUSTERS, type Program, type ProgramOptions, runProgram } from './program';
import { programAt } from './program-at';
import { atCommit, distSide, insideOf, inTree, programSide, type Read } from './sides';

/** What `podwright diff` was told. */
export interface DiffOptions extends ProgramOptions {
  readonly base: string;
  /** @default - what is in the working tree */
  readonly revision?: string;
  /** What both sides are. @default - dist at the base, and the program; with a revision dist */
  readonly of?: 'dist' | 'program';
  readonly target?: Version;
  /** @default - all of them */
  readonly environment?: string;
}

/** What was compared, and what came of it. */
export interface Compared {
  readonly before: Side;
  readonly after: Side;
  readonly report: DiffReport;
  /** The generations of configuration that git had before either: see earlierGenerations. */
  earlier(): Promise<readonly Generation[]>;
}

type Done = (compared: Compared) => Promise<number>;

/** A commit, as it was named. */
interface Commit {
  readonly hash: string;
  /** `main (1a2b3c4)`. */
  readonly name: string;
}

/**
 * Compares what the options say.
 *
 * @param done is told what changes, and leaves the exit status; not where something is wrong with the program, which is printed
 * @returns the exit status
 * @throws CommandError; GitError; ManifestFault where dist is no YAML
 */
export async function compareStates(options: DiffOptions, context: CommandContext, done: Done): Promise<number> {
  const repository = await Repository.of(context.cwd);
  return new Comparison(options, context, repository).run(done);
}

class Comparison {
  private readonly notes: string[] = [];
  private readonly reader = new DocumentReader();
  private readonly inside: string;
  private readonly isOfPrograms: boolean;

  constructor(
    private readonly options: DiffOptions,
    private readonly context: CommandContext,
    private readonly repository: Repository,
  ) {
    this.inside = insideOf(repository, context.cwd);
    this.isOfPrograms = options.of === 'program';
  }

  async run(done: Done): Promise<number> {
    const { base, revision, of } = this.options;
    const from = await this.commit(base);
    const to = revision === undefined ? undefined : await this.commit(revision);
    const old = this.isOfPrograms ? await this.programAt(from) : undefined;
    if (of === 'dist' || to) {
      const now = to && this.isOfPrograms ? await this.programAt(to) : undefined;
      const after = now && to ? await this.programSide(now, to) : await this.dist(to, now);
      const before = old ? await this.programSide(old, from) : await this.dist(from);
      return done(this.compared(from, before, after, this.report(before, after)));
    }
    return runProgram(this.options, this.context, async (program) => {
      const before = old ? await this.programSide(old, from) : await this.dist(from, program);
      const after = await this.programSide(program);
      const report = this.report(before, after, program);
      const isLarge = report.unchanged + report.objects.length > MOST_OBJECTS;
      const main = findProgram(this.context.cwd, this.options.app);
      const lined = isLarge ? report : withLines(report, main, this.context);
      return done(this.compared(from, before, after, lined, program));
    });
  }

  private compared({ hash }: Commit, before: Side, after: Side, report: DiffReport, program?: Program): Compared {
    const history = { before, after, commit: hash, roots: this.rootsOf(program) };
    const { environment } = this.options;
    const earlier = async () => {
      const found = await earlierGenerations(this.repository, history);
      return found.filter((one) => environment === undefined || one.environment === environment);
    };
    return { before, after, report, earlier };
  }

  private rootsOf(program: Program | undefined): readonly string[] {
    return program?.roots ?? [this.options.output ?? 'dist'];
  }

  private report(before: Side, after: Side, program?: Program): DiffReport {
    const { target, environment } = this.options;
    const version = target ?? program?.targets?.filter(isVersion).at(-1);
    if (environment === undefined) return compare(before, after, { version, notes: this.notes });
    const known = [...before.environments, ...after.environments];
    const isWanted = inEnvironment(environment, known, 'this program has none');
    return compare(before, after, { version, isWanted, notes: this.notes });
  }

  private async commit(revision: string): Promise<Commit> {
    const hash = await this.repository.commit(revision);
    const short = await this.repository.short(hash);
    return { hash, name: hash.startsWith(revision) ? short : `${revision} (${short})` };
  }

  private readAt(commit: Commit | undefined): Read {
    const { cwd } = this.context;
    return commit ? atCommit(this.repository, cwd, commit.hash) : inTree(cwd);
  }

  /** @param program the one that dist is compared with @default - none: with another dist */
  private async dist(commit: Commit | undefined, program?: Program): Promise<Side> {
    const label = commit ? `dist at ${commit.name}` : 'dist';
    const { side, versions, others } = await distSide(this.readAt(commit), {
      label,
      inside: this.inside,
      reader: this.reader,
      roots: this.rootsOf(program),
      clusters: program?.clusters ?? CLUSTERS,
      environments: program?.environments,
    });
    if (commit && side.files.size === 0) {
      const roots = shortList(this.rootsOf(program));
      this.notes.push(`at ${commit.name} git has no manifests in ${roots}: all is taken for new or gone`);
    }
    if (others.length > 0) {
      this.notes.push(`of ${label}, what synthesis did not make is not compared: ${shortList(others)}`);
    }
    const made = versions.get('podwright');
    if (program && made !== undefined && made !== toolkitVersion()) {
      this.notes.push(
        `${label} was made by podwright ${made}, and this is ${toolkitVersion()}: some of this may be what it does otherwise`,
      );
    }
    return side;
  }

  private programSide(program: Program, commit?: Commit): Promise<Side> {
    const label = commit ? `the program at ${commit.name}` : 'the program';
    return programSide(program, this.readAt(commit), { label, inside: this.inside, reader: this.reader });
  }

  /** The program of a commit; undefined where it may need other packages than those that are here. */
  private async programAt({ hash, name }: Commit): Promise<Program | undefined> {
    const lockfile = await this.repository.otherLockfile(hash);
    if (lockfile === undefined) return programAt(this.repository, hash, name, this.options, this.context);
    this.notes.push(`${lockfile} at ${name} is other than here: dist there is compared, and not the program`);
    return undefined;
  }
}
