// Claims of devices, their templates and the classes that they name. Source: pkg/apis/resource/validation.
import { each, form, object, required } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { byteLength, dnsLabel, dnsSubdomain, labelValue } from '../values/names';
import { withSpec } from './apps';
import { deviceSelector } from './device-selector';
import { labelKey, labels } from './labels';
import { annotations, generatedMetadata, onlyLabelsAndAnnotations, subdomainMetadata, withMetadata } from './metadata';
import { isExtended } from './resources';
import { csiDriver as driverName } from './volume-sources';

const is = (value: Any) => value !== undefined && value !== null;
const REQUESTS = 32;

/** A list of at most so many. */
function atMost(most: number, check: Check): Check {
  return (list: Any, at: Cursor) => {
    each(check)(list, at);
    if (list.length > most) at.tooMany(list.length, most);
  };
}

/** A list of things that are told apart by their names. */
function uniqueNames(most: number, check: Check): Check {
  return (list: Any, at: Cursor) => {
    atMost(most, check)(list, at);
    const seen = new Set<string>();
    list.forEach((entry: Any, i: number) => {
      const name = entry?.name ?? '';
      if (seen.has(name)) at.duplicate(name, i, 'name');
      seen.add(name);
    });
  };
}

/** What a driver reads: an object, of at most 10 KiB as JSON. */
const parameters: Check = (source: Any, at: Cursor) => {
  const value = source.parameters;
  if (!is(value)) at.required('', 'parameters');
  else if (byteLength(JSON.stringify(value) ?? '') > 10 * 1024) at.tooLong(10 * 1024, 'parameters');
  else if (typeof value !== 'object' || Array.isArray(value)) {
    at.invalid('<value omitted>', 'must be a valid JSON object', 'parameters');
  }
};
const opaque: Check = object(
  undefined,
  { driver: required(driverName) },
  (value: Any, at: Cursor) => {
    if (!value.driver) for (const problem of dnsSubdomain('') ?? []) at.invalid('', problem, 'driver');
  },
  parameters,
);
const configuration: Check = (value: Any, at: Cursor) => {
  if (!value.opaque) at.required('', 'opaque');
  else at.enter('opaque', opaque, value.opaque);
};

const EFFECTS = ['NoExecute', 'NoSchedule'];
const toleration: Check = object(undefined, { key: labelKey }, (value: Any, at: Cursor) => {
  const operator = value.operator || 'Equal';
  const text = value.value ?? '';
  if (operator === 'Exists') {
    if (text) at.invalid(text, 'must be empty for operator `Exists`', 'value');
  } else if (operator === 'Equal') at.enter('value', form(labelValue), text);
  else at.notSupported(operator, ['Equal', 'Exists'], 'operator');
  if (value.effect && !EFFECTS.includes(value.effect)) at.notSupported(value.effect, EFFECTS, 'effect');
});

/** What devices a request is for, and how many. */
const devices: Check = object(
  undefined,
  {
    deviceClassName: required(form(dnsSubdomain)),
    selectors: atMost(32, deviceSelector),
    tolerations: each(toleration),
  },
  (request: Any, at: Cursor) => {
    const mode = request.allocationMode || 'ExactCount';
    const count = request.count ?? 0;
    if (mode === 'All') {
      if (count !== 0) at.invalid(count, "must not be specified when allocationMode is 'All'", 'count');
    } else if (mode === 'ExactCount') {
      if (count < 0) at.invalid(count, 'must be greater than zero', 'count');
    } else at.notSupported(mode, ['All', 'ExactCount'], 'allocationMode');
  },
);

const requestName: Check = (request: Any, at: Cursor) => at.enter('name', form(dnsLabel), request.name ?? '');

/** The fields of v1beta1's requests that later versions have in `exactly`. */
const FLAT = ['deviceClassName', 'selectors', 'allocationMode', 'count', 'adminAccess', 'tolerations', 'capacity'];

const request: Check = object(
  undefined,
  {
    firstAvailable: uniqueNames(8, object(undefined, {}, requestName, devices)),
    exactly: devices,
  },
  requestName,
  (value: Any, at: Cursor) => {
    const flat = at.root.apiVersion === 'resource.k8s.io/v1beta1';
    const exact = flat ? FLAT.some((field) => is(value[field]) && value[field] !== '') : is(value.exactly);
    const first = value.firstAvailable?.length > 0;
    if (flat && exact) devices(value, at);
    const one = 'exactly one of `exactly` or `firstAvailable` is required';
    if (!exact && !first) at.required(one);
    else if (exact && first) at.invalid(null, `${one}, but multiple fields are set`);
  },
);

