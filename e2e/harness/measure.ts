import type { EffectClass } from '../../podwright/report/diff';
import { type Change, TOLD } from './change';
import type { ApiObject, Namespace } from './namespace';
import { isReady } from './namespace';
import { until } from './wait';

/** What a change was seen to do; the API server does not say which of the two its refusal is. */
export type Seen = Exclude<EffectClass, 'recreate' | 'refused'> | 'not taken';

/** What was seen, and what the API server said. */
export interface Measured {
  readonly seen: Seen;
  readonly answer: string;
}

/** What there is of a change on the cluster. */
interface State {
  readonly object: ApiObject;
  readonly pods: readonly ApiObject[];
}

const MANAGER = 'kustomize-controller';

/** Applies an object as Flux does. */
export function apply(namespace: Namespace, object: unknown) {
  const command = `kubectl apply --server-side --force-conflicts --field-manager=${MANAGER} -f -`;
  return namespace.run(command, { input: JSON.stringify(object) });
}

/** The object of a change, and its pods, once they are as many as they shall be, and ready. */
export async function stateOf(namespace: Namespace, { name, before }: Change): Promise<State> {
  return until(`the pods of ${name}`, async () => {
    const object = await namespace.get(before.kind, before.metadata.name);
    if (!object) throw new Error(`there is no ${before.kind} ${before.metadata.name}`);
    const pods = await namespace.list('pod', `change=${name}`);
    const left = pods.filter(
      ({ metadata, status }) => !metadata.deletionTimestamp && !/Succeeded|Failed/.test(status.phase),
    );
    const wanted = wantedOf(object);
    if (wanted !== undefined && (pods.length !== wanted || !isObserved(object))) return false;
    return left.every(isReady) && left.length === pods.length && { object, pods: left };
  });
}

/** How many pods an object keeps; undefined where it keeps none of its own. */
function wantedOf({ kind, spec, status }: ApiObject): number | undefined {
  switch (kind) {
    case 'Deployment':
    case 'StatefulSet':
    case 'ReplicaSet':
      return spec.replicas;
    case 'DaemonSet':
      return status.desiredNumberScheduled;
    case 'Job':
      return spec.suspend ? 0 : Math.min(spec.parallelism, spec.completions ?? spec.parallelism);
    case 'Pod':
      return 1;
    default:
      return undefined;
  }
}

function isObserved({ kind, metadata, status }: ApiObject): boolean {
  return kind === 'Job' || kind === 'Pod' || (status?.observedGeneration ?? 0) >= (metadata.generation ?? 0);
}

/** What is kept of an object, without what every write changes. */
function contentOf(object: ApiObject): string {
  const { metadata, status: _, ...rest } = object as ApiObject & Record<string, unknown>;
  const { labels, annotations, name } = metadata;
  return JSON.stringify({ ...rest, metadata: { labels, annotations, name } });
}

/** What the API server answers to a change, and what that does to the object and to the pods. */
export async function measure(namespace: Namespace, change: Change, before: State): Promise<Measured> {
  for (const object of change.added ?? []) await apply(namespace, object);
  const { code, stdout, stderr } = await apply(namespace, change.after);
  const answer = `${stdout}${stderr}`.trim();
  const seen = (seen: Seen) => ({ seen, answer });
  if (code !== 0) {
    if (!/is invalid|Invalid value|[Ff]orbidden|immutable/.test(answer)) throw new Error(`not an answer: ${answer}`);
    const { metadata } = (await namespace.get(change.before.kind, change.before.metadata.name)) as ApiObject;
    if (metadata.generation !== before.object.metadata.generation) throw new Error('it is refused, and has changed');
    return seen('not taken');
  }
  let now = await stateOf(namespace, change);
  if (change.before.kind === 'Pod' && imagesOf(now.object) !== imagesOf(before.object)) {
    // The old container is ready for a moment more.
    const another = until(
      'another container',
      async () => {
        const later = await stateOf(namespace, change);
        return containersOf(later.pods) !== containersOf(before.pods) && later;
      },
      { seconds: 90 },
    );
    now = await another.catch(() => now);
  }
  if (now.object.metadata.uid !== before.object.metadata.uid) throw new Error('it is another object');
  if (contentOf(now.object) === contentOf(before.object)) return seen('nothing');
  const pods = podsSeen(change, before.pods, now.pods);
  if (pods) return seen(pods);
  if (change.before.kind === 'CronJob') return seen(await nextRun(namespace, change));
  if (now.pods.length === 0) return seen('in-place');
  if (change.file) {
    const command = `kubectl exec ${now.pods[0]?.metadata.name} -- cat ${change.file}`;
    await until(`${change.file} to follow`, async () => (await namespace.fine(command)).includes('after'));
    return seen('in-place');
  }
  return seen(await nextPod(namespace, change, now));
}

