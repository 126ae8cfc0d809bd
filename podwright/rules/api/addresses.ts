// Addresses in the API's older fields, which the API server reads strictly since 1.36 (StrictIPCIDRValidation).
import { all, form, since, until } from '../engine/checks';
import type { Check } from '../engine/cursor';
import { legacyCidr, legacyIp, strictCidr, strictIp } from '../values/ip';

/** `10.0.0.1`, `2001:db8::1`. */
export const ip: Check = all(until('1.36', form(legacyIp)), since('1.36', form(strictIp)));

/** `10.0.0.0/8`, `2001:db8::/64`. */
export const cidr: Check = all(until('1.36', form(legacyCidr)), since('1.36', form(strictCidr)));
