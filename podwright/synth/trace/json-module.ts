import { isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import type { Recorder } from './recorder';
import { type Literal, positions, type Sites } from './sites';

/** A JSON file that a program imports: its names and values are sites as those of its modules are. */
export class JsonModule {
  private readonly root: Node | null;
  private readonly build: (node: unknown) => unknown;

  constructor(text: string, file: string, sites: Sites, recorder: Recorder) {
    const position = positions(text);
    const place = (node: unknown) => position((node as Node).range?.[0] ?? 0);
    const ids = new Map<unknown, number>();
    this.root = parseDocument(text, { schema: 'json' }).contents;
    const number = (node: unknown, make: () => number): number => {
      const id = ids.get(node) ?? make();
      ids.set(node, id);
      return id;
    };
    const pass = (node: Node, shared: object): unknown => {
      if (!isScalar(node)) return this.build(node);
      return recorder.pass(
        number(node, () => sites.add({ kind: 'literal', file, ...place(node), ...shared })),
        node.value,
      );
    };
    this.build = (node) => {
      if (isSeq(node)) return node.items.map((item) => pass(item as Node, {}));
      if (!isMap(node)) return isScalar(node) ? node.value : null;
      const object: Literal = { file, ...place(node), keys: new Map() };
      return Object.fromEntries(
        node.items.map(({ key, value }) => {
          const name = String((key as { value?: unknown }).value);
          const property = place(key);
          object.keys.set(name, property);
          const shared = { key: name, object, property };
          const id = number(key, () => sites.add({ kind: 'key', file, ...property, ...shared }));
          return [recorder.pass(id, name), pass(value as Node, shared)];
        }),
      );
    };
  }

  /** The file's value, as the recorder lets it through. */
  value(): unknown {
    return this.build(this.root);
  }
}
