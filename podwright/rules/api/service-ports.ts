// A Service's ports. Source: pkg/apis/core/validation validateServicePort, ValidateService.
import { all, each, form, object, oneOf } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { dnsLabel, qualifiedName } from '../values/names';
import { PROTOCOLS, portNumber, portNumberOrName } from './ports';

/** A type as the API server fills it in. */
export function serviceType(spec: Any): string {
  return spec.type || 'ClusterIP';
}

const port: Check = object(
  'api/service-port',
  { name: form(dnsLabel), protocol: oneOf(...PROTOCOLS), appProtocol: { check: form(qualifiedName), empty: true } },
  (value: Any, at: Cursor) => {
    at.enter('port', portNumber, value.port ?? 0);
    if (value.targetPort) at.enter('targetPort', portNumberOrName, value.targetPort);
    else at.enter('targetPort', portNumberOrName, value.port ?? 0);
  },
);

/** Names, where there are several, and numbers that are unique by protocol. */
const ports: Check = (list: Any, at: Cursor) => {
  const { spec = {} } = at.root;
  const names = new Set<string>();
  const numbers = new Set<string>();
  const nodePorts = new Set<string>();
  at.rule = 'api/service-port';
  for (let i = 0; i < list.length; i++) {
    const { name = '', port: number = 0, nodePort = 0, protocol } = list[i] ?? {};
    if (list.length > 1 && !name) at.required('', i, 'name');
    if (name && names.has(name)) at.duplicate(name, i, 'name');
    names.add(name);
    const key = `${protocol || 'TCP'} ${number}`;
    if (numbers.has(key)) at.duplicate({ protocol: protocol || 'TCP', port: number }, i);
    numbers.add(key);
    if (!nodePort) continue;
    if (serviceType(spec) === 'ClusterIP') at.forbidden("may not be used when `type` is 'ClusterIP'", i, 'nodePort');
    const nodeKey = `${protocol || 'TCP'} ${nodePort}`;
    if (nodePorts.has(nodeKey)) at.duplicate(nodePort, i, 'nodePort');
    nodePorts.add(nodeKey);
  }
  at.rule = 'api/service';
};

/** A Service's ports. */
export const servicePorts: Check = all(each(port), ports);
