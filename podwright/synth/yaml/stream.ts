import { emit } from './emit';

/** Objects as a YAML stream, in their order. */
export function toYaml(objects: readonly unknown[]): string {
  return objects.map((object) => emit(object)).join('---\n');
}
