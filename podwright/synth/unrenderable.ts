import { Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { pointerOf } from '../api/json-pointer';

/** A value that is no plain data, where an object's fields have it. */
export class Unrenderable extends Error {
  /** The place in the object, as a JSON pointer. */
  pointer = '';

  constructor(private readonly value: object) {
    super(`can't render non-simple object of type '${value.constructor?.name}'${hint(value)}`);
  }

  /** Finds its place in the fields of an object. */
  findIn(fields: object): this {
    const steps = this.stepsFrom(fields);
    if (steps) this.pointer = pointerOf(steps);
    return this;
  }

  private stepsFrom(value: unknown): string[] | undefined {
    if (value === this.value) return [];
    if (value instanceof Lazy) return this.stepsFrom(value.produce());
    if (typeof value !== 'object' || value === null || Construct.isConstruct(value)) return undefined;
    for (const [key, field] of Object.entries(value)) {
      const steps = this.stepsFrom(field);
      if (steps) return [key, ...steps];
    }
    return undefined;
  }
}

// The API refers to objects by their names.
function hint(value: object): string {
  return Construct.isConstruct(value) && 'name' in value ? `: construct ${value.node.path}; expected its name` : '';
}
