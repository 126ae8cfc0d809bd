import { stringify } from 'yaml';

/** Objects as a YAML stream, in their order. */
export function toYaml(objects: readonly unknown[]): string {
  return objects
    .map((object) => stringify(object, { keepUndefined: true, lineWidth: 0, version: '1.1' }))
    .join('---\n');
}
