import { createHash } from 'node:crypto';

/**
 * Eight characters that stand for a value's content: the same for equal values, whatever the order of their keys. They
 * never begin as cdk8s's hashes of a construct's path do, `c8`, so that a name by its content is told from one by its place.
 */
export function contentHash(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex').slice(0, 8).replace(/^c8/, 'd8');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  fields.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join()}}`;
}
