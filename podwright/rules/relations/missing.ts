// What is said of a name that nothing has.
import { nearest } from '../../report/nearest';
import type { Step } from '../engine/cursor';
import type { At, More } from '../rule';
import { namespaceOf, type World } from '../world';
import { type MadeSecret, madeSecrets } from './makers';

/** An object as it is named. */
interface Wanted {
  /** With its API group: `Secret`, `scheduling.k8s.io/PriorityClass`. */
  readonly kind: string;
  readonly name: string;
  /** '' for a kind that is in none, and for an object that says none. */
  readonly namespace: string;
}

/** What is said beside the name of what is missing. */
interface MissingMore extends Pick<More, 'severity'> {
  /** Another way out: 'mark the reference optional: true'. @default - none */
  readonly alternative?: string;
  /** The name that was meant. @default - the nearest of those that are there */
  readonly near?: string;
}

/** Says that nothing has a name, where it is or what was meant instead, and the ways out. */
export function reportMissing(at: At, steps: readonly Step[], wanted: Wanted, more: MissingMore = {}): void {
  const { kind, name, namespace } = wanted;
  const elsewhere = otherNamespaceOf(at.world, wanted);
  const { near = nearestName(at.world, wanted), alternative, severity } = more;
  const what = `${kind.slice(kind.lastIndexOf('/') + 1)}${namespace && ` of namespace ${namespace}`}`;
  const where = elsewhere === undefined ? '' : `, which is in ${elsewhere ? `namespace ${elsewhere}` : 'no namespace'}`;
  const add = elsewhere === undefined ? `${meant(name, near)}Add it` : 'Add one to the namespace that it is used in';
  const external = `{ kind: '${kind}', name: '${name}'${namespace && `, namespace: '${namespace}'`} }`;
  const declare = `declare that others make it: externals: [${external}]${alternative ? `, or ${alternative}` : ''}`;
  at.report(steps, `names a ${what} that is not there, got ${JSON.stringify(name)}${where}`, {
    fix: `${add}, or ${declare}`,
    ...(severity && { severity }),
  });
}

function meant(name: string, near: string | undefined): string {
  if (near === undefined) return '';
  const text = JSON.stringify(near);
  return isHashed(name, near) ? `Use the name of the construct that makes it, ${text}. ` : `Did you mean ${text}? `;
}

/** Whether a name is another and its content's hash, as that of a HashedConfigMap is. */
function isHashed(name: string, hashed: string): boolean {
  return hashed.startsWith(`${name}-`) && /^[0-9a-f]{8}$/.test(hashed.slice(name.length + 1));
}

/** Among more names than this none is looked for: each missing one would be held against each. */
const CROWD = 200;

/** The name of one that is there and was most likely meant: with a hash at its end, or with other letters. */
function nearestName(world: World, { kind, name, namespace }: Wanted): string | undefined {
  const there = world.ofKind(kind, namespace);
  if (there.length > CROWD) return undefined;
  const names: string[] = there.map(({ metadata }) => metadata?.name ?? '');
  for (const one of broughtBeside(world, kind, namespace)) {
    if (one.name !== undefined && (one.namespace ?? namespace) === namespace) names.push(one.name);
  }
  return names.find((one) => isHashed(name, one)) ?? nearest(name, names);
}

/** The namespace of another of the same kind and name, '' where it says none; undefined where there is no other. */
function otherNamespaceOf(world: World, { kind, name }: Wanted): string | undefined {
  const object = world.ofKind(kind).find(({ metadata }) => metadata?.name === name);
  if (object) return namespaceOf(object);
  for (const one of broughtBeside(world, kind)) if (one.name === name) return one.namespace;
  return undefined;
}

/** What of a kind is made by objects, or declared; for a namespace at least all that it has. */
function* broughtBeside(world: World, kind: string, namespace?: string): Generator<Partial<MadeSecret>> {
  if (kind === 'Secret') yield* madeSecrets(world, namespace);
  for (const one of world.externals) if (one.kind === kind) yield one;
}
