// Makes the picture of a set of objects: nodes, their relations, what was found, and what changes.
import { kindName } from '../../api/identity';
import type { DiffReport } from '../../report/diff';
import type { Finding, ObjectIdentity, SourcePlace } from '../../report/finding';
import type { Graph, GraphBranch, GraphEdge, GraphFinding, GraphNode } from '../../report/graph/graph';
import { identityOf } from '../../rules/check-objects';
import type { Relation } from '../../rules/relations/relation';
import { relationsOf } from '../../rules/relations/relations';
import { World } from '../../rules/world';
import { factsOf } from './facts';
import { filesTree } from './tree';

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

/** What a picture is made from. */
export interface GraphProps {
  /** What it is of, for a reader. */
  readonly label: string;
  readonly objects: readonly PlacedObject[];
  readonly findings?: readonly (Finding & { readonly file?: string })[];
  /** What holds the objects; it is given the ids of those of a construct. @default - their files do */
  readonly tree?: (idsOf: (constructPath: string) => readonly string[]) => GraphBranch;
  /** What changes, and the objects that were there before. @default - nothing is compared */
  readonly diff?: { readonly report: DiffReport; readonly before: readonly PlacedObject[] };
}

/** The picture. */
export function graphOf({ label, objects, findings = [], tree, diff }: GraphProps): Graph {
  const nodes = new Nodes();
  const now = relate(nodes, objects);
  const before = diff ? relate(nodes, diff.before, 'gone') : undefined;
  const edges = before ? compared(now, before) : [...now.values()];
  const others = nodes.find(findings);
  if (diff) nodes.change(diff.report);
  const all = nodes.all;
  return {
    label,
    nodes: all,
    edges,
    tree: tree ? tree((path) => nodes.idsOf(path)) : filesTree(all),
    findings: others,
    ...(diff && { diff: { before: diff.report.before, after: diff.report.after, notes: diff.report.notes } }),
  };
}

type Draft = { -readonly [K in keyof GraphNode]: GraphNode[K] } & { findings: GraphFinding[] };

/** The nodes as they are found, by what tells them apart. */
class Nodes {
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
  find(findings: GraphProps['findings'] = []): GraphFinding[] {
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

  private nodeOf({ object, constructPath, file }: Finding & { file?: string }): Draft | undefined {
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

/** The relations of objects, each cluster's by itself, by what tells them apart. */
function relate(nodes: Nodes, objects: readonly PlacedObject[], absent?: 'gone'): Map<string, GraphEdge> {
  const edges = new Map<string, GraphEdge>();
  const clusters = new Map<string | undefined, PlacedObject[]>();
  for (const placed of objects) push(clusters, placed.environment, placed);
  for (const [environment, own] of clusters) {
    const of = new Map(own.map((placed) => [placed.object, absent ? nodes.placeGone(placed) : nodes.place(placed)]));
    for (const { from, verb, to, pointer, detail } of relationsOf(new World(own.map(({ object }) => object)))) {
      const [source, target] = [of.get(from), of.get(to.object) ?? nodes.name(to, environment)];
      if (!source) continue;
      const edge = { from: source.id, to: target.id, verb, pointer, ...(detail !== undefined && { detail }) };
      edges.set(JSON.stringify([edge.from, verb, edge.to, detail]), edge);
    }
  }
  return edges;
}

function compared(now: ReadonlyMap<string, GraphEdge>, before: ReadonlyMap<string, GraphEdge>): GraphEdge[] {
  const kept = [...now].map(([key, edge]) => (before.has(key) ? edge : { ...edge, change: 'new' as const }));
  const gone = [...before].filter(([key]) => !now.has(key)).map(([, edge]) => ({ ...edge, change: 'gone' as const }));
  return [...kept, ...gone];
}

function idOf({ apiVersion, kind, namespace, name }: ObjectIdentity, environment?: string): string {
  return idIn(environment, `${kindName({ apiVersion, kind })} ${namespace ? `${namespace}/` : ''}${name}`);
}

function idIn(environment: string | undefined, id: string): string {
  return environment === undefined ? id : `${environment}: ${id}`;
}

function push<K, T>(groups: Map<K, T[]>, key: K, item: T): void {
  const group = groups.get(key);
  if (group) group.push(item);
  else groups.set(key, [item]);
}
