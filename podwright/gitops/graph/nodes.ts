// The nodes of a picture as they are found, and what is laid over them.
import { kindName } from '../../api/identity';
import type { DiffReport } from '../../report/diff';
import type { Finding, ObjectIdentity, SourcePlace } from '../../report/finding';
import type { GraphFinding, GraphNode } from '../../report/graph/graph';
import { identityOf } from '../../rules/check-objects';
import type { Relation } from '../../rules/relations/relation';
import { factsOf } from './facts';

// biome-ignore lint/suspicious/noExplicitAny: objects of any kind
type Any = any;

/** An object, and where it is. */
export interface PlacedObject {
  readonly object: Any;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** @default - the objects are those of one cluster */
  readonly environment?: string;
  /** @default - it comes from a file */
  readonly constructPath?: string;
  /** The line of the program that makes its construct. @default - not known */
  readonly madeAt?: SourcePlace;
}

/** A finding, and the file that its object was read from. */
export type PlacedFinding = Finding & { readonly file?: string };

type Draft = { -readonly [K in keyof GraphNode]: GraphNode[K] } & { findings: GraphFinding[] };

/** The nodes as they are found, by what tells them apart. */
export class Nodes {
  private readonly byId = new Map<string, Draft>();
  private readonly byConstruct = new Map<string, Draft[]>();
  private readonly byIdentity = new Map<string, Draft[]>();

  get all(): readonly GraphNode[] {
    return [...this.byId.values()];
  }

  /** The node of an object; one that is there twice has two. */
  place({ object, file, line, environment, constructPath, madeAt }: PlacedObject): Draft {
    const identity = identityOf(object);
    const node: Draft = {
      id: this.unused(idOf(identity, environment)),
      ...identity,
      ...(environment !== undefined && { environment }),
      ...(constructPath !== undefined && { constructPath }),
      ...(madeAt && { madeAt }),
      source: { file, line, column: 1 },
      ...factsOf(object),
      findings: [],
    };
    this.byId.set(node.id, node);
    push(this.byIdentity, idOf(identity), node);
    if (constructPath !== undefined) push(this.byConstruct, constructPath, node);
    return node;
  }

  /** The node of an object that was there before: the same one, or one that is gone. */
  placeGone(placed: PlacedObject): Draft {
    const known = this.byId.get(idOf(identityOf(placed.object), placed.environment));
    if (known?.source) return known;
    const node = this.place(placed);
    node.absent = 'gone';
    return node;
  }

  /** The node of what is only named. */
  name({ kind, namespace, name }: Relation['to'], environment: string | undefined): Draft {
    const short = kind.replace(/^.*\//, '');
    const id = idIn(environment, `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`);
    const known = this.byId.get(id);
    if (known) return known;
    const node: Draft = {
      id,
      kind: short,
      ...(namespace !== '' && { namespace }),
      name,
      ...(environment !== undefined && { environment }),
      absent: 'named',
      findings: [],
    };
    this.byId.set(id, node);
    return node;
  }

  idsOf(constructPath: string): readonly string[] {
    return (this.byConstruct.get(constructPath) ?? []).map(({ id }) => id);
  }

  /** Puts findings at their objects; those that are at none are returned. */
  find(findings: readonly PlacedFinding[]): GraphFinding[] {
    const others: GraphFinding[] = [];
    for (const finding of findings) {
      const { ruleId, severity, pointer, message, fix, source, suppressed } = finding;
      const of = this.nodeOf(finding)?.findings ?? others;
      of.push({
        ruleId,
        severity,
        pointer,
        message,
        ...(fix !== undefined && { fix }),
        ...(source && { source }),
        ...(suppressed && { suppressed }),
      });
    }
    return others;
  }

  change({ objects }: DiffReport): void {
    for (const { object, environment, effect, outcomes, fields, renamed } of objects) {
      const node = this.byId.get(idOf(object, environment));
      if (node) node.change = { effect, outcomes, fields, ...(renamed !== undefined && { renamed }) };
    }
  }

  private nodeOf({ object, constructPath, file }: PlacedFinding): Draft | undefined {
    const made = constructPath === undefined ? undefined : this.byConstruct.get(constructPath);
    if (!object) return made?.length === 1 ? made[0] : undefined;
    const same = (this.byIdentity.get(idOf(object)) ?? []).filter(({ absent }) => !absent);
    return same.find((node) => made?.includes(node)) ?? same.find((node) => node.source?.file === file) ?? same[0];
  }

  private unused(id: string): string {
    if (!this.byId.has(id)) return id;
    for (let count = 2; ; count++) if (!this.byId.has(`${id} #${count}`)) return `${id} #${count}`;
  }
}

function idOf({ apiVersion, kind, namespace, name }: ObjectIdentity, environment?: string): string {
  return idIn(environment, `${kindName({ apiVersion, kind })} ${namespace ? `${namespace}/` : ''}${name}`);
}

function idIn(environment: string | undefined, id: string): string {
  return environment === undefined ? id : `${environment}: ${id}`;
}

/** Adds to the list of a key. */
export function push<K, T>(groups: Map<K, T[]>, key: K, item: T): void {
  const group = groups.get(key);
  if (group) group.push(item);
  else groups.set(key, [item]);
}
