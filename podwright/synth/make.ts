import { ApiObject, type App } from 'cdk8s';
import type { Finding } from '../report/finding';
import { commentsOf, has } from './comment';
import type { Images } from './images/images';
import type { Judge } from './judge';
import { type Documents, outlineOf, SEPARATOR, type SynthesizedObject } from './outputs';
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
    private readonly images: Images,
    private readonly judge?: Judge,
  ) {
    this.plainly = !process.env.CDK8S_DISABLE_SORT && resolvesPlainly(app);
  }

  /** The objects of one chart, given in the order in which they are written; of one that there is none of, a finding. */
  make(constructs: readonly ApiObject[]): readonly SynthesizedObject[] {
    const { spool } = this;
    const documents: Documents = { bytes: NOTHING };
    const objects: SynthesizedObject[] = [];
    for (const construct of constructs) {
      if ((++this.made & 63) === 0) this.progress?.('objects made', this.made);
      const resolved = this.resolve(construct);
      if (!resolved) continue;
      const { sorted } = resolved;
      const value = this.images.pinned(construct, resolved.value);
      this.judge?.see(construct, value);
      if (objects.length > 0) spool.put(SEPARATOR);
      const start = spool.length;
      this.write(construct, value, sorted);
      objects.push({ construct, outline: outlineOf(value), documents, start, end: spool.length });
    }
    documents.bytes = spool.end();
    return objects;
  }

  /** An object as data, and whether its keys are in the order in which they are to be written. */
  private resolve(construct: ApiObject): { value: object; sorted: boolean } | undefined {
    // A class, a patch or a program may have a toJson of its own: what that returns is written as it is.
    const own = !this.plainly || construct.toJson !== ApiObject.prototype.toJson;
    try {
      const view = own ? undefined : viewObject(construct);
      if (view) return { value: view, sorted: false };
      const value: unknown = construct.toJson();
      if (typeof value === 'object' && value !== null) return { value, sorted: true };
      throw new Error(`toJson returns ${String(value)}; expected an object`);
    } catch (error) {
      this.findings.push(unresolved(construct, error));
      return undefined;
    }
  }

  private write(construct: ApiObject, value: object, sorted: boolean): void {
    const comments = commentsOf(construct);
    for (const pointer of comments?.keys() ?? []) {
      if (!has(value, pointer)) this.fault(construct, pointer, 'has a comment, and is no field of the object');
    }
    const { length } = this.spool;
    try {
      emitTo(this.spool, value, sorted, comments);
    } catch (error) {
      if (!(error instanceof NotYaml)) throw error;
      const faults = valueFaults(value).sort((a, b) => (a.pointer < b.pointer ? -1 : 1));
      for (const { pointer, message } of faults) this.fault(construct, pointer, message);
      this.spool.cut(length);
    }
  }

  private fault(construct: ApiObject, pointer: string, message: string): void {
    const constructPath = shownPath(construct);
    this.findings.push({ ruleId: 'synth/value', severity: 'error', constructPath, pointer, message });
  }
}

const NOTHING = new Uint8Array();

/** An error of one object; a patch's has the place as well. cdk8s puts a path and a name before it. */
export function unresolved(construct: ApiObject, error: unknown): Finding {
  const { cause, message = String(error), pointer } = error as { cause?: unknown; message?: string; pointer?: string };
  const { pointer: inside = '' } = (cause ?? {}) as { pointer?: string };
  return {
    ruleId: 'synth/resolve',
    severity: 'error',
    constructPath: shownPath(construct),
    pointer: pointer ?? inside,
    message: message.replace(/^Failed serializing construct at path '.*?' with name '.*?': (Error: )?/, ''),
  };
}
