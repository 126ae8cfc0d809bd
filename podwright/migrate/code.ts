// What the props of a construct are on their way to source text: plain values, with pieces of code among them.

/** A piece of source text in the place of a value: a variable, a field of one. */
export class Code {
  constructor(readonly text: string) {}
}

/** A call in the place of a value. */
export class Call {
  constructor(
    readonly callee: string,
    readonly args: readonly unknown[],
  ) {}
}

/** A mapping of fields. */
export type Fields = { readonly [key: string]: unknown };

/** Whether a value is a mapping of fields. */
export function isFields(value: unknown): value is Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return !(value instanceof Code || value instanceof Call);
}
