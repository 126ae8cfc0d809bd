// Ports of containers, and references to them by number or name.
import { all, between, each, form, object, oneOf } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { portName } from '../values/keys';

/** A port's number: 1 to 65535. */
export const portNumber: Check = between(1, 65535);

/** The protocols of ports. */
export const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];

/** A port by its number or its name. */
export const portNumberOrName: Check = (port: Any, at: Cursor) => {
  if (typeof port === 'number') portNumber(port, at);
  else for (const problem of portName(port) ?? []) at.invalid(port, problem);
};

const containerPort: Check = object(
  'api/container-port',
  {
    name: form(portName),
    containerPort: (port: Any, at: Cursor) => {
      if (port !== 0) portNumber(port, at);
    },
    hostPort: (port: Any, at: Cursor) => {
      if (port !== 0) portNumber(port, at);
    },
    protocol: oneOf(...PROTOCOLS),
  },
  (port: Any, at: Cursor) => {
    if (!port.containerPort) at.required('', 'containerPort');
  },
);

const uniqueNames: Check = object('api/container-port', {}, (ports: Any, at: Cursor) => {
  if (ports.length < 2) return;
  const names = new Set<string>();
  for (let i = 0; i < ports.length; i++) {
    const name = ports[i]?.name;
    if (!name || portName(name)) continue;
    if (names.has(name)) at.duplicate(name, i, 'name');
    names.add(name);
  }
});

/** A container's ports. */
export const containerPorts: Check = all(each(containerPort), uniqueNames);

/**
 * Reports host ports that are wanted twice.
 * @param field the list of containers: `containers`, which share the host's ports, or `initContainers`, of which each
 * runs alone; the API server calls each of those the first
 * @param defaulted whether a port that names no host port gets its own number there: a Pod in the host's network
 */
export function uniqueHostPorts(spec: Any, field: string, defaulted: boolean, at: Cursor): void {
  const containers = spec[field];
  if (!containers) return;
  const alone = field === 'initContainers';
  let taken = new Set<string>();
  for (let c = 0; c < containers.length; c++) {
    const ports = containers[c]?.ports;
    if (!ports) continue;
    if (alone) taken = new Set();
    for (let p = 0; p < ports.length; p++) {
      const port = ports[p];
      const number = port?.hostPort || (defaulted && port?.containerPort);
      if (!number) continue;
      const key = `${port.protocol || 'TCP'}/${port.hostIP ?? ''}/${number}`;
      if (taken.has(key)) {
        const fault = at.duplicate(key, field, c, 'ports', p, 'hostPort');
        if (alone) fault.says(4, 0, 'ports', p, 'hostPort');
      }
      taken.add(key);
    }
  }
}

/** A port that must be given; where it is left out, the API server sees the number 0. */
export function requiredPort(check: Check): Check {
  return object(undefined, {}, (action: Any, at: Cursor) => at.enter('port', check, action.port ?? 0));
}
