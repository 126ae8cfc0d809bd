// Endpoints and EndpointSlices. Source: pkg/apis/core/validation validateEndpointSubsets, pkg/apis/discovery/validation.
import { each, form, object, oneOf, required } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { parseIp } from '../values/ip';
import { dnsLabel, dnsSubdomain, labelValue, qualifiedName } from '../values/names';
import { ip } from './addresses';
import { endpointIp } from './endpoint-ip';
import { subdomainMetadata, withMetadata } from './metadata';
import { PROTOCOLS, portNumber } from './ports';
import { sliceAddress } from './slice-address';

const address: Check = object(
  undefined,
  { hostname: form(dnsLabel), nodeName: { check: form(dnsSubdomain), empty: true } },
  (value: Any, at: Cursor) => {
    at.enter('ip', ip, value.ip ?? '');
    if (parseIp(value.ip ?? '')) at.enter('ip', endpointIp, value.ip);
    else at.invalid(value.ip ?? '', 'must be a valid IP address', 'ip');
  },
);

const subset: Check = object(
  undefined,
  { addresses: each(address), notReadyAddresses: each(address) },
  (value: Any, at: Cursor) => {
    if (!value.addresses?.length && !value.notReadyAddresses?.length) {
      at.required('must specify `addresses` or `notReadyAddresses`');
    }
    const ports: Any[] = value.ports ?? [];
    const port = object(undefined, {
      name: ports.length > 1 ? required(form(dnsLabel)) : form(dnsLabel),
      protocol: oneOf(...PROTOCOLS),
      appProtocol: { check: form(qualifiedName), empty: true },
    });
    ports.forEach((entry, i) => {
      at.path.push('ports', i);
      port(entry ?? {}, at);
      at.enter('port', portNumber, entry?.port ?? 0);
      at.path.length -= 2;
    });
  },
);

/** Endpoints. */
export const endpoints: Check = object('api/endpoints', { subsets: each(subset) }, withMetadata(subdomainMetadata));

function unique(list: readonly Any[], most: number, field: string, names: Check, at: Cursor): void {
  const seen = new Set<string>();
  if (list.length > most) at.tooMany(list.length, most, field);
  list.forEach((entry, i) => {
    const name = entry?.name ?? '';
    if (seen.has(name)) at.duplicate(name, field, i, 'name');
    seen.add(name);
    at.path.push(field, i, 'name');
    names(name, at);
    at.path.length -= 3;
  });
}

const hints: Check = (value: Any, at: Cursor) => {
  unique(value.forZones ?? [], 8, 'forZones', form(labelValue), at);
  unique(value.forNodes ?? [], 8, 'forNodes', form(dnsSubdomain), at);
};

const endpoint: Check = object(
  undefined,
  {
    nodeName: { check: form(dnsSubdomain), empty: true },
    hostname: { check: form(dnsLabel), empty: true },
    hints,
  },
  (value: Any, at: Cursor) => {
    const list: Any[] = value.addresses ?? [];
    if (list.length === 0) at.required('must contain at least 1 address', 'addresses');
    else if (list.length > 100) at.tooMany(list.length, 100, 'addresses');
    list.forEach((text, i) => {
      sliceAddress(at.root.addressType, text ?? '', i, at);
    });
  },
);

const slicePorts: Check = (ports: Any, at: Cursor) => {
  if (ports.length > 20_000) at.tooMany(ports.length, 20_000);
  const names = new Set<string>();
  ports.forEach((port: Any, i: number) => {
    const name = port?.name ?? '';
    if (name) for (const problem of dnsLabel(name) ?? []) at.invalid(name, problem, i, 'name');
    if (names.has(name)) at.duplicate(name, i, 'name');
    names.add(name);
    const protocol = port?.protocol ?? 'TCP';
    if (!PROTOCOLS.includes(protocol)) at.notSupported(protocol, PROTOCOLS, i, 'protocol');
    const application = port?.appProtocol ?? undefined;
    if (application !== undefined) {
      for (const problem of qualifiedName(application) ?? []) at.invalid(application, problem, i, 'appProtocol');
    }
  });
};

/** An EndpointSlice. */
export const endpointSlice: Check = object(
  'api/endpoint-slice',
  {
    addressType: required(oneOf('FQDN', 'IPv4', 'IPv6')),
    ports: slicePorts,
    endpoints: (list: Any, at: Cursor) => {
      if (list.length > 1000) at.tooMany(list.length, 1000);
      each(endpoint)(list, at);
    },
  },
  withMetadata(subdomainMetadata),
);
