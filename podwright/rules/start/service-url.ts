// URLs of Services, in texts that may have anything else too.

/** See the head of the file. */
export interface ServiceUrl {
  /** As it is written, without what may be a credential. */
  readonly text: string;
  readonly name: string;
  readonly namespace: string;
  /** That of the URL, or of its scheme. @default - that of the scheme is not known here */
  readonly port?: number;
}

const PORTS: { readonly [scheme: string]: number } = { http: 80, https: 443, ws: 80, wss: 443 };

/** What may be the URL of a Service, as pods of a namespace name it: `http://NAME`, `http://NAME.NAMESPACE:PORT/…`. */
export function* serviceUrlsIn(text: string, own: string): Generator<ServiceUrl> {
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    const scheme = /[a-z][a-z0-9+.-]*$/i.exec(text.slice(Math.max(0, at - 20), at))?.[0] ?? '';
    // A host or port that a variable is part of is not known.
    const [, host = '', port] =
      /^(?:[^\s/?#@"'`]*@)?([a-z0-9.-]+)(?::(\d+))?(?![:$%{\w.-])/i.exec(text.slice(at + 3, at + 300)) ?? [];
    const [name = '', namespace = own, suffix = 'svc'] = host.split('.');
    if (name === '' || suffix !== 'svc') continue;
    const number = port === undefined ? PORTS[scheme.toLowerCase()] : Number(port);
    yield {
      text: `${scheme}://${host}${port === undefined ? '' : `:${port}`}`,
      name,
      namespace,
      ...(number !== undefined && { port: number }),
    };
  }
}
