import { identityKey } from '../../api/identity';
import type { SourcePlace } from '../../report/finding';
import { documentsOf, type ManifestDocument, type ManifestObject, objectsOf } from '../manifests/documents';

// biome-ignore lint/suspicious/noExplicitAny: objects of any kind
type Any = any;

/** Where an object of a program comes from. */
export interface Origin {
  readonly constructPath: string;
  /** @default - the program was not traced */
  readonly source?: SourcePlace;
}

/** What a side of a comparison is made from. */
export interface SideProps {
  /** For a reader: `dist at 1a2b3c4`, `the program`. */
  readonly label: string;
  /** The text of each file by its path in dist, with '/' between its parts. */
  readonly files: ReadonlyMap<string, string>;
  /** The environments that the program says, by name: `laptop`, `eu/prod`. @default - told from the files */
  readonly environments?: readonly string[];
  /** What a GitOps controller is told about dist, by the folders that it follows. @default - none */
  readonly controllers?: readonly Controller[];
  /** Where an object comes from. @default - no object comes from a program */
  readonly originOf?: (object: Any, file: string) => Origin | undefined;
}

/** What follows a folder of dist: a Flux Kustomization, an Argo CD Application. */
export interface Controller {
  /** `Kustomization flux-system/apps`. */
  readonly name: string;
  /** The folder in dist, '' for all of it. */
  readonly folder: string;
}

/** One of the two states that are compared: its objects are read when they are asked for. */
export class Side {
  readonly label: string;
  readonly files: ReadonlyMap<string, string>;
  private readonly props: SideProps;
  private read: readonly ManifestObject[] | undefined;
  private known: readonly string[] | undefined;

  constructor(props: SideProps) {
    this.props = props;
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
      this.documents(file).flatMap((document) => objectsOf(document)),
    );
    return this.read;
  }

  /** The objects of one cluster. */
  of(environment: string | undefined): readonly Any[] {
    return this.objects
      .filter(({ document }) => environment === undefined || this.environmentOf(document.file) === environment)
      .map(({ object }) => object);
  }

  /** The environment that a file is for; undefined where the program has none. */
  environmentOf(file: string): string | undefined {
    return this.environments.find((name) => file.startsWith(`${name}/`));
  }

  /** The one that follows a file most closely; undefined where none is known to. */
  controllerOf(file: string): string | undefined {
    const following = (this.props.controllers ?? []).filter(
      ({ folder }) => folder === '' || file.startsWith(`${folder}/`),
    );
    return following.sort((a, b) => b.folder.length - a.folder.length)[0]?.name;
  }

  originOf({ object, document }: ManifestObject): Origin | undefined {
    return this.props.originOf?.(object, document.file);
  }

  /** Two objects of one identity can only be in two clusters: then each folder at the top is one. */
  private get environments(): readonly string[] {
    this.known ??= this.props.environments ?? this.repeatingFolders();
    return this.known;
  }

  private repeatingFolders(): string[] {
    const folders = new Set([...this.files.keys()].filter((file) => file.includes('/')).map(topOf));
    if (folders.size < 2) return [];
    const first = new Map<string, string>();
    const repeats = this.objects.some(({ object, document }) => {
      const key = identityKey(object);
      const folder = topOf(document.file);
      const other = first.get(key) ?? folder;
      first.set(key, other);
      return other !== folder;
    });
    return repeats ? [...folders].sort() : [];
  }
}

function topOf(file: string): string {
  return file.includes('/') ? file.slice(0, file.indexOf('/')) : '';
}
