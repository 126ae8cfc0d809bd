// Containers, init containers and ephemeral containers. Source: pkg/apis/core/validation validateContainerCommon.
import { form, object, oneOf, required, since, until } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { dnsLabel } from '../values/names';
import { env, envFrom } from './env';
import { podOf } from './pod-facts';
import { containerPorts } from './ports';
import { lifecycle, livenessProbe, readinessProbe } from './probe';
import { resizePolicy } from './resize-policy';
import { containerResources } from './resources';
import { restartPolicyRules } from './restart-rules';
import { securityContext } from './security-context';
import { volumeDevices, volumeMounts } from './volume-mounts';

/** What holds for containers of every kind. */
const common = {
  name: required(form(dnsLabel)),
  image: required(),
  terminationMessagePolicy: oneOf('File', 'FallbackToLogsOnError'),
  imagePullPolicy: oneOf('Always', 'IfNotPresent', 'Never'),
  ports: containerPorts,
  env,
  envFrom,
  resources: containerResources,
  resizePolicy,
  securityContext,
};

/** A Pod's own containers: a template's image may still have spaces around it. */
const podImage: Check = (container: Any, at: Cursor) => {
  const { image } = container;
  if (image && image.trim() !== image && podOf(at).isPod) {
    at.invalid(image, 'must not have leading or trailing whitespace', 'image');
  }
};

const noRestartPolicy: Check = (container: Any, at: Cursor) => {
  if ((container.restartPolicy ?? undefined) !== undefined) {
    at.forbidden('may not be set for non-init containers', 'restartPolicy');
  }
};

/** A container that runs as long as the Pod. */
export const container: Check = object(
  'api/container',
  { ...common, lifecycle, livenessProbe, readinessProbe, startupProbe: livenessProbe },
  volumeMounts,
  volumeDevices,
  podImage,
  until('1.34', noRestartPolicy),
  since('1.34', restartPolicyRules),
);

const sidecar: Check = object('api/init-container', {
  lifecycle,
  livenessProbe,
  readinessProbe,
  startupProbe: livenessProbe,
});

const onceOnly: Check = (container: Any, at: Cursor) => {
  for (const field of ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe']) {
    if (container[field]) at.forbidden('may not be set for init containers without restartPolicy=Always', field);
  }
};

const onlyAlways: Check = (container: Any, at: Cursor) => {
  const policy = container.restartPolicy ?? undefined;
  if (policy !== undefined && policy !== 'Always') at.notSupported(policy, ['Always'], 'restartPolicy');
};

/** Rules of a sidecar, since it can have the whole Pod started again. */
const noSidecarRules: Check = (container: Any, at: Cursor) => {
  if (container.restartPolicy === 'Always' && container.restartPolicyRules?.length) {
    const problem = 'restartPolicyRules are not allowed for init containers with restart policy Always';
    at.forbidden(problem, 'restartPolicyRules');
  }
};
const initRules: Check = (container: Any, at: Cursor) => {
  if (container.restartPolicy !== 'Always') restartPolicyRules(container, at);
};

/** An init container that ends is not resized by starting it again. */
const initResize: Check = (container: Any, at: Cursor) => {
  if (container.restartPolicy === 'Always') return;
  (container.resizePolicy ?? []).forEach((policy: Any, i: number) => {
    if (policy?.restartPolicy !== 'RestartContainer') return;
    const problem = "must not be set to 'RestartContainer' for non-sidecar initContainers";
    at.invalid(policy.restartPolicy, problem, 'resizePolicy', i, 'restartPolicy');
  });
};

/** A container that runs before the others, or beside them with `restartPolicy: Always`. */
export const initContainer: Check = object(
  'api/init-container',
  common,
  volumeMounts,
  volumeDevices,
  podImage,
  until('1.34', onlyAlways),
  until('1.36', noSidecarRules),
  since('1.34', initRules),
  since('1.36', restartPolicyRules),
  since('1.36', initResize),
  (value: Any, at: Cursor) => (value.restartPolicy === 'Always' ? sidecar : onceOnly)(value, at),
);

const FORBIDDEN = [
  'ports',
  'resources',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle',
  'resizePolicy',
  'restartPolicy',
];

/** A container that is put into a running Pod. */
export const ephemeralContainer: Check = object(
  'api/ephemeral-container',
  common,
  volumeMounts,
  volumeDevices,
  podImage,
  (value: Any, at: Cursor) => {
    for (const field of FORBIDDEN) {
      const given = value[field];
      if (given !== undefined && given !== null && Object.keys(given).length > 0) {
        at.forbidden('cannot be set for an Ephemeral Container', field);
      }
    }
    (value.volumeMounts ?? []).forEach((mount: Any, i: number) => {
      for (const field of ['subPath', 'subPathExpr']) {
        if (mount?.[field]) at.forbidden('cannot be set for an Ephemeral Container', 'volumeMounts', i, field);
      }
    });
  },
);
