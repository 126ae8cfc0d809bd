// Ingresses and IngressClasses. Source: pkg/apis/networking/validation validateIngress, ValidateIngressClass.
import { all, each, form, given, object, required, since, until } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { parseIp } from '../values/ip';
import { domainPath, pathSegment, portName } from '../values/keys';
import { byteLength, dnsLabel, dnsLabel1035, dnsSubdomain, wildcardDnsSubdomain } from '../values/names';
import { withSpec } from './apps';
import { metadata, subdomainMetadata, withMetadata } from './metadata';
import { portNumber } from './ports';

const is = (value: Any) => value !== undefined && value !== null;

/** `example.com`, `*.example.com`. */
const host: Check = (name: Any, at: Cursor) => form(name.includes('*') ? wildcardDnsSubdomain : dnsSubdomain)(name, at);

const resource: Check = object(undefined, {
  apiGroup: given(form(dnsSubdomain)),
  kind: required(form(pathSegment)),
  name: required(form(pathSegment)),
});

const serviceName = required(all(until('1.36', form(dnsLabel1035)), since('1.36', form(dnsLabel))));

const backend: Check = (value: Any, at: Cursor) => {
  const { service, resource: other } = value;
  if (other && service) at.invalid('', 'cannot set both resource and service backends');
  else if (other) at.enter('resource', resource, other);
  else if (service) {
    at.enter('service', object(undefined, { name: serviceName }), service);
    const { name, number } = service.port ?? {};
    if (name && number) at.invalid('', 'cannot set both port name & port number').at('service', 'port');
    else if (name) for (const problem of portName(name) ?? []) at.invalid(name, problem, 'service', 'port', 'name');
    else if (number) {
      at.path.push('service', 'port');
      at.enter('number', portNumber, number);
      at.path.length -= 2;
    } else at.required('port name or number is required').at('service', 'port');
  } else at.invalid('', 'resource or service backend is required');
};

const FORBIDDEN = ['//', '/./', '/../', '%2f', '%2F'];

const path: Check = (value: Any, at: Cursor) => {
  const { pathType: type, path: text } = value;
  if (!is(type)) {
    at.required('pathType must be specified', 'pathType');
    return;
  }
  if (type === 'Exact' || type === 'Prefix') {
    if (!text?.startsWith('/')) at.invalid(text ?? '', 'must be an absolute path', 'path');
    for (const part of FORBIDDEN) if (text?.includes(part)) at.invalid(text, `must not contain '${part}'`, 'path');
    for (const end of ['/..', '/.']) if (text?.endsWith(end)) at.invalid(text, `cannot end with '${end}'`, 'path');
  } else if (type === 'ImplementationSpecific') {
    if (text && !text.startsWith('/')) at.invalid(text, 'must be an absolute path', 'path');
  } else at.notSupported(type, ['Exact', 'ImplementationSpecific', 'Prefix'], 'pathType');
  at.enter('backend', backend, value.backend ?? {});
};

const rule: Check = object(undefined, {
  host: (name: Any, at: Cursor) => {
    if (parseIp(name)) at.invalid(name, 'must be a DNS name, not an IP address');
    host(name, at);
  },
  http: object(undefined, { paths: required(each(path)) }),
});

const spec: Check = object(
  'api/ingress',
  {
    defaultBackend: backend,
    rules: each(rule),
    tls: each(
      object(undefined, {
        hosts: (names: Any, at: Cursor) =>
          each(host)(
            names.map((name: Any) => name ?? ''),
            at,
          ),
        secretName: form(dnsSubdomain),
      }),
    ),
    ingressClassName: given(form(dnsSubdomain)),
  },
  (value: Any, at: Cursor) => {
    if (!value.rules?.length && !value.defaultBackend) {
      at.invalid(value.rules ?? null, 'either `defaultBackend` or `rules` must be specified');
    }
  },
);

const CLASS = 'kubernetes.io/ingress.class';

/** An Ingress. */
export const ingress: Check = object(
  'api/ingress',
  {},
  withMetadata(subdomainMetadata),
  withSpec(spec),
  (value: Any, at: Cursor) => {
    const name = value.metadata?.annotations?.[CLASS];
    const other = value.spec?.ingressClassName;
    if (name !== undefined && is(other) && name !== other) {
      const fault = at.invalid(
        name,
        'must match `ingressClassName` when both are specified',
        'metadata',
        'annotations',
        CLASS,
      );
      fault.field = ['annotations', CLASS];
    }
  },
);

const parameters: Check = (value: Any, at: Cursor) => {
  resource(value, at);
  const scope = value.scope ?? 'Cluster';
  if (scope === 'Namespace') {
    if (!is(value.namespace)) at.required("`parameters.scope` is set to 'Namespace'", 'namespace');
    else at.enter('namespace', form(dnsLabel), value.namespace);
  } else if (scope === 'Cluster') {
    if (is(value.namespace)) at.forbidden("`parameters.scope` is set to 'Cluster'", 'namespace');
  } else at.notSupported(scope, ['Cluster', 'Namespace'], 'scope');
};

/** An IngressClass. */
export const ingressClass: Check = object(
  'api/ingress-class',
  {},
  withMetadata(metadata(dnsSubdomain, false)),
  withSpec(
    object('api/ingress-class', { parameters }, (value: Any, at: Cursor) => {
      const controller = value.controller ?? '';
      if (byteLength(controller) > 250) at.tooLong(250, 'controller');
      if (!controller) at.required('', 'controller');
      else for (const [text, problem] of domainPath(controller)) at.invalid(text, problem, 'controller');
    }),
  ),
);
