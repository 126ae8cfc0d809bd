// Where the objects of a program come from, noted while it runs.
import { relative } from 'node:path';
import type { ApiObject, App } from 'cdk8s';
import type { SourcePlace } from '../../report/finding';
import { environmentsOf, type Outline, outlineOf, type SynthesizedObject } from '../outputs';
import type { Synthesized } from '../run';
import { shownPath } from '../tree';
import { Calls, callPlace, ownFiles } from './calls';
import { shortened } from './place';

/** Where an object comes from. */
export interface Origin {
  readonly constructPath: string;
  /** The call that makes its construct. @default - no line of the program does */
  readonly source?: SourcePlace;
}

/** The objects of a program's files, each with the construct that made it. */
export class Origins {
  /** The names of the environments, in the order in which they are synthesized. */
  readonly environments: string[] = [];
  private readonly calls: Calls;
  private readonly files = new Map<string, readonly SynthesizedObject[]>();
  private readonly byName = new Map<string, ReadonlyMap<string, ApiObject>>();

  /**
   * Begins to note where constructs are made.
   *
   * @param cwd the folder that files are named from
   * @param lib the toolkit's own folder
   */
  constructor(
    private readonly cwd: string,
    lib: string,
  ) {
    this.calls = new Calls(ownFiles(lib));
    this.calls.restart();
  }

  /** Is what a run tells of each App: see SynthRun. */
  readonly observe = (_: App, { outdir, outputs }: Synthesized): void => {
    const folder = relative(this.cwd, outdir).replaceAll('\\', '/');
    for (const { path, objects } of outputs) this.files.set(folder === '' ? path : `${folder}/${path}`, objects);
    for (const name of environmentsOf(outputs)) if (!this.environments.includes(name)) this.environments.push(name);
  };

  /** Where an object of a file comes from; undefined where the program did not make it. */
  readonly of = (object: object, file: string): Origin | undefined => {
    const construct = this.constructsOf(file).get(keyOf(outlineOf(object)));
    return construct && this.originOf(construct);
  };

  /** That of every object, by file. */
  *all(): Generator<readonly [file: string, key: string, origin: Origin]> {
    for (const file of this.files.keys())
      for (const [key, construct] of this.constructsOf(file)) yield [file, key, this.originOf(construct)];
  }

  private originOf(construct: ApiObject): Origin {
    const place = callPlace(this.calls.of(construct)?.frames ?? []);
    return { constructPath: shownPath(construct), ...(place && { source: shortened(place, this.cwd) }) };
  }

  private constructsOf(file: string): ReadonlyMap<string, ApiObject> {
    const known = this.byName.get(file);
    if (known) return known;
    const objects = this.files.get(file) ?? [];
    const constructs = new Map(objects.map(({ construct, outline }) => [keyOf(outline), construct]));
    this.byName.set(file, constructs);
    return constructs;
  }
}

/** What tells an object from the others of its file. */
export function keyOf({ apiVersion, kind, namespace, name }: Outline): string {
  return `${apiVersion} ${kind} ${namespace}/${name}`;
}
