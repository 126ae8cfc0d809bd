import { isVersion, type Version } from '../podwright/api/versions';
import { ClusterObjects } from '../podwright/gitops/effects/cluster-objects';
import { effectOf } from '../podwright/gitops/effects/effect-of';
import { CHANGES, LIMITED } from './changes/changes';
import type { Change } from './harness/change';
import { apply, type Measured, measure, stateOf } from './harness/measure';
import { Namespace, useNamespace } from './harness/namespace';
import { provesItself } from './harness/proves';
import { currentRun, RUN_LABEL } from './harness/run';

// What a change is predicted to do is what it does. Each change is applied to its object on the cluster, as Flux applies it;
// the measure is the API server's answer, the uids of pods and containers, and what a pod is like that is made afterwards.
const ALL = [...CHANGES, ...LIMITED];
const here = useNamespace('changes');
const others: Namespace[] = [];
const outcomes = new Map<Change, Promise<Measured>>();
let version: Version;

beforeAll(async () => {
  const { minor } = JSON.parse(await here().fine('kubectl version -o json')).serverVersion;
  const found = `1.${Number.parseInt(minor, 10)}`;
  if (!isVersion(found)) throw new Error(`Kubernetes ${found} is none that the toolkit knows`);
  version = found;
  const waiting: [Change, Namespace][] = CHANGES.map((change) => [change, here()]);
  for (const change of LIMITED) {
    const namespace = await Namespace.make(`changes-${change.name}`, { level: 'baseline' });
    others.push(namespace);
    waiting.unshift([change, namespace]);
  }
  // A few at a time: a node of two processors has to start their pods.
  const next = async (): Promise<void> => {
    const row = waiting.shift();
    if (!row) return;
    const outcome = look(...row);
    outcomes.set(row[0], outcome);
    await outcome.catch(() => {}); // What fails is for the case that asks for it.
    return next();
  };
  await Promise.all(Array.from({ length: 8 }, next));
});

afterAll(() => Promise.all(others.map((namespace) => namespace.remove())));

/** Makes what there is before a change, makes the change, and tells what it does. */
async function look(change: Change, namespace: Namespace): Promise<Measured> {
  const own = ofRun(change, namespace);
  if (own.first) {
    await apply(namespace, own.first);
    await stateOf(namespace, own);
  }
  for (const object of [own.before, ...(own.beside ?? [])]) {
    const { code, stderr } = await apply(namespace, object);
    if (code !== 0) throw new Error(`cannot be applied before the change: ${stderr}`);
  }
  if (own.before.kind === 'CronJob')
    await namespace.fine(`kubectl create job ${own.name}-before --from=cronjob/${own.name}`);
  return measure(namespace, own, await stateOf(namespace, own));
}

/** A namespace that changes is the one that is there. */
function ofRun(change: Change, namespace: Namespace): Change {
  if (change.before.kind !== 'Namespace') return change;
  const [before, after] = [change.before, change.after].map((object) => ({
    ...object,
    metadata: { name: namespace.name, labels: { ...object.metadata.labels, [RUN_LABEL]: currentRun().id } },
  }));
  return { ...change, before, after };
}

/** What is computed of a change, from what git says before and after. */
function predicted({ before, after, beside = [], added = [] }: Change): string {
  const { effect } = effectOf(before, after, {
    version,
    cluster: new ClusterObjects([after, ...beside, ...added]),
  });
  return effect;
}

test('every class of effect is among the changes, and there are forty at least', () => {
  const classes = new Set(ALL.map(({ effect }) => effect));
  expect([...classes].sort()).toEqual([
    'container-restart',
    'in-place',
    'next-pods',
    'next-run',
    'nothing',
    'recreate',
    'refused',
    'rolling-restart',
    'scale',
    'until-restart',
  ]);
  expect(ALL.length).toBeGreaterThanOrEqual(40);
});

test.each(ALL.map((change) => [`${change.effect}: ${change.what}`, change] as const))('%s', (_, change) =>
  provesItself(
    async (effect: string) => {
      const { seen, answer } = (await outcomes.get(change)) as Measured;
      // The API server's refusal does not say whether deleting the object is the way out.
      const expected = effect === 'recreate' || effect === 'refused' ? 'not taken' : effect;
      expect({ answer, seen }).toEqual({ answer, seen: expected });
      expect(effect).toBe(change.effect);
    },
    { good: predicted(change), bad: change.effect === 'nothing' ? 'in-place' : 'nothing', because: /"seen"/ },
  ),
);
