// Tells what was found in a program: on a terminal, and in a file where one is asked for.
import { writeFileSync } from 'node:fs';
import { extname, relative, resolve } from 'node:path';
import { counts, type Finding } from '../report/finding';
import type { Format } from '../report/formats/formats';
import { inReadingOrder, type LocatedFinding } from '../report/located';
import { formatFindings } from '../report/text';
import type { SynthRun } from '../synth/run';
import { withSources } from '../synth/trace/trace';
import { toolkitVersion } from '../synth/version';
import { type CommandContext, UsageError } from './command';

const FORMAT_OF: { readonly [extension: string]: Format } = { '.sarif': 'sarif', '.json': 'json', '.xml': 'junit' };

/** Where the findings of one program go. */
export class ProgramReport {
  private readonly format: Format | undefined;

  /**
   * @param main the program's file
   * @param file where all findings are written, those with an exception too; undefined: nowhere
   * @throws UsageError for a file of another extension than those of the formats
   */
  constructor(
    private readonly main: string,
    private readonly run: SynthRun,
    private readonly context: CommandContext,
    private readonly file: string | undefined,
  ) {
    this.format = file === undefined ? undefined : FORMAT_OF[extname(file)];
    if (file !== undefined && !this.format) {
      const got = JSON.stringify(file);
      throw new UsageError(`option '--report': got ${got}; expected a file .sarif, .json or .xml`);
    }
  }

  /** Prints those that count, each with its line of the program, and writes the file. @returns all of them, so told */
  tell(findings: readonly Finding[]): readonly Finding[] {
    const { cwd, installation, stderr } = this.context;
    const sourced = withSources(findings.filter(counts), this.main, cwd, installation);
    stderr.write(formatFindings(sourced));
    const all = [...sourced, ...findings.filter((finding) => !counts(finding))];
    if (!this.format || this.file === undefined) return all;
    const { FORMATS } = require('../report/formats/formats') as typeof import('../report/formats/formats');
    const report = {
      objects: this.run.objects ?? 0,
      findings: inReadingOrder(all.map((finding) => this.located(finding))),
      describe: (id: string) => (require('../rules/known') as typeof import('../rules/known')).textOf(id)?.summary,
    };
    writeFileSync(resolve(cwd, this.file), FORMATS[this.format](report, toolkitVersion()));
    return all;
  }

  /** A finding at its line of the program; where that is not known, at the program's file. */
  private located(finding: Finding): LocatedFinding {
    const { file, line, column } = finding.source ?? {
      file: relative(this.context.cwd, this.main),
      line: 1,
      column: 1,
    };
    return { ...finding, file: file.replaceAll('\\', '/'), document: 0, line, column };
  }
}
