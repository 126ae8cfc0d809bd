/** What a check is shown to tell apart. */
export interface Twins<T> {
  /** What the check is there for: it must pass. */
  readonly good: T;
  /** Its twin with one fault: the check must throw. */
  readonly bad: T;
  /** What the check must say of the fault, so that it does not throw for another reason. */
  readonly because: RegExp;
}

/**
 * Runs a check on the real thing and, at the same time, on a twin with one fault. A check that passes on both proves
 * nothing, and fails here.
 *
 * @throws what the check throws on the good twin; else when it passes on the bad one, or faults it for another reason.
 */
export async function provesItself<T>(check: (subject: T) => Promise<void>, twins: Twins<T>): Promise<void> {
  const [good, bad] = await Promise.allSettled([check(twins.good), check(twins.bad)]);
  if (good.status === 'rejected') throw good.reason;
  if (bad.status === 'fulfilled')
    throw new Error(`the check passes on the faulty twin too; expected it to throw ${twins.because}`);
  const said = plain(bad.reason);
  if (twins.because.test(said)) return;
  throw new Error(`the check faults the twin for another reason; expected ${twins.because}, got: ${said}`, {
    cause: bad.reason,
  });
}

/** An error's message without the colours that jest gives it. */
function plain(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for.
  return message.replace(/\u001b\[\d+m/g, '');
}
