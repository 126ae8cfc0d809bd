import { kindName } from '../../../api/identity';
import type { Any, KindRules } from '../effect';
import * as cluster from './cluster';
import { configuration } from './configuration';
import { cronJob } from './cron-job';
import { daemonSet } from './daemon-set';
import { deployment } from './deployment';
import { job } from './job';
import { pod } from './pod';
import { replicaSet, replicationController } from './replica-set';
import { service } from './service';
import { statefulSet } from './stateful-set';
import * as storage from './storage';

/** Every kind of which a change may do more than take its place. */
export const KINDS: readonly KindRules[] = [
  pod,
  deployment,
  statefulSet,
  daemonSet,
  replicaSet,
  replicationController,
  job,
  cronJob,
  service,
  configuration,
  ...Object.values(storage),
  ...Object.values(cluster),
];

const byKind = new Map(KINDS.flatMap((rules) => rules.kinds.map((kind) => [kind, rules] as const)));

/** The rules of an object's kind; undefined for kinds that take every change in place. */
export function rulesFor(object: Any): KindRules | undefined {
  return byKind.get(kindName(object));
}
