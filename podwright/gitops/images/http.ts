// One request to a registry or its server of tokens: it ends in time, and what comes is not without end.
import { RegistryError } from './registry-error';

/** The most bytes of a manifest that registries take, by the specification; configurations are smaller. */
const MOST_BYTES = 4 * 2 ** 20;

/** Sends requests that have so many milliseconds each, their answers' bodies included. */
export class Http {
  constructor(private readonly timeout: number) {}

  /** @param what what is asked for, in messages @throws RegistryError where there is no answer */
  async send(url: string | URL, what: string, request: RequestInit = {}): Promise<Response> {
    try {
      return await fetch(url, { ...request, signal: AbortSignal.timeout(this.timeout) });
    } catch (error) {
      throw this.unreached(error, what);
    }
  }

  /** The body of an answer. @throws RegistryError for one that breaks off, or is larger than anything asked for */
  async bytes(response: Response, what: string): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    let length = 0;
    try {
      for await (const chunk of response.body ?? []) {
        length += chunk.length;
        if (length > MOST_BYTES) throw new RegistryError(`${what}: the answer is larger than ${MOST_BYTES} bytes`);
        chunks.push(chunk);
      }
    } catch (error) {
      throw error instanceof RegistryError ? error : this.unreached(error, what);
    }
    return Buffer.concat(chunks);
  }

  private unreached(error: unknown, what: string): RegistryError {
    const { name, message, cause } = error as Error & { cause?: { code?: string; message?: string } };
    const why =
      name === 'TimeoutError' ? `no answer within ${this.timeout / 1000} s` : cause?.message || cause?.code || message;
    return new RegistryError(`${what}: ${why}`, undefined, { cause: error });
  }
}

/** What a registry answers as JSON. @throws RegistryError */
// biome-ignore lint/suspicious/noExplicitAny: what a registry answers is looked at where it is used
export function json(bytes: Buffer, what: string): any {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    throw new RegistryError(`${what}: the answer is no JSON`);
  }
}
