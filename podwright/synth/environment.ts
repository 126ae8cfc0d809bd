import { Construct, type IConstruct } from 'constructs';

const ENVIRONMENT = Symbol.for('podwright.Environment');

/**
 * One cluster that a program is for: a laptop, staging, the GPU cluster. The files of the charts in it are in a folder
 * of its name (`dist/laptop/web.k8s.yaml`), and objects in two environments may have the same names.
 *
 * A class that differs between clusters is given props, as for any other difference; what is deep in the tree may ask
 * {@link Environment.of} which cluster it is for.
 */
export class Environment extends Construct {
  /** Whether `value` is one, made by this copy of the package or by another. */
  static isEnvironment(value: unknown): value is Environment {
    return typeof value === 'object' && value !== null && ENVIRONMENT in value;
  }

  /**
   * The environment that a construct is in: the innermost, where one is in another.
   *
   * @throws when it is in none
   */
  static of(construct: IConstruct): Environment {
    const found = Environment.tryOf(construct);
    if (!found) throw new Error(`${construct.node.path}: expected a construct in an Environment`);
    return found;
  }

  /** As {@link Environment.of}; undefined when it is in none. */
  static tryOf(construct: IConstruct): Environment | undefined {
    for (let scope: IConstruct | undefined = construct; scope; scope = scope.node.scope) {
      if (Environment.isEnvironment(scope)) return scope;
    }
    return undefined;
  }

  /**
   * @param id the folder's name
   * @throws when the id is no folder's name, or the environment would be in a chart
   */
  constructor(scope: Construct, id: string) {
    super(scope, id);
    if (!/^[0-9A-Za-z][0-9A-Za-z._-]*$/.test(id)) {
      throw new Error(
        `${this.node.path}: id is the name of a folder, got ${JSON.stringify(id)}; expected letters, digits, '.', '_' and '-'`,
      );
    }
    Object.defineProperty(this, ENVIRONMENT, { value: true });
  }

  /** Its name, for messages and for choosing by: the id; with those of the environments that it is in, 'eu/prod'. */
  get name(): string {
    return this.node.scopes
      .filter((scope) => Environment.isEnvironment(scope))
      .map((scope) => scope.node.id)
      .join('/');
  }
}
