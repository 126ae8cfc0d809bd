// Claims and ConfigMaps as constructs.
import { CLAIM_DEFAULTS } from '../../constructs/claim';
import type { Fields } from '../code';
import { type Any, at } from '../path';
import { type Candidate, makes, type Trial, without } from './candidate';
import { withDefaults } from './defaults';
import { leaveOut } from './pod-props';
import { metadataProp } from './workloads';

/** A PersistentVolumeClaim. */
export function claim(object: Any, id: string, trial: Trial): Candidate | undefined {
  const { apiVersion: _, kind: __, metadata: ___, spec, ...others } = object;
  if (!spec || Object.keys(others).length > 0) return undefined;
  const storage = at(spec, 'resources', 'requests', 'storage');
  const isPlain =
    Object.keys(spec.resources ?? {}).length === 1 && Object.keys(spec.resources.requests ?? {}).length === 1;
  const fields: Fields =
    storage !== undefined && isPlain ? { storage, ...without(spec, 'resources') } : (spec as Fields);
  const props = { ...metadataProp(object, id, trial), ...fields };
  const candidate = { className: 'Claim' as const, id, props, objects: [object] };
  return withDefaults(candidate, trial, CLAIM_DEFAULTS, [leaveOut('accessModes'), leaveOutMarks]);
}

/** The annotations that keep a claim are those that the default says. */
function leaveOutMarks(props: Fields): Fields {
  const { annotations, ...others }: Any = props.metadata ?? {};
  if (annotations === undefined) return props;
  return Object.keys(others).length > 0 ? { ...props, metadata: others } : without(props, 'metadata');
}

/** A ConfigMap whose name ends in its content's hash. */
export function hashedConfigMap(object: Any, _: string, trial: Trial): Candidate | undefined {
  const base = /^(.+)-[0-9a-f]{8}$/.exec(object.metadata.name ?? '')?.[1];
  if (base === undefined) return undefined;
  const { apiVersion: __, kind: ___, metadata, immutable, ...content } = object;
  const renamed = { ...object, metadata: { ...metadata, name: base } };
  const props = { ...metadataProp(renamed, base, trial), ...content };
  const defaults = { ...(immutable !== true && { immutable: false }) };
  for (const own of [leaveOutMarks(props), { ...props, defaults: { ...defaults, keep: false } }, props]) {
    const more = own.defaults || immutable === true ? own : { ...own, defaults };
    const candidate = { className: 'HashedConfigMap' as const, id: base, props: more, objects: [object] };
    if (makes(candidate, trial)) return candidate;
  }
  return undefined;
}
