import { ApiObject, type App } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Finding } from '../../report/finding';
import { shownPath, walk } from '../tree';
import type { Calls, Making } from './calls';
import type { Asked } from './protocol';

/** A construct of one run of the program. */
export interface ObservedConstruct extends Partial<Making> {
  readonly path: string;
}

/** An object of one run. */
export interface ObservedObject {
  readonly path: string;
  /** The number of its construct. @default - it was made before the tracing began */
  readonly order?: number;
  // biome-ignore lint/suspicious/noExplicitAny: an object of any kind
  readonly value: any;
}

/** What one run of the program came to. */
export interface Observation {
  readonly findings: readonly Asked[];
  readonly objects: readonly ObservedObject[];
  readonly constructs: readonly ObservedConstruct[];
}

/** What is in an App that was synthesized. */
export function observe(app: App, findings: readonly Finding[], calls: Calls): Observation {
  const all = walk(app).constructs;
  const seen = (construct: IConstruct) => {
    const making = calls.of(construct);
    return {
      path: shownPath(construct),
      order: making?.order,
      get frames() {
        return making?.frames;
      },
    };
  };
  return {
    findings,
    constructs: all.map(seen),
    objects: all
      .filter((construct) => ApiObject.isApiObject(construct))
      .flatMap((construct) => {
        try {
          return [{ path: shownPath(construct), order: calls.of(construct)?.order, value: construct.toJson() }];
        } catch {
          // A finding says why it is no object.
          return [];
        }
      }),
  };
}

/** The observations of several Apps of one run as one. */
export function together(observations: readonly Observation[]): Observation {
  return {
    findings: observations.flatMap(({ findings }) => findings),
    objects: observations.flatMap(({ objects }) => objects),
    constructs: observations.flatMap(({ constructs }) => constructs),
  };
}
