import { ApiObject, type App } from 'cdk8s';
import type { Finding } from '../report/finding';
import { commentsOf, has } from './comment';
import type { Judge } from './judge';
import { outlineOf, type SynthesizedObject } from './outputs';
import { resolvesPlainly, viewObject } from './resolve';
import { currentRun } from './run';
import { shownPath } from './tree';
import { emitTo, NotYaml } from './yaml/emit';
import { valueFaults } from './yaml/faults';
import { Spool } from './yaml/spool';

/**
 * Makes of each construct its object, and of that its text, before it looks at the next: resolved, judged, written, and
 * forgotten but for what decides its file and its place there.
 */
export class Maker {
  readonly findings: Finding[] = [];
  private readonly spool = new Spool();
  private readonly plainly: boolean;
  private readonly progress = currentRun()?.progress;
  private made = 0;

  /** @param judge @default - nobody judges the objects */
  constructor(
    app: App,
    private readonly judge?: Judge,
  ) {
    this.plainly = !process.env.CDK8S_DISABLE_SORT && resolvesPlainly(app);
  }

  /** Undefined when there is no object: a finding says why. */
  make(construct: ApiObject): SynthesizedObject | undefined {
    if ((++this.made & 63) === 0) this.progress?.('objects made', this.made);
    // A class, a patch or a program may have a toJson of its own: what that returns is written as it is.
    const own = !this.plainly || construct.toJson !== ApiObject.prototype.toJson;
    let view: object | undefined;
    let value: unknown;
    try {
      view = own ? undefined : viewObject(construct);
      value = view ?? construct.toJson();
    } catch (error) {
      this.findings.push(unresolved(construct, error));
      return undefined;
    }
    this.judge?.see(construct, value as object);
    return { construct, outline: outlineOf(value), text: this.text(construct, value, !view) };
  }

  private text(construct: ApiObject, value: unknown, sorted: boolean): Uint8Array {
    const comments = commentsOf(construct);
    for (const pointer of comments?.keys() ?? []) {
      if (!has(value, pointer)) this.fault(construct, pointer, 'has a comment, and is no field of the object');
    }
    try {
      emitTo(this.spool, value, sorted, comments);
    } catch (error) {
      if (!(error instanceof NotYaml)) throw error;
      const faults = valueFaults(value).sort((a, b) => (a.pointer < b.pointer ? -1 : 1));
      for (const { pointer, message } of faults) this.fault(construct, pointer, message);
      this.spool.drop();
    }
    return this.spool.end();
  }

  private fault(construct: ApiObject, pointer: string, message: string): void {
    const constructPath = shownPath(construct);
    this.findings.push({ ruleId: 'synth/value', severity: 'error', constructPath, pointer, message });
  }
}

/** An error of one object; a patch's has the place as well. cdk8s puts a path and a name before it. */
export function unresolved(construct: ApiObject, error: unknown): Finding {
  const { pointer = '', message = String(error) } = error as { pointer?: string; message?: string };
  return {
    ruleId: 'synth/resolve',
    severity: 'error',
    constructPath: shownPath(construct),
    pointer,
    message: message.replace(/^Failed serializing construct at path '.*?' with name '.*?': (Error: )?/, ''),
  };
}
