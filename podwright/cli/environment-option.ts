import { CommandError } from './command';

/**
 * Whether something is in the environment that `--environment` asks for; all is where it asks for none.
 *
 * @param known the environments that there are
 * @param none what is said where there are none: `dist has none`
 * @throws CommandError where there is none of that name
 */
export function inEnvironment(
  wanted: string | undefined,
  known: readonly string[],
  none: string,
): (one: { readonly environment?: string }) => boolean {
  if (wanted === undefined) return () => true;
  if (!known.includes(wanted)) {
    const expected = known.length === 0 ? none : `expected ${[...new Set(known)].sort().join(', ')}`;
    throw new CommandError(`option '--environment': there is no ${JSON.stringify(wanted)}; ${expected}`);
  }
  return ({ environment }) => environment === wanted;
}
