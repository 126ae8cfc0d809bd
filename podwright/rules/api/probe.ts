// Probes and lifecycle hooks: exactly one handler, and its form.
// Source: pkg/apis/core/validation validateProbe, validateHandler, validateLifecycle.
import { each, from, nonNegative, object, oneOf, required, until } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { httpHeaderName } from '../values/keys';
import { podOf } from './pod-facts';
import { portNumber, portNumberOrName, requiredPort } from './ports';

const header: Check = (header: Any, at: Cursor) => {
  // The API server names the list.
  for (const problem of httpHeaderName(header.name ?? '') ?? [])
    at.invalid(header.name ?? '', problem)
      .says(1)
      .at('name');
};

const exec = object(undefined, { command: required() });
const httpGet = object(
  undefined,
  { scheme: oneOf('HTTP', 'HTTPS'), httpHeaders: each(header) },
  requiredPort(portNumberOrName),
);
const tcpSocket = requiredPort(portNumberOrName);
const grpc = requiredPort(portNumber);

const sleep: Check = (action: Any, at: Cursor) => {
  const grace = podOf(at).grace;
  const seconds = action.seconds ?? 0;
  const tooLong = seconds > grace;
  if (seconds < 0 || tooLong) {
    at.within(
      from('1.33'),
      (_, at) => at.invalid(seconds, `must be non-negative and less than terminationGracePeriodSeconds (${grace})`),
      0,
    );
  }
  if (seconds <= 0 || tooLong) {
    until('1.33', (_, at) => {
      at.invalid(
        seconds,
        `must be greater than 0 and less than terminationGracePeriodSeconds (${grace}). Enable AllowPodLifecycleSleepActionZeroValue feature gate for zero sleep.`,
      );
    })(0, at);
  }
};

const HANDLERS: readonly (readonly [string, Check])[] = [
  ['exec', exec],
  ['httpGet', httpGet],
  ['tcpSocket', tcpSocket],
  ['grpc', grpc],
  ['sleep', sleep],
];

/** Exactly one of the handlers; those after the first are refused unread. */
const handler: Check = (value: Any, at: Cursor) => {
  let given = 0;
  for (const [name, check] of HANDLERS) {
    const action = value[name];
    if (action === undefined || action === null) continue;
    if (given++ > 0) at.forbidden('may not specify more than 1 handler type', name);
    else at.enter(name, check, action);
  }
  if (given === 0) at.required('must specify a handler type');
};

const probe: Check = object(
  'api/probe',
  {
    initialDelaySeconds: nonNegative,
    timeoutSeconds: nonNegative,
    periodSeconds: nonNegative,
    successThreshold: nonNegative,
    failureThreshold: nonNegative,
    terminationGracePeriodSeconds: (seconds: Any, at: Cursor) => {
      if (seconds <= 0) at.invalid(seconds, 'must be greater than 0');
    },
  },
  handler,
);

const onlyOneSuccess: Check = (value: Any, at: Cursor) => {
  if ((value.successThreshold || 1) !== 1) at.invalid(value.successThreshold, 'must be 1', 'successThreshold');
};

/** A liveness or startup probe: one success is enough. */
export const livenessProbe: Check = object('api/probe', {}, probe, onlyOneSuccess);

/** A readiness probe: it ends no container, so that it has no grace period. */
export const readinessProbe: Check = object('api/probe', {}, probe, (value: Any, at: Cursor) => {
  const grace = value.terminationGracePeriodSeconds ?? undefined;
  if (grace !== undefined) at.invalid(grace, 'must not be set for readinessProbes', 'terminationGracePeriodSeconds');
});

const WINDOWS_SIGNALS = ['SIGKILL', 'SIGTERM'];
const LINUX_SIGNALS = new Set(
  'ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX'
    .split(' ')
    .map((name) => `SIG${name}`)
    .concat(Array.from({ length: 15 }, (_, n) => `SIGRTMIN+${n + 1}`))
    .concat(Array.from({ length: 14 }, (_, n) => `SIGRTMAX-${n + 1}`)),
);

const stopSignal: Check = (signal: Any, at: Cursor) => {
  const { os } = podOf(at);
  if (os === undefined) at.forbidden('may not be set for containers with empty `spec.os.name`');
  else if (os === 'windows' && !WINDOWS_SIGNALS.includes(signal)) at.notSupported(signal, WINDOWS_SIGNALS);
  else if (os === 'linux' && !LINUX_SIGNALS.has(signal)) at.notSupported(signal, [...LINUX_SIGNALS].sort());
};

/** What runs when a container starts and before it stops. */
export const lifecycle: Check = object('api/lifecycle', {
  postStart: handler,
  preStop: handler,
  stopSignal,
});
