import { writeFileSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { GitError } from '../gitops/git';
import { graphOf } from '../gitops/graph/graph';
import { ManifestFault } from '../gitops/manifests/documents';
import { FORMATS, GRAPH_FORMATS, type GraphFormat } from '../report/graph/formats';
import type { Graph } from '../report/graph/graph';
import { type Command, type CommandContext, CommandError, EXIT, UsageError } from './command';
import { graphManifests } from './graph-manifests';
import { graphProgram } from './graph-program';
import { oneOf, readOptions } from './options';

const FORMAT_OF: { readonly [extension: string]: GraphFormat } = {
  '.html': 'html',
  '.mmd': 'mermaid',
  '.mermaid': 'mermaid',
  '.json': 'json',
};

/** `podwright graph`: draws the objects of a program or of manifests, and how they reach each other. */
export const graph: Command = {
  name: 'graph',
  summary: 'draw the constructs and objects, and how they reach each other',
  usage: `Usage: npx podwright graph [OPTION]... [FILE|FOLDER|-]...

Draws what the program of this folder says, or the manifests that are named, as podwright check takes them: each object,
what it selects, mounts, scales, runs as, routes to and allows, with what the rules find laid over it, and nothing is
written to dist. The page needs nothing beside it: no server, no network. Ends with 1 where there is an error.

Options:
  -a, --app FILE       the program's file; default: as podwright synth finds it
  -d, --diff REVISION  lay over it what changes from a commit, a branch or a tag: of a program, from dist there
      --format FORMAT  ${GRAPH_FORMATS.join(', ')}; default: what --out ends in, else html
  -o, --out FILE       where to write; default: the standard output
  -h, --help           print this
`,

  async run(args, context) {
    const { values, words } = readOptions(args, {
      app: { type: 'string', short: 'a' },
      diff: { type: 'string', short: 'd' },
      format: { type: 'string' },
      out: { type: 'string', short: 'o' },
    });
    const { app, diff, out } = values;
    if (app !== undefined && words.length > 0) {
      throw new UsageError(`'--app' is a program's file, and '${words[0]}' are manifests; expected one of them`);
    }
    const format = formatOf(values.format, out);
    if (format === 'html' && out === undefined && context.stdout.isTTY) {
      throw new UsageError('a page is not for a terminal; expected --out graph.html, or > graph.html');
    }
    const drawn = await draw(() =>
      words.length > 0 ? graphManifests(words, diff, context) : graphProgram(app, diff, context),
    );
    if (typeof drawn === 'number') return drawn;
    write(FORMATS[format](drawn), drawn, out, context);
    const findings = [...drawn.findings, ...drawn.nodes.flatMap((node) => node.findings)];
    return findings.some(({ severity, suppressed }) => severity === 'error' && !suppressed) ? EXIT.finding : EXIT.fine;
  },
};

/** @returns the exit status where there is nothing to draw */
async function draw(make: () => Promise<Parameters<typeof graphOf>[0] | number>): Promise<Graph | number> {
  try {
    const props = await make();
    return typeof props === 'number' ? props : graphOf(props);
  } catch (error) {
    if (error instanceof GitError || error instanceof ManifestFault) throw new CommandError(error.message);
    throw error;
  }
}

function formatOf(given: string | undefined, out: string | undefined): GraphFormat {
  if (given !== undefined) return oneOf('format', given, GRAPH_FORMATS);
  if (out === undefined) return 'html';
  const format = FORMAT_OF[extname(out)];
  if (format) return format;
  const expected = Object.keys(FORMAT_OF).join(', ');
  throw new UsageError(`option '--out': got ${JSON.stringify(out)}; expected a file ${expected}, or --format`);
}

function write(
  text: string,
  { nodes, edges }: Graph,
  out: string | undefined,
  { cwd, stdout, stderr }: CommandContext,
) {
  if (out === undefined) {
    stdout.write(text);
    return;
  }
  try {
    writeFileSync(resolve(cwd, out), text);
  } catch (error) {
    throw new CommandError(`${out} cannot be written: ${(error as Error).message}`, { cause: error });
  }
  const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;
  stderr.write(`${out}: ${count(nodes.length, 'object')}, ${count(edges.length, 'relation')}\n`);
}
