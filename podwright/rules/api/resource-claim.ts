// Claims of devices, and their templates. Source: pkg/apis/resource/validation.
import { form, object } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { byteLength, dnsLabel } from '../values/names';
import { withSpec } from './apps';
import { configuration } from './device-class';
import { atMost, REQUESTS, request, uniqueNames } from './device-request';
import { labels } from './labels';
import { annotations, onlyLabelsAndAnnotations, subdomainMetadata, withMetadata } from './metadata';
import { csiDriver as driverName } from './volume-sources';

const is = (value: Any) => value !== undefined && value !== null;
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
