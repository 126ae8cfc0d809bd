// Classes of devices, and what their drivers are told. Source: pkg/apis/resource/validation.
import { object, required } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { byteLength, dnsSubdomain } from '../values/names';
import { withSpec } from './apps';
import { atMost } from './device-request';
import { deviceSelector } from './device-selector';
import { generatedMetadata, withMetadata } from './metadata';
import { isExtended } from './resource-names';
import { csiDriver as driverName } from './volume-sources';

/** What a driver reads: an object, of at most 10 KiB as JSON. */
const parameters: Check = (source: Any, at: Cursor) => {
  const value = source.parameters;
  if (value === undefined || value === null) at.required('', 'parameters');
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
/** What a driver is told. */
export const configuration: Check = (value: Any, at: Cursor) => {
  if (!value.opaque) at.required('', 'opaque');
  else at.enter('opaque', opaque, value.opaque);
};

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
