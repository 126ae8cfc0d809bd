import { type Change, container, object, podSpec, workload } from '../harness/change';
import type { Manifest } from '../harness/program';

// The changes whose effect is predicted, and then seen. A row's effect is written down, so that what is computed is read, and
// not only compared.

/** A change of one object, made on a copy. */
function change(
  effect: Change['effect'],
  what: string,
  before: Manifest,
  edit: (after: Manifest) => void,
  more: Partial<Change> = {},
): Change {
  const after = structuredClone(before);
  edit(after);
  return { name: before.metadata.name, what, before, after, effect, ...more };
}

const main = (object: Manifest) => object.spec.template.spec.containers[0];
const env = (value: string) => [{ name: 'SAID', value }];
const say = (object: Manifest) => {
  main(object).env = env('after');
};
const pod = (name: string, main: Manifest = {}, more: Manifest = {}) =>
  object('v1', 'Pod', name, { metadata: { labels: { change: name } }, spec: podSpec(more, main) });
const reader = (name: string, main: Manifest, more: Manifest = {}) =>
  workload('Deployment', name, {}, podSpec(more, main));
const volumes = (source: Manifest) => [{ name: 'data', ...source }];
const mount = (more: Manifest = {}) => ({ volumeMounts: [{ name: 'data', mountPath: '/data', ...more }] });
const limits = (memory: string) => ({ resources: { requests: { cpu: '5m' }, limits: { memory } } });
const cron = (name: string) =>
  object('batch/v1', 'CronJob', name, {
    spec: {
      schedule: '0 0 1 1 *',
      jobTemplate: {
        metadata: { labels: { change: name } },
        spec: workload('Job', name, {}, podSpec({ restartPolicy: 'Never' })).spec,
      },
    },
  });
const job = (name: string, spec: Manifest = {}) => workload('Job', name, spec, podSpec({ restartPolicy: 'Never' }));
const configMap = (name: string, more: Manifest = {}) =>
  object('v1', 'ConfigMap', name, { data: { text: 'before' }, ...more });
const set = (name: string, spec: Manifest = {}, main: Manifest = {}) =>
  workload('StatefulSet', name, { serviceName: name, ...spec }, podSpec({}, main));
const daemons = (name: string, spec: Manifest = {}) => workload('DaemonSet', name, spec);
const service = (name: string) =>
  object('v1', 'Service', name, { spec: { selector: { change: name }, ports: [{ port: 80 }] } });
const binding = (name: string) =>
  object('rbac.authorization.k8s.io/v1', 'RoleBinding', name, {
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'before' }],
  });
const claim = (name: string) =>
  object('v1', 'PersistentVolumeClaim', name, {
    spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'none', resources: { requests: { storage: '2Mi' } } },
  });
const limited = (name: string, more: Manifest = {}) => workload('ReplicaSet', name, { replicas: 1 }, podSpec(more));

/** Changes in a namespace of their own each, as they change all pods of it that are made afterwards. */
export const LIMITED: readonly Change[] = [
  change(
    'next-pods',
    'a quota that is smaller than what is used',
    object('v1', 'ResourceQuota', 'quota', { spec: { hard: { pods: '2' } } }),
    (after) => {
      after.spec.hard.pods = '0';
    },
    { beside: [limited('quota')] },
  ),
  change(
    'next-pods',
    'a LimitRange with another default',
    object('v1', 'LimitRange', 'limits', { spec: { limits: [{ type: 'Container', default: { memory: '32Mi' } }] } }),
    (after) => {
      after.spec.limits[0].default.memory = '48Mi';
    },
    { beside: [limited('limits')] },
  ),
  change(
    'next-pods',
    'a namespace that enforces a stricter standard',
    object('v1', 'Namespace', 'standard', {
      metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } },
    }),
    (after) => {
      after.metadata.labels['pod-security.kubernetes.io/enforce'] = 'restricted';
    },
    { beside: [limited('standard', { securityContext: {} })] },
  ),
];

