// Constructs of podwright in the place of objects: a candidate is taken when it makes exactly the same objects.
import { Chart, type ChartProps, App as StockApp } from 'cdk8s';
import type { Construct } from 'constructs';
import { identityKey } from '../../api/identity';
import { same } from '../../api/plain';
import { Claim } from '../../constructs/claim';
import { HashedConfigMap } from '../../constructs/hashed-config-map';
import { Job } from '../../constructs/job';
import { ModelServer } from '../../constructs/model-server';
import { Pod } from '../../constructs/pod';
import { ScheduledJob } from '../../constructs/scheduled-job';
import { Team } from '../../constructs/team';
import { TrainingJob } from '../../constructs/training-job';
import { App } from '../../synth/app';
import type { Fields } from '../code';
import { carry } from '../comments';
import type { Context } from '../context';
import type { Any } from '../path';

/** The constructs that candidates are made of. */
export const CONSTRUCTS = { Claim, HashedConfigMap, Job, ModelServer, Pod, ScheduledJob, Team, TrainingJob };

export type ConstructName = keyof typeof CONSTRUCTS;

/** A construct with its props, and the objects that it is to make. */
export interface Candidate {
  readonly className: ConstructName;
  readonly id: string;
  readonly props: Fields;
  readonly objects: readonly Any[];
}

/** What candidates are tried in. */
export interface Trial {
  readonly context: Context;
  /** The namespaces that are a Team's: workloads there add policies of their own. */
  readonly teams: ReadonlySet<string>;
}

/** Whether a candidate makes its objects, exactly. */
export function makes(candidate: Candidate, trial: Trial): boolean {
  return isMade(candidate, synthesized(candidate, trial));
}

/** Whether objects that a candidate made are those that it is to make. */
export function isMade({ objects }: Candidate, made: readonly Any[] | undefined): boolean {
  if (made?.length !== objects.length) return false;
  const expected = new Map(objects.map((object) => [identityKey(object), object]));
  return made.every((object) => same(object, expected.get(identityKey(object))));
}

/** The objects that a candidate makes; undefined where it refuses to. */
export function synthesized({ className, id, props }: Candidate, { context, teams }: Trial): Any[] | undefined {
  const app = new App();
  for (const team of teams) new Team(new Chart(app, `team-${team}`), team);
  const { namespace, labels } = context;
  const chartProps: ChartProps = { labels: { ...labels }, ...(namespace !== undefined && { namespace }) };
  const chart = new Chart(app, 'trial', chartProps);
  const construct = CONSTRUCTS[className] as new (scope: Construct, id: string, props: Any) => Construct;
  try {
    new construct(chart, id, props);
    return StockApp._synthChart(chart);
  } catch {
    // What the construct does not take, it cannot say.
    return undefined;
  }
}

/** A copy of fields without some of them; comments stay. */
export function without(fields: Fields, ...names: readonly string[]): Fields {
  return carry(Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name))), fields);
}
