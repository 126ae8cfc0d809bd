import type { App, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Finding } from '../../report/finding';
import { Environment } from '../environment';
import type { Judge } from '../judge';
import { chartsBefore } from '../order';
import type { Output } from '../outputs';
import { chartOf, shownPath, type Tree } from '../tree';
import { emit } from '../yaml/emit';
import { type Handed, type HandedFile, HandOver, type Report } from './hand-over';

/** Where dist and clusters are, as seen from the program's folder. */
export type Folders = Handed['folders'];

/** The hand-overs of a program, and what they write. */
export class Clusters {
  readonly findings: Finding[] = [];
  private readonly handOvers: readonly HandOver[];
  private readonly before: ReadonlyMap<Chart, readonly Chart[]>;

  constructor(
    private readonly app: App,
    private readonly tree: Tree,
  ) {
    this.handOvers = tree.constructs.filter((construct) => HandOver.isHandOver(construct));
    this.before = this.handOvers.length > 0 ? chartsBefore(tree) : new Map();
  }

  /** Lets hand-overs mark the objects that they hand over, before those are made. */
  mark(): void {
    for (const handOver of this.handOvers) {
      if (!handOver.mark) continue;
      const tops = handOver.environments;
      const charts = this.tree.charts.filter((chart) => tops.includes(this.topOf(chart)));
      handOver.mark(
        charts.flatMap((chart) => this.tree.objects.get(chart) ?? []),
        (chart) => this.before.get(chart) ?? [],
      );
    }
  }

  /** The files of clusters by path. */
  files(outputs: readonly Output[], folders: Folders): ReadonlyMap<string, Uint8Array> {
    const files = new Map<string, Uint8Array>();
    const owners = new Map<string, HandOver>();
    for (const handOver of this.handOvers) {
      const report: Report = (fault) => {
        this.findings.push({
          ruleId: 'synth/hand-over',
          severity: 'error',
          pointer: '',
          constructPath: shownPath(handOver),
          ...fault,
        });
      };
      for (const { path, content } of handOver.files(this.handed(handOver, outputs, folders), report)) {
        const other = owners.get(path.toLowerCase());
        if (other) {
          report({ message: `its file ${path} in clusters is also that of ${shownPath(other)}; expected a file each` });
          continue;
        }
        owners.set(path.toLowerCase(), handOver);
        files.set(
          path,
          content instanceof Uint8Array ? content : Buffer.from(content.map((one) => emit(one)).join('---\n')),
        );
      }
    }
    return files;
  }

  /** Tells who judges the objects that a controller follows them, and what it brings beside them. */
  tell(judge: Judge): void {
    for (const handOver of this.handOvers) {
      for (const top of handOver.environments) {
        judge.follow(Environment.isEnvironment(top) ? top : undefined, handOver);
      }
    }
  }

  private handed(handOver: HandOver, outputs: readonly Output[], folders: Folders): Handed {
    const tops = handOver.environments;
    const files = outputs.flatMap(({ path, objects }): HandedFile[] => {
      const handed = objects.map(({ construct, outline, documents, start, end }) => ({
        construct,
        outline,
        chart: chartOf(construct) as Chart,
        text: () => Buffer.from(documents.bytes.subarray(start, end)).toString(),
      }));
      const [first] = handed;
      return first && tops.includes(this.topOf(first.chart)) ? [{ path, objects: handed }] : [];
    });
    return { files, folders, after: (chart) => this.before.get(chart) ?? [] };
  }

  private topOf(chart: Chart): IConstruct {
    return Environment.tryOf(chart) ?? this.app;
  }
}
