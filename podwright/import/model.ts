// What a generated file holds, as data: made from an API's schemas, turned into text by print.ts.

/** The documentation of a type or field. */
export interface Doc {
  readonly text?: string;
  /** The first Kubernetes version that has it. @default - as far back as is known. */
  readonly since?: string;
  /** The value that the API server fills in, as JSON. @default - none that says something. */
  readonly defaultValue?: string;
}

export interface FieldModel {
  /** The API's own name, any text. */
  readonly name: string;
  /** TypeScript's name of its type, or the type written out. */
  readonly type: string;
  readonly required: boolean;
  readonly doc: Doc;
}

export interface InterfaceModel {
  readonly name: string;
  readonly doc: Doc;
  readonly fields: readonly FieldModel[];
  /** The type of fields that the schema does not name. @default - there are none. */
  readonly others?: string;
}

/** The class of one kind in one version. */
export interface ClassModel {
  readonly name: string;
  /** The name of the interface of its props. */
  readonly props: string;
  /** Whether there are props that are required. */
  readonly needsProps: boolean;
  readonly apiVersion: string;
  readonly kind: string;
  readonly scope: 'Namespaced' | 'Cluster' | 'List';
  readonly doc: Doc;
}

export interface ModuleModel {
  /** Comment lines that begin the file, without slashes; the first says that it is generated. */
  readonly header: readonly string[];
  /** Import and export statements. */
  readonly statements: readonly string[];
  readonly classes: readonly ClassModel[];
  readonly interfaces: readonly InterfaceModel[];
}
