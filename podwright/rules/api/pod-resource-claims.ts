// Devices that a Pod claims. Source: pkg/apis/core/validation validatePodResourceClaims.
import { form } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { dnsLabel, dnsSubdomain } from '../values/names';

const is = (value: Any) => value !== undefined && value !== null;

/** A Pod's claims. */
export const resourceClaims: Check = (claims: Any, at: Cursor) => {
  const names = new Set<string>();
  for (let i = 0; i < claims.length; i++) {
    const claim = claims[i] ?? {};
    const { name = '', resourceClaimName: direct, resourceClaimTemplateName: template } = claim;
    at.path.push(i);
    if (!name) at.required('', 'name');
    else if (names.has(name)) at.duplicate(name, 'name');
    else at.enter('name', form(dnsLabel), name);
    names.add(name);
    if (is(direct) && is(template)) {
      at.invalid(claim, 'at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified');
    }
    if (!is(direct) && !is(template)) {
      at.invalid(claim, 'must specify one of: `resourceClaimName`, `resourceClaimTemplateName`');
    }
    if (is(direct)) at.enter('resourceClaimName', form(dnsSubdomain), direct);
    if (is(template)) at.enter('resourceClaimTemplateName', form(dnsSubdomain), template);
    at.path.pop();
  }
};
