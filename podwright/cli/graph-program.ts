// What `podwright graph` draws of a program.
import { relative } from 'node:path';
import type { App } from 'cdk8s';
import { compare } from '../gitops/diff/compare';
import { Side } from '../gitops/diff/side';
import { Repository } from '../gitops/git';
import type { GraphProps } from '../gitops/graph/graph';
import { placedOf, programTree } from '../gitops/graph/program';
import type { Finding } from '../report/finding';
import { contentOf } from '../synth/outputs';
import { findProgram } from '../synth/program/find';
import { Origins } from '../synth/trace/origins';
import { type CommandContext, EXIT } from './command';
import { MOST_OBJECTS, withLines } from './diff/lines';
import { inFolder, type Program, programOf } from './diff/program';
import { atCommit, distSide, insideOf, programSide } from './diff/sides';
import { synthOnce } from './synth-once';

/**
 * Runs the program; what is wrong with it is printed, and drawn all the same.
 *
 * @param base the revision whose dist is compared
 * @returns the exit status where the program fails
 */
export async function graphProgram(
  app: string | undefined,
  base: string | undefined,
  context: CommandContext,
): Promise<GraphProps | number> {
  const { cwd, installation } = context;
  const origins = new Origins(cwd, installation.lib);
  const apps: App[] = [];
  const files = new Map<string, string>();
  const roots = new Set<string>();
  const findings: Finding[] = [];
  let program: Program | undefined;
  const status = await synthOnce(
    {
      app,
      // What the program prints is no part of the picture.
      stdout: true,
      instead: {
        command: 'graph',
        observe(one, synthesized) {
          apps.push(one);
          origins.observe(one, synthesized);
          const root = relative(cwd, synthesized.outdir).replaceAll('\\', '/');
          roots.add(root);
          for (const output of synthesized.outputs)
            files.set(inFolder(root, output.path), Buffer.from(contentOf(output)).toString());
        },
        found: (some) => findings.push(...some),
        done(plans) {
          program = programOf(plans, origins, cwd);
          return Promise.resolve(EXIT.fine);
        },
      },
    },
    context,
  );
  // A program that says something is drawn, whatever is wrong with it.
  if (status === EXIT.failure || apps.length === 0) return status;
  const { environments, of: originOf } = origins;
  const side = new Side({ label: 'the program', files, roots: [...roots], environments, originOf });
  const main = findProgram(cwd, app);
  return {
    label: relative(cwd, main).replaceAll('\\', '/'),
    objects: placedOf(side),
    findings: [...findings, ...(base !== undefined && !program ? [NOT_COMPARED] : [])],
    tree: (idsOf) => programTree(apps, idsOf),
    ...(base !== undefined && program && { diff: await diffOf(program, base, main, context) }),
  };
}

const NOT_COMPARED: Finding = {
  ruleId: 'graph/diff',
  severity: 'warning',
  pointer: '',
  message: 'what changes is not drawn: the program has errors, and would not be written',
};

async function diffOf(
  program: Program,
  base: string,
  main: string,
  context: CommandContext,
): Promise<GraphProps['diff']> {
  const { cwd } = context;
  const repository = await Repository.of(cwd);
  const commit = await repository.commit(base);
  const read = atCommit(repository, cwd, commit);
  const inside = insideOf(repository, cwd);
  const label = `dist at ${await repository.short(commit)}`;
  const { roots, clusters, environments } = program;
  const { side: before } = await distSide(read, { label, inside, roots, clusters, environments });
  const after = await programSide(program, read, { label: 'the program', inside });
  // What controllers are told is compared, so that moves are known, and not drawn.
  const drawn = placedOf(before).filter(({ file }) => !file.startsWith(`${clusters}/`));
  const report = compare(before, after);
  const isLarge = report.unchanged + report.objects.length > MOST_OBJECTS;
  return { report: isLarge ? report : withLines(report, main, context), before: drawn };
}
