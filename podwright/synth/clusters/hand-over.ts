// What a GitOps controller is told about dist: files of their own, beside dist.
import type { ApiObject, Chart } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import type { Finding } from '../../report/finding';
import type { External } from '../../rules/facts';
import { Environment } from '../environment';
import type { Outline } from '../outputs';

const HAND_OVER = Symbol.for('podwright.HandOver');

/** An object of dist as a hand-over sees it. */
export interface HandedObject {
  readonly outline: Outline;
  readonly chart: Chart;
  readonly construct: ApiObject;
  /** Its YAML. */
  text(): string;
}

/** A file of dist. */
export interface HandedFile {
  /** In the folder of dist, with '/' between its parts. */
  readonly path: string;
  readonly objects: readonly HandedObject[];
}

/** What is handed over: the files of one environment, or of the charts that are in none. */
export interface Handed {
  /** Each after those that have what it needs. */
  readonly files: readonly HandedFile[];
  /** The charts that a chart comes after. */
  after(chart: Chart): readonly Chart[];
  /** Dist and the folder beside it, as seen from the program's folder: `dist`, `clusters`. */
  readonly folders: { readonly dist: string; readonly clusters: string };
}

/** One file of clusters. */
export interface ClusterFile {
  /** In the folder of clusters, with '/' between its parts. */
  readonly path: string;
  /** Its documents, or its bytes as they are. */
  readonly content: readonly object[] | Uint8Array;
}

/** Says what is wrong with the program: the hand-over's own construct is named, unless the chart is another's. */
export type Report = (fault: Pick<Finding, 'message' | 'fix'> & Partial<Finding>) => void;

/** Folders in clusters that hold what no controller may find by itself: it would apply all that is in its own. */
export const KUSTOMIZE = 'kustomize';
export const SECRETS = 'secrets';
const RESERVED = [KUSTOMIZE, SECRETS];

/**
 * Tells a controller about dist, in files of clusters. It stands in an {@link Environment}, or in the App for the charts
 * that are in none.
 */
export abstract class HandOver extends Construct {
  /** Whether `value` is one, made by this copy of the package or by another. */
  static isHandOver(value: unknown): value is HandOver {
    return typeof value === 'object' && value !== null && HAND_OVER in value;
  }

  /** @throws when the id is no name, or its folder would be one that is reserved */
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const got = JSON.stringify(id);
    if (!/^[a-z0-9]([a-z0-9-]{0,50}[a-z0-9])?$/.test(id)) {
      throw new Error(
        `${this.node.path}: id is the name of the objects that it makes, got ${got}; expected up to 52 lower-case letters, digits and '-'`,
      );
    }
    const top = this.folder.split('/')[0] as string;
    if (RESERVED.includes(top)) {
      throw new Error(
        `${this.node.path}: its files would be in clusters/${top}, which is for other files; expected an id or an environment other than ${RESERVED.join(' and ')}`,
      );
    }
    Object.defineProperty(this, HAND_OVER, { value: true });
  }

  /** The folder of its files in clusters: its environment's name, or its own. */
  get folder(): string {
    return Environment.tryOf(this)?.name ?? this.node.id;
  }

  /** Whose charts it hands over: its environment, or the App. */
  get environments(): readonly IConstruct[] {
    return [Environment.tryOf(this) ?? this.node.root];
  }

  /**
   * Marks objects before they are made.
   * @param after the charts that a chart comes after
   */
  mark?(objects: readonly ApiObject[], after: (chart: Chart) => readonly Chart[]): void;

  /** Objects that come to the cluster by its files, and not by dist. @default - none */
  get externals(): readonly External[] {
    return [];
  }

  /** Whether the controller is told to delete what it cannot change, and to make it again. @default false */
  get recreates(): boolean {
    return false;
  }

  /** Its files in clusters. */
  abstract files(handed: Handed, report: Report): readonly ClusterFile[];
}
