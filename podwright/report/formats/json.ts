import type { CheckReport } from '../located';

/** For programs: the report as it is. */
export function formatJson({ objects, findings }: CheckReport): string {
  return `${JSON.stringify({ objects, findings }, undefined, 2)}\n`;
}
