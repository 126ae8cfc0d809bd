/** A registry did not give what it was asked for; the message says why, and what to do. */
export class RegistryError extends Error {
  /** @param status the HTTP status of the answer @default - there was none */
  constructor(
    message: string,
    readonly status?: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** What an answer says that is not the one asked for. @param what what was asked for: `busybox:1.37 at 127.0.0.1:5000` */
export async function refusal(what: string, response: Response): Promise<RegistryError> {
  const { status, headers } = response;
  const said = await reasonOf(response);
  const because = said === '' ? '' : ` (${said})`;
  const errors: { readonly [status: number]: string } = {
    401: `${what}: the registry wants a login${because}. docker login, or check that the image is there`,
    403: `${what}: the registry forbids it${because}. docker login as somebody who may read it`,
    404: `${what} is not there${because}. Check its name and tag`,
    429: `${what}: the registry has had too many requests${because}${retryAfter(headers)}. docker login raises its limit`,
  };
  return new RegistryError(errors[status] ?? `${what}: the registry answers ${status}${because}`, status);
}

/** The first error of a registry's answer, short. */
async function reasonOf(response: Response): Promise<string> {
  try {
    const [error] = ((await response.json()) as { errors?: { code?: string; message?: string }[] }).errors ?? [];
    return (error?.message ?? error?.code ?? '').replace(/\s+/g, ' ').slice(0, 200);
  } catch {
    return '';
  }
}

function retryAfter(headers: Headers): string {
  const after = headers.get('retry-after');
  if (after === null) return '';
  return /^\d+$/.test(after) ? `; it takes more in ${after} s` : `; it takes more from ${after} on`;
}