/** What pods show at once. */
function podsSeen(
  { before: { kind } }: Change,
  old: readonly ApiObject[],
  now: readonly ApiObject[],
): Seen | undefined {
  const uids = (pods: readonly ApiObject[]) => pods.map(({ metadata }) => metadata.uid);
  const stayed = now.filter(({ metadata }) => uids(old).includes(metadata.uid));
  if (now.length !== old.length) {
    if (stayed.length !== Math.min(now.length, old.length)) throw new Error('other pods, and another number of them');
    // To a Job the number of its pods is a setting among others.
    return kind === 'Job' ? 'in-place' : 'scale';
  }
  if (stayed.length === 0 && old.length > 0) return 'rolling-restart';
  if (stayed.length !== old.length) throw new Error('some of the pods are others');
  return containersOf(old) === containersOf(now) ? undefined : 'container-restart';
}

/** The containers that run, by their ids: one that is started again is another. */
function containersOf(pods: readonly ApiObject[]): string {
  const statuses = pods.flatMap(({ status }) => [
    ...(status.containerStatuses ?? []),
    ...(status.initContainerStatuses ?? []),
  ]);
  return statuses.map(({ containerID }) => containerID).join();
}

function imagesOf({ spec }: ApiObject): string {
  return [...spec.containers, ...(spec.initContainers ?? [])].map(({ image }) => image).join();
}

/** Whether a pod that is made after the change is other than one from before; what is read at its start tells it, too. */
async function nextPod(namespace: Namespace, change: Change, { pods }: State): Promise<Seen> {
  const { kind } = change.before;
  // What makes no pod again shows nothing more.
  if (kind === 'Pod' || kind === 'Job') return 'in-place';
  const [pod] = pods as [ApiObject];
  const before = await fingerprint(namespace, pod);
  const isConfiguration = kind === 'ConfigMap' || kind === 'Secret';
  let last = pod;
  // The node may not have heard of a ConfigMap's change when it starts the first pod after it.
  for (let tries = isConfiguration ? 5 : 1; tries > 0; tries--) {
    await namespace.fine(change.lift ?? `kubectl delete pod ${last.metadata.name} --wait=false`);
    const next = await replacement(namespace, change, [...pods, last]);
    if (next === 'refused') return 'next-pods';
    if ((await fingerprint(namespace, next)) !== before) {
      if (isConfiguration) return 'until-restart';
      return ['Deployment', 'StatefulSet', 'DaemonSet'].includes(kind) ? 'rolling-restart' : 'next-pods';
    }
    last = next;
  }
  return 'in-place';
}

/** The pod that is made in place of others, once it is ready; or that none is taken. */
function replacement(
  namespace: Namespace,
  { name }: Change,
  old: readonly ApiObject[],
): Promise<ApiObject | 'refused'> {
  const refusals = `kubectl get events --field-selector reason=FailedCreate -o json`;
  return until(`another pod of ${name}, or why there is none`, async () => {
    const pods = await namespace.list('pod', `change=${name}`);
    const other = pods.find(({ metadata }) => !old.some((one) => one.metadata.uid === metadata.uid));
    if (other && isReady(other)) return other;
    const { items } = JSON.parse(await namespace.fine(refusals));
    return items.some((event: { involvedObject: { name: string } }) => event.involvedObject.name === name) && 'refused';
  });
}

/** What a pod is made of, and what it says of its environment at its start. */
async function fingerprint(namespace: Namespace, { metadata, spec }: ApiObject): Promise<string> {
  const log = await until('all of the log', async () => {
    const text = await namespace.fine(`kubectl logs ${metadata.name}`);
    return text.includes(`\n${TOLD}\n`) && text;
  });
  const own = log.split('\n').filter((line) => !/^(HOSTNAME|[A-Z0-9_]+_(SERVICE|PORT)[A-Z0-9_]*)=/.test(line));
  const containers = spec.containers.map(({ image, env, resources, volumeMounts = [] }: Record<string, unknown[]>) => [
    image,
    env,
    resources,
    volumeMounts.length,
  ]);
  return JSON.stringify([containers, own.sort()]);
}

/** Whether a run that starts now is other than the one that runs, which stays; a schedule is seen in the object alone. */
async function nextRun(namespace: Namespace, { name, before, after }: Change): Promise<Seen> {
  const [running] = await namespace.list('job', `change=${name}`);
  if (running?.metadata.generation !== 1) throw new Error('the run before the change is another');
  if (before.spec.schedule !== after.spec.schedule) return 'next-run';
  await namespace.fine(`kubectl create job ${name}-after --from=cronjob/${name}`);
  const next = await namespace.get('job', `${name}-after`);
  const templateOf = (job: ApiObject | undefined) => JSON.stringify(job?.spec.template.spec);
  return templateOf(next) === templateOf(running) ? 'in-place' : 'next-run';
}