/** Names of requests, and of the alternatives in them. */
function requestNames(claim: Any): ReadonlySet<string> {
  const names = new Set<string>();
  for (const entry of claim.requests ?? []) {
    names.add(entry?.name ?? '');
    for (const sub of entry?.firstAvailable ?? []) names.add(`${entry?.name ?? ''}/${sub?.name ?? ''}`);
  }
  return names;
}

function references(list: Any, known: ReadonlySet<string>, at: Cursor): void {
  const problem =
    "must be the name of a request in the claim or the name of a request and a subrequest separated by '/'";
  const seen = new Set<string>();
  if (!list) return;
  at.path.push('requests');
  list.forEach((name: Any, i: number) => {
    const parts = (name ?? '').split('/');
    if (parts.length > 2) at.invalid(name, problem, i);
    for (const part of parts) at.enter(i, form(dnsLabel), part);
    if (!known.has(name)) at.invalid(name, problem, i);
    if (seen.has(name)) at.duplicate(name, i);
    seen.add(name);
  });
  if (list.length > REQUESTS) at.tooMany(list.length, REQUESTS);
  at.path.pop();
}

/** `example.com/attribute`. */
const attribute: Check = (name: Any, at: Cursor) => {
  if (name === '') {
    at.required('name required');
    return;
  }
  const [domain, id] = name.includes('/') ? name.split('/') : [undefined, name];
  if (name.split('/').length > 2) return;
  if (domain === '') at.required('the domain must not be empty');
  else if (domain !== undefined) driverName(domain, at);
  if (id === '') at.required('the name must not be empty');
  else {
    if (byteLength(id) > 32) at.tooLong(32);
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(id))
      at.invalid(
        id,
        "a valid C identifier must start with alphabetic character or '_', followed by a string of alphanumeric characters or '_' (e.g. 'my_name',  or 'MY_NAME',  or 'MyName', regex used for validation is '[A-Za-z_][A-Za-z0-9_]*')",
      );
  }
  if (domain === undefined) at.invalid(name, 'must include a domain');
};

const claim: Check = object(
  'api/resource-claim',
  { requests: uniqueNames(REQUESTS, request) },
  (value: Any, at: Cursor) => {
    const known = requestNames(value);
    const constraint: Check = (entry: Any, at: Cursor) => {
      references(entry.requests, known, at);
      if (is(entry.matchAttribute)) at.enter('matchAttribute', attribute, entry.matchAttribute);
      else if (is(entry.distinctAttribute)) at.enter('distinctAttribute', attribute, entry.distinctAttribute);
      else at.required('', 'matchAttribute');
    };
    const config: Check = (entry: Any, at: Cursor) => {
      references(entry.requests, known, at);
      configuration(entry, at);
    };
    if (value.constraints) at.enter('constraints', atMost(32, constraint), value.constraints);
    if (value.config) at.enter('config', atMost(32, config), value.config);
  },
);

const claimSpec: Check = (spec: Any, at: Cursor) => at.enter('devices', claim, spec.devices ?? {});

/** A ResourceClaim. */
export const resourceClaim: Check = object(
  'api/resource-claim',
  {},
  withMetadata(subdomainMetadata),
  withSpec(claimSpec),
);

/** A ResourceClaimTemplate. */
export const resourceClaimTemplate: Check = object(
  'api/resource-claim',
  {},
  withMetadata(subdomainMetadata),
  withSpec(
    object(
      undefined,
      { metadata: object(undefined, { labels, annotations }, onlyLabelsAndAnnotations) },
      withSpec(claimSpec),
    ),
  ),
);

/** A DeviceClass. */
export const deviceClass: Check = object(
  'api/device-class',
  {},
  withMetadata(generatedMetadata(dnsSubdomain, false)),
  withSpec(
    object('api/device-class', {
      selectors: atMost(32, deviceSelector),
      config: atMost(32, configuration),
      extendedResourceName: {
        check: (name: Any, at: Cursor) => {
          if (!isExtended(name)) at.invalid(name, 'must be a valid extended resource name');
        },
        empty: true,
      },
    }),
  ),
);