export const CHANGES: readonly Change[] = [
  change('nothing', 'defaults of a pod template are written out', workload('Deployment', 'written-out'), (after) => {
    main(after).imagePullPolicy = 'IfNotPresent';
    after.spec.template.spec.restartPolicy = 'Always';
    after.spec.replicas = 1;
  }),
  change('nothing', "a Service's targetPort is written out", service('target-port'), (after) => {
    Object.assign(after.spec.ports[0], { targetPort: 80, protocol: 'TCP' });
  }),
  change('nothing', "a CronJob's policy is written out", cron('policy'), (after) => {
    after.spec.concurrencyPolicy = 'Allow';
  }),
  change(
    'nothing',
    "an env variable's empty value is written out",
    reader('empty-value', { env: [{ name: 'EMPTY' }] }),
    (after) => {
      main(after).env[0].value = '';
    },
  ),

  change('in-place', "a Deployment's amount in another form", reader('amount', limits('16Mi')), (after) => {
    main(after).resources.limits.memory = '16777216';
  }),
  change('in-place', "a Deployment's surge", workload('Deployment', 'surge'), (after) => {
    after.spec.strategy = { rollingUpdate: { maxSurge: 2 } };
  }),
  change('in-place', "a Job's parallelism, up", job('more-at-once', { parallelism: 1, completions: 2 }), (after) => {
    after.spec.parallelism = 2;
  }),
  change('in-place', "a Job's parallelism, down", job('fewer-at-once', { parallelism: 2, completions: 2 }), (after) => {
    after.spec.parallelism = 1;
  }),
  change('in-place', 'a Job is suspended', job('suspended'), (after) => {
    after.spec.suspend = true;
  }),
  change('in-place', "a Job's backoffLimit", job('backoff'), (after) => {
    after.spec.backoffLimit = 1;
  }),
  change('in-place', 'a Pod gets another label', pod('labelled'), (after) => {
    after.metadata.labels.more = 'yes';
  }),
  change('in-place', "a Service's port", service('port'), (after) => {
    after.spec.ports[0].port = 81;
  }),
  change('in-place', "a RoleBinding's subjects", binding('subjects'), (after) => {
    after.subjects[0].name = 'after';
  }),
  change(
    'in-place',
    'a ConfigMap that is mounted, and followed',
    configMap('mounted'),
    (after) => {
      after.data.text = 'after';
    },
    {
      beside: [reader('mounted', mount(), { volumes: volumes({ configMap: { name: 'mounted' } }) })],
      file: '/data/text',
    },
  ),
  change('in-place', 'a ConfigMap becomes immutable', configMap('becomes-immutable'), (after) => {
    after.immutable = true;
  }),
  change(
    'in-place',
    "an autoscaler's maximum",
    object('autoscaling/v2', 'HorizontalPodAutoscaler', 'maximum', {
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'none' },
        minReplicas: 1,
        maxReplicas: 2,
      },
    }),
    (after) => {
      after.spec.maxReplicas = 3;
    },
  ),

  change('scale', 'a Deployment grows', workload('Deployment', 'grows', { replicas: 1 }), (after) => {
    after.spec.replicas = 2;
  }),
  change('scale', 'a StatefulSet shrinks', set('shrinks', { replicas: 2 }), (after) => {
    after.spec.replicas = 1;
  }),
  change(
    'scale',
    'an autoscaler takes the place of replicas, which drop first',
    workload('Deployment', 'handed-over', { replicas: 2 }),
    (after) => {
      delete after.spec.replicas;
    },
    {
      added: [
        object('autoscaling/v2', 'HorizontalPodAutoscaler', 'handed-over', {
          spec: {
            scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'handed-over' },
            minReplicas: 1,
            maxReplicas: 1,
          },
        }),
      ],
    },
  ),

  change('container-restart', "a Pod's image", pod('pod-image', { image: 'busybox:1.36' }), (after) => {
    after.spec.containers[0].image = 'busybox:1.37';
  }),
  change(
    'container-restart',
    "a sidecar's image",
    pod(
      'sidecar-image',
      {},
      { initContainers: [container({ name: 'sidecar', image: 'busybox:1.36', restartPolicy: 'Always' })] },
    ),
    (after) => {
      after.spec.initContainers[0].image = 'busybox:1.37';
    },
  ),

  change('rolling-restart', "a Deployment's env", workload('Deployment', 'deployment-env'), say),
  change('rolling-restart', "a Deployment's template is annotated", workload('Deployment', 'annotated'), (after) => {
    after.spec.template.metadata.annotations = { note: 'after' };
  }),
  change('rolling-restart', "a StatefulSet's image", set('set-image', {}, { image: 'busybox:1.36' }), (after) => {
    main(after).image = 'busybox:1.37';
  }),
  change(
    'rolling-restart',
    "a StatefulSet's amount in another form",
    set('set-amount', {}, limits('16Mi')),
    (after) => {
      main(after).resources.limits.memory = '16777216';
    },
  ),
  change('rolling-restart', "a DaemonSet's env", daemons('daemons-env'), say),
  change(
    'rolling-restart',
    'a StatefulSet with OnDelete, once its pod is deleted',
    set('set-on-delete', { updateStrategy: { type: 'OnDelete' } }),
    say,
  ),
  change(
    'rolling-restart',
    'a DaemonSet with OnDelete, once its pod is deleted',
    daemons('daemons-on-delete', { updateStrategy: { type: 'OnDelete' } }),
    say,
  ),
  change(
    'rolling-restart',
    'a StatefulSet with a partition above all its pods, once that is lowered',
    set('partition', { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 1 } } }),
    say,
    { lift: `kubectl patch statefulset partition -p '{"spec":{"updateStrategy":{"rollingUpdate":{"partition":0}}}}'` },
  ),
  change(
    'rolling-restart',
    'a paused Deployment, once it goes on',
    workload('Deployment', 'paused', { paused: true }),
    say,
    { first: workload('Deployment', 'paused'), lift: `kubectl patch deployment paused -p '{"spec":{"paused":false}}'` },
  ),

  change('next-run', "a CronJob's image", cron('cron-image'), (after) => {
    after.spec.jobTemplate.spec.template.spec.containers[0].image = 'busybox:1.36';
  }),
  change('next-run', "a CronJob's schedule", cron('schedule'), (after) => {
    after.spec.schedule = '0 0 2 1 *';
  }),

  change(
    'until-restart',
    'a ConfigMap that is read by env',
    configMap('by-env'),
    (after) => {
      after.data.text = 'after';
    },
    { beside: [reader('by-env', { envFrom: [{ configMapRef: { name: 'by-env' } }] })] },
  ),
  change(
    'until-restart',
    'a ConfigMap that is mounted by subPath',
    configMap('by-sub-path'),
    (after) => {
      after.data.text = 'after';
    },
    {
      beside: [
        reader('by-sub-path', mount({ mountPath: '/data/text', subPath: 'text' }), {
          volumes: volumes({ configMap: { name: 'by-sub-path' } }),
        }),
      ],
    },
  ),
  change(
    'until-restart',
    'a Secret that is read by env',
    object('v1', 'Secret', 'secret-by-env', { stringData: { text: 'before' } }),
    (after) => {
      after.stringData.text = 'after';
    },
    { beside: [reader('secret-by-env', { envFrom: [{ secretRef: { name: 'secret-by-env' } }] })] },
  ),

  change('next-pods', "a ReplicaSet's env", limited('replica-set'), say),
  change(
    'next-pods',
    'a service account without a token',
    object('v1', 'ServiceAccount', 'account', { automountServiceAccountToken: true }),
    (after) => {
      after.automountServiceAccountToken = false;
    },
    { beside: [limited('account', { serviceAccountName: 'account' })] },
  ),

  change('recreate', "a Deployment's selector", workload('Deployment', 'selector'), (after) => {
    after.spec.selector.matchLabels.more = 'yes';
    after.spec.template.metadata.labels.more = 'yes';
  }),
  change('recreate', "a Job's template", job('job-template'), say),
  change(
    'recreate',
    "an Indexed Job's completions",
    job('completions', { completionMode: 'Indexed', completions: 1 }),
    (after) => {
      after.spec.completions = 2;
    },
  ),
  change('recreate', "a StatefulSet's serviceName", set('service-name'), (after) => {
    after.spec.serviceName = 'other';
  }),
  change('recreate', "a RoleBinding's role", binding('role'), (after) => {
    after.roleRef.name = 'edit';
  }),
  change('recreate', 'a Service becomes headless', service('headless'), (after) => {
    after.spec.clusterIP = 'None';
  }),
  change('recreate', 'an immutable ConfigMap', configMap('immutable', { immutable: true }), (after) => {
    after.data.text = 'after';
  }),
  change('recreate', "a Secret's type", object('v1', 'Secret', 'type', { stringData: { text: 'a' } }), (after) => {
    after.type = 'example.com/other';
  }),

  change('refused', "a Pod's env", pod('pod-env', { env: env('before') }), (after) => {
    after.spec.containers[0].env = env('after');
  }),
  change('refused', 'a claim shrinks', claim('shrunk'), (after) => {
    after.spec.resources.requests.storage = '1Mi';
  }),
  change('refused', "a claim's access mode", claim('access-mode'), (after) => {
    after.spec.accessModes = ['ReadWriteMany'];
  }),
  change('refused', 'a Deployment that is to recreate its pods', workload('Deployment', 'strategy'), (after) => {
    after.spec.strategy = { type: 'Recreate' };
  }),
];
