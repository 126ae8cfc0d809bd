import { identityKey } from '../../api/identity';
import type { ObjectDiff } from '../../report/diff';
import type { Origin } from '../../synth/trace/origins';
import { type Controller, mostClose } from '../controllers';
import { ClusterObjects } from '../effects/cluster-objects';
import { DocumentReader, documentsOf, type ManifestDocument, type ManifestObject } from '../manifests/documents';

// biome-ignore lint/suspicious/noExplicitAny: objects of any kind
type Any = any;

/** What a side of a comparison is made from. */
export interface SideProps {
  /** For a reader: `dist at 1a2b3c4`, `the program`. */
  readonly label: string;
  /** The text of each file by its path, with '/' between its parts. */
  readonly files: ReadonlyMap<string, string>;
  /** The folders of the manifests: `dist`. @default - the files' paths begin in it */
  readonly roots?: readonly string[];
  /** The folder of what GitOps controllers are told about them. @default - none */
  readonly clusters?: string;
  /** The environments that the program says, by name: `laptop`, `eu/prod`. @default - told from the files */
  readonly environments?: readonly string[];
  /** Whether there may be others than these: they are told from the files. @default false */
  readonly mayHaveOthers?: boolean;
  /** What GitOps controllers are told to follow. @default - none */
  readonly controllers?: readonly Controller[];
  /** What reads the documents: sides that share it read once what they have in common. @default - its own */
  readonly reader?: DocumentReader;
  /** Where an object comes from. @default - no object comes from a program */
  readonly originOf?: (object: Any, file: string) => Origin | undefined;
}

/** One of the two states that are compared: its objects are read when they are asked for. */
export class Side {
  readonly label: string;
  readonly files: ReadonlyMap<string, string>;
  readonly reader: DocumentReader;
  private readonly props: SideProps;
  private read: readonly ManifestObject[] | undefined;
  private known: readonly string[] | undefined;
  private root: string | undefined;
  private clusters: ReadonlyMap<string | undefined, ClusterObjects> | undefined;

  constructor(props: SideProps) {
    this.props = props;
    this.reader = props.reader ?? new DocumentReader();
    this.label = props.label;
    this.files = props.files;
  }

  /** The documents of a file; none where the side lacks it. */
  documents(file: string): readonly ManifestDocument[] {
    return documentsOf(file, this.files.get(file) ?? '');
  }

  /** Every object, read once. */
  get objects(): readonly ManifestObject[] {
    this.read ??= [...this.files.keys()].flatMap((file) =>
      this.documents(file).flatMap((document) => this.reader.objectsOf(document)),
    );
    return this.read;
  }

  /** The object that a report tells of, as it is written; undefined where this side does not have it. */
  find({ object, environment }: Pick<ObjectDiff, 'object' | 'environment'>): Any | undefined {
    const { name, namespace } = object;
    const wanted = identityKey({ ...object, metadata: { name, namespace } });
    return this.cluster(environment).all.find((one) => identityKey(one) === wanted);
  }

  /** The objects of one cluster. */
  cluster(environment: string | undefined): ClusterObjects {
    if (!this.clusters) {
      const groups = new Map<string | undefined, Any[]>();
      for (const { object, document } of this.objects) {
        const name = this.environmentOf(document.file);
        const group = groups.get(name);
        if (group) group.push(object);
        else groups.set(name, [object]);
      }
      this.clusters = new Map([...groups].map(([name, objects]) => [name, new ClusterObjects(objects)]));
    }
    return this.clusters.get(environment) ?? NO_OBJECTS;
  }

  /** The environment that a file is for; undefined where the program has none. */
  environmentOf(file: string): string | undefined {
    // What controllers are told has an environment's folder within others.
    const isIn = this.isBeside(file)
      ? (name: string) => file.includes(`/${name}/`)
      : (name: string) => this.inRoot(file).startsWith(`${name}/`);
    return this.environments.find(isIn);
  }

  /** What follows a file most closely; undefined where nothing is known to. */
  controllerOf(file: string): string | undefined {
    return mostClose(this.props.controllers ?? [], file)?.name;
  }

  originOf({ object, document }: ManifestObject): Origin | undefined {
    return this.props.originOf?.(object, document.file);
  }

  /** The environments by name, the innermost first. */
  get environments(): readonly string[] {
    this.known ??= this.findEnvironments().sort((a, b) => b.length - a.length);
    return this.known;
  }

  private findEnvironments(): string[] {
    const { environments, mayHaveOthers } = this.props;
    const known = environments ?? [];
    const isOfOneFolder = (this.props.roots ?? []).length < 2;
    if (environments && !mayHaveOthers && isOfOneFolder) return [...known];
    return [
      ...known,
      ...this.repeatingFolders().filter((folder) => !known.some((name) => `${name}/`.startsWith(`${folder}/`))),
    ];
  }

  /** Two objects of one identity can only be in two clusters: then each folder at the top is one. */
  private repeatingFolders(): string[] {
    const manifests = [...this.files.keys()].filter((file) => !this.isBeside(file));
    const folders = new Set(manifests.map((file) => topOf(this.inRoot(file))).filter(Boolean));
    if (folders.size < 2) return [];
    const first = new Map<string, string>();
    const repeats = this.objects.some(({ object, document }) => {
      if (this.isBeside(document.file)) return false;
      const key = identityKey(object);
      const folder = topOf(this.inRoot(document.file));
      const other = first.get(key) ?? folder;
      first.set(key, other);
      return other !== folder;
    });
    return repeats ? [...folders] : [];
  }

  /** Whether a file is no manifest of the program's, but tells a controller of them. */
  private isBeside(file: string): boolean {
    const { clusters } = this.props;
    return clusters !== undefined && file.startsWith(`${clusters}/`);
  }

  /** A file's path in the folder that is synthesized; of several, in the one that holds them all. */
  private inRoot(file: string): string {
    this.root ??= commonFolder(this.props.roots ?? []);
    return this.root !== '' && file.startsWith(`${this.root}/`) ? file.slice(this.root.length + 1) : file;
  }
}

const NO_OBJECTS = new ClusterObjects([]);

/** `dist`, of `dist/laptop` and `dist/prod`; '' where they have nothing in common. */
function commonFolder([first = '', ...others]: readonly string[]): string {
  const parts = first.split('/');
  const isIn = (folder: string) => others.every((other) => `${other}/`.startsWith(`${folder}/`));
  while (parts.length > 0 && !isIn(parts.join('/'))) parts.pop();
  return parts.join('/');
}

function topOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : '';
}
