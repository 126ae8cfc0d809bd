export interface UntilOptions {
  /** How long to try. @default 240 - a node that has to pull an image first, or is busy, takes its time */
  readonly seconds?: number;
  /** The pause between two tries. @default 1 - a look by kubectl takes a processor as long as some containers' start */
  readonly pause?: number;
}

/**
 * Tries until a look at the cluster gives a value and throws nothing, and returns that value.
 * @throws when the time is over: what was waited for, and what the last look said.
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false>,
  { seconds = 240, pause = 1 }: UntilOptions = {},
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  let last: unknown;
  do {
    try {
      const value = await look();
      if (value !== undefined && value !== false) return value;
      last = undefined;
    } catch (error) {
      last = error;
    }
    await sleep(pause);
  } while (Date.now() < deadline);
  const said = last instanceof Error ? `; the last look said: ${last.message}` : '';
  throw new Error(`waited ${seconds} s for ${what}${said}`, { cause: last });
}

export function sleep(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
