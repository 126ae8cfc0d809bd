import { fault } from './validation';

/**
 * Which defaults to leave out: 'none' leaves out all of them, a record those that it names:
 * `defaults: { seccompProfile: false }`.
 */
export type Defaults<Name extends string> = 'none' | { readonly [K in Name]?: false };

/** Whether a default applies. */
export function isOn<Name extends string>(defaults: Defaults<Name> | undefined, name: Name): boolean {
  if (defaults === 'none') return false;
  return defaults?.[name] !== false;
}

/** The faults of a `defaults` prop that types have not caught, such as a default that does not exist. */
export function defaultsFaults(defaults: unknown, names: readonly string[]): string[] {
  const expected = `'none', or false for any of ${names.join(', ')}`;
  if (defaults === undefined || defaults === 'none') return [];
  if (typeof defaults !== 'object' || defaults === null) {
    return [fault('defaults', 'must be a record of names', defaults, expected)];
  }
  return Object.entries(defaults).flatMap(([name, value]) => {
    if (!names.includes(name)) return [fault(`defaults.${name}`, 'is not a default', value, expected)];
    return value === false || value === undefined
      ? []
      : [fault(`defaults.${name}`, 'can only be left out', value, 'false')];
  });
}
