// Whether the API server of a cluster does what is predicted of an object.
import type { Version } from '../../api/versions';
import type { Confirmation, ObjectDiff } from '../../report/diff';
import { TITLES } from '../../report/diff/words';
import type { ClusterObjects } from '../effects/cluster-objects';
import { shortList } from '../effects/effect';
import { effectOf } from '../effects/effect-of';
import { isKept } from './marks';

// biome-ignore lint/suspicious/noExplicitAny: objects of any kind
type Any = any;

/** What the API server says to an object that would be applied. */
export interface Answer {
  /** What the cluster has. @default - no such object */
  readonly live?: Any;
  /** What it would have. @default - the object is not applied, or refused */
  readonly next?: Any;
  /** Why it is refused, in the server's words. @default - it is not */
  readonly refusal?: string;
  /** Why it could not be asked: the kind or the namespace is new as well. @default - it was */
  readonly unasked?: string;
}

/** What is around an object. */
export interface ConfirmContext {
  readonly version: Version;
  readonly cluster: ClusterObjects;
}

/** Compares a prediction with what the API server says. */
export function confirm(object: ObjectDiff, answer: Answer, context: ConfirmContext): Confirmation {
  const { live, next, refusal, unasked } = answer;
  const { effect } = object;
  if (unasked !== undefined) return { verdict: 'unknown', what: unasked };
  if (effect === 'gone') return confirmGone(object, live);
  const isNew = effect === 'new';
  if (!live && !isNew) return { verdict: 'unknown', what: 'the cluster has no such object' };
  const expectsRefusal = effect === 'recreate' || effect === 'refused';
  if (refusal !== undefined) return { verdict: expectsRefusal ? 'confirmed' : 'contradicted', what: refusal };
  if (isNew) return live ? { verdict: 'contradicted', what: 'the cluster has it already' } : { verdict: 'confirmed' };
  const found = effectOf(asApplied(live), asApplied(next), context);
  const changed = found.fields.map(({ name }) => name);
  if (found.effect === 'nothing' && effect !== 'nothing')
    return { verdict: 'unknown', what: 'the cluster has it so already' };
  if (expectsRefusal) return { verdict: 'contradicted', what: `it is taken, with ${shortList(changed)}` };
  const predicted = object.outcomes.find((outcome) => outcome.effect !== 'moved')?.effect;
  if (found.effect === (predicted ?? 'nothing')) return { verdict: 'confirmed' };
  return { verdict: 'contradicted', what: `${TITLES[found.effect]}, by ${shortList(changed)}` };
}

/** An object without what kubectl apply keeps of its own in it. */
function asApplied({ metadata, ...object }: Any): Any {
  const { [APPLIED]: _, ...annotations } = metadata.annotations ?? {};
  return { ...object, metadata: { ...metadata, annotations } };
}

const APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** A controller goes by the marks of what the cluster has. */
function confirmGone({ leaves }: ObjectDiff, live: Any): Confirmation {
  if (!live) return { verdict: 'unknown', what: 'the cluster has no such object' };
  const isDeleted = leaves === 'deleted' || leaves === 'deleted-with-namespace';
  if (leaves === 'deleted-with-namespace' || isKept(live) !== isDeleted) return { verdict: 'confirmed' };
  return {
    verdict: 'contradicted',
    what: isDeleted
      ? 'the mark to keep it is in the cluster: it stays'
      : 'the cluster has it without the mark to keep it',
  };
}
