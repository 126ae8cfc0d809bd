import type { CrdSchema } from '../../api/crds';

/** What the structure of a CRD's schema says of one place: what may stand there, and below it. Made when first met. */
export class Node {
  readonly nullable: boolean;
  /** Whether unknown fields are kept. */
  readonly preserve: boolean;
  /** Whether an object here is one of the API's own: with apiVersion, kind and metadata. */
  readonly embedded: boolean;
  /** What is set where nothing is given; undefined for nothing. */
  readonly default: unknown;
  /** Whether an object may have any key: `additionalProperties`, be it only `true`. */
  readonly open: boolean;
  private readonly properties = new Map<string, Node | undefined>();
  private lists: { readonly items?: Node; readonly additional?: Node } | undefined;
  private given: readonly (readonly [name: string, node: Node])[] | undefined;

  constructor(readonly schema: CrdSchema) {
    this.nullable = schema.nullable === true;
    this.preserve = schema['x-kubernetes-preserve-unknown-fields'] === true;
    this.embedded = schema['x-kubernetes-embedded-resource'] === true;
    this.default = schema.default ?? undefined;
    const { additionalProperties } = schema;
    this.open = additionalProperties !== undefined && additionalProperties !== false;
  }

  /** The node of a field; undefined for a field that is not known. */
  property(name: string): Node | undefined {
    if (!this.properties.has(name)) {
      const { properties } = this.schema;
      const own = properties && Object.hasOwn(properties, name) ? properties[name] : undefined;
      this.properties.set(name, own && nodeOf(own));
    }
    return this.properties.get(name);
  }

  /** The node of a list's items. */
  get items(): Node | undefined {
    return this.below.items;
  }

  /** The node of a map's values. */
  get additional(): Node | undefined {
    return this.below.additional;
  }

  /** What stands at a field or key: the field's node, or that of the map's values. */
  at(name: string): Node | undefined {
    return this.property(name) ?? this.additional;
  }

  /** The fields that have a default. */
  get defaults(): readonly (readonly [name: string, node: Node])[] {
    this.given ??= Object.entries(this.schema.properties ?? {}).flatMap(([name, schema]) =>
      (schema.default ?? undefined) === undefined ? [] : [[name, nodeOf(schema)] as const],
    );
    return this.given;
  }

  private get below(): { readonly items?: Node; readonly additional?: Node } {
    const { items, additionalProperties } = this.schema;
    this.lists ??= {
      items: items && nodeOf(items),
      additional: typeof additionalProperties === 'object' ? nodeOf(additionalProperties) : undefined,
    };
    return this.lists;
  }
}

const nodes = new WeakMap<CrdSchema, Node>();

/** The node of a schema: equal schemas of one file are one, and so are their nodes. */
export function nodeOf(schema: CrdSchema): Node {
  let node = nodes.get(schema);
  if (!node) {
    node = new Node(schema);
    nodes.set(schema, node);
  }
  return node;
}
