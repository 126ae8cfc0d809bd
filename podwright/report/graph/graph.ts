// The objects of a program or of manifests, and how they reach each other, as data; a formatter a format draws it.
import type { FieldDiff, Outcome } from '../diff';
import type { Severity, SourcePlace, Suppression } from '../finding';

/** What was found at an object; see Finding. */
export interface GraphFinding {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly pointer: string;
  readonly message: string;
  readonly fix?: string;
  /** The line of the program or of the manifest. @default - not known */
  readonly source?: SourcePlace;
  /** The exception that holds for it. @default - none */
  readonly suppressed?: Suppression;
}

/** What happens to an object; see ObjectDiff. */
export interface GraphChange {
  readonly effect: Outcome['effect'];
  readonly outcomes: readonly Outcome[];
  readonly fields: readonly FieldDiff[];
  /** @default - it was not renamed */
  readonly renamed?: string;
}

/** An object. */
export interface GraphNode {
  /** What no other node has: `apps/Deployment ml/web`, with the environment before it where there are several. */
  readonly id: string;
  /** @default - not known: only its name is */
  readonly apiVersion?: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  /** The cluster that it is for. @default - the program has no environments */
  readonly environment?: string;
  /** The construct that made it. @default - it comes from a file */
  readonly constructPath?: string;
  /** The line of the program that makes its construct. @default - not known */
  readonly madeAt?: SourcePlace;
  /** The manifest that it is in. @default - it is in none */
  readonly source?: SourcePlace;
  /** What it is in a few words: `2 replicas`, `10Gi`. @default - its kind says it */
  readonly facts?: readonly string[];
  /**
   * 'named': others name it, and it is not among the objects. 'gone': it was, before the change.
   * @default - it is there
   */
  readonly absent?: 'named' | 'gone';
  readonly findings: readonly GraphFinding[];
  /** @default - nothing happens to it, or nothing was compared */
  readonly change?: GraphChange;
}

/** One object's relation to another: `from` mounts `to`. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** `mounts`, `selects`: see VERBS of rules/relations. */
  readonly verb: string;
  /** RFC 6901 pointer to what says so. */
  readonly pointer: string;
  readonly detail?: string;
  /** @default - it was before, too, or nothing was compared */
  readonly change?: 'new' | 'gone';
}

/** A construct of the program, or a folder or file of manifests, with what is in it. */
export interface GraphBranch {
  /** The id of the construct, or the name of the file. */
  readonly label: string;
  /** The construct's path, or the file's; '' is the whole. */
  readonly path: string;
  /** The class of a construct. @default - it is none */
  readonly type?: string;
  readonly children: readonly GraphBranch[];
  /** The ids of its own objects. */
  readonly objects: readonly string[];
}

/** The whole picture. */
export interface Graph {
  /** What it is of, for a reader: `the program main.ts`. */
  readonly label: string;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly tree: GraphBranch;
  /** What was found at no object. */
  readonly findings: readonly GraphFinding[];
  /** What is compared. @default - nothing */
  readonly diff?: { readonly before: string; readonly after: string; readonly notes: readonly string[] };
}

/** The largest severity of what counts at a node; undefined where nothing does. */
export function worstOf(findings: readonly GraphFinding[]): Severity | undefined {
  const counting = new Set(findings.filter(({ suppressed }) => !suppressed).map(({ severity }) => severity));
  return (['error', 'warning', 'info'] as const).find((severity) => counting.has(severity));
}
