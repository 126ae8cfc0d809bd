// RuntimeClasses. Source: pkg/apis/node/validation.
import { before, each, form, object } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { dnsLabel, dnsSubdomain } from '../values/names';
import { labels } from './labels';
import { metadata, withMetadata } from './metadata';
import { containerResources } from './resources';
import { toleration } from './scheduling';

const overhead: Check = (value: Any, at: Cursor) => {
  const from = at.faults.length;
  containerResources({ limits: value.podFixed ?? {} }, at);
  const step = at.path.length;
  for (const fault of at.faults.slice(from)) {
    fault.field = fault.path;
    fault.path = [...fault.path.slice(0, step), 'podFixed', ...fault.path.slice(step + 1)];
  }
};

const OLD = before('1.35');

const tolerations: Check = (list: Any, at: Cursor) => {
  const from = at.faults.length;
  each(toleration)(list, at);
  // Before 1.35 the API server says the list's name twice.
  const step = at.path.length;
  for (const fault of at.faults.slice(from)) {
    if (fault.versions & OLD) fault.field = [...fault.path.slice(0, step), 'tolerations', ...fault.path.slice(step)];
  }
  const seen = new Set<string>();
  list.forEach((entry: Any, i: number) => {
    const { key = '', operator = '', value = '', effect = '' } = entry ?? {};
    const text = JSON.stringify([key, operator, value, effect]);
    if (seen.has(text)) at.duplicate(entry, i);
    seen.add(text);
  });
};

/** A RuntimeClass. */
export const runtimeClass: Check = object(
  'api/runtime-class',
  { overhead, scheduling: object(undefined, { nodeSelector: labels, tolerations }) },
  withMetadata(metadata(dnsSubdomain, false, true)),
  (value: Any, at: Cursor) => at.enter('handler', form(dnsLabel), value.handler ?? ''),
);
