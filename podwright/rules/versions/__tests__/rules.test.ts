import { checkAll } from '../../families';

const main = { name: 'main', image: 'busybox:1.37' };

function found(object: object, ...targets: string[]): string[] {
  return checkAll([object], { ...(targets.length > 0 && { targets }), families: ['api', 'versions'] }).map(
    ({ severity, ruleId, pointer, message, fix, versions }) =>
      `${severity}: ${ruleId} ${pointer} ${message}. ${fix} [${versions?.join()}]`,
  );
}

function named(apiVersion: string, kind: string, spec: object = {}): object {
  return { apiVersion, kind, metadata: { name: 'a' }, ...spec };
}

describe('not-served', () => {
  test.each([
    ['extensions/v1beta1', 'Ingress', '1.22', 'use networking.k8s.io/v1'],
    ['extensions/v1beta1', 'Deployment', '1.16', 'use apps/v1'],
    ['policy/v1beta1', 'PodDisruptionBudget', '1.25', 'use policy/v1'],
    ['policy/v1beta1', 'PodSecurityPolicy', '1.25', 'nothing replaces it'],
    ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', '1.26', 'use autoscaling/v2'],
  ])('says when %s %s was removed, and what to use', (apiVersion, kind, minor, fix) => {
    expect(found(named(apiVersion, kind))).toEqual([
      `error: versions/not-served /apiVersion no version of Kubernetes that is known serves ${apiVersion} ${kind}: it was removed in ${minor}. ${fix} [1.35,1.36,1.37]`,
    ]);
  });

  test('says which of the targets do not serve it any more, and which is the last that does', () => {
    const schema = named('flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema', {
      spec: { priorityLevelConfiguration: { name: 'a' } },
    });
    expect(found(schema, '1.30', '1.32', '1.33')).toEqual([
      'warning: versions/deprecated /apiVersion flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema is deprecated: flowcontrol.apiserver.k8s.io/v1 replaces it. use flowcontrol.apiserver.k8s.io/v1, which every target serves [1.30,1.32,1.33]',
      'error: versions/not-served /apiVersion flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema is not served by Kubernetes 1.32 and 1.33: 1.31 is the last that serves it. use flowcontrol.apiserver.k8s.io/v1, which every target serves [1.32,1.33]',
    ]);
  });

  test('says since when a version is served', () => {
    const claim = named('resource.k8s.io/v1', 'DeviceClass', { spec: {} });
    expect(found(claim, '1.32', '1.33', '1.34', '1.37')).toEqual([
      'error: versions/not-served /apiVersion resource.k8s.io/v1 DeviceClass is not served by Kubernetes 1.32 and 1.33: it is served since 1.34. use resource.k8s.io/v1beta1, which every target has, off by default [1.32,1.33]',
    ]);
  });

  test('knows no kind that Kubernetes never had, and suggests the version that has it', () => {
    expect(found(named('apps/v2', 'Deployment'))).toEqual([
      'error: versions/not-served /apiVersion no version of Kubernetes that is known serves apps/v2 Deployment. use apps/v1, which every target serves [1.35,1.36,1.37]',
    ]);
    expect(found(named('v1', 'Deploymnt'))).toEqual([
      'error: versions/not-served /kind no version of Kubernetes that is known serves v1 Deploymnt. undefined [1.35,1.36,1.37]',
    ]);
  });

  test('is silent about lists, and about what others serve', () => {
    expect(found({ apiVersion: 'v1', kind: 'List', items: [] })).toEqual([]);
    expect(found({ apiVersion: 'v1', kind: 'ConfigMapList', items: [] })).toEqual([]);
    expect(found(named('kueue.x-k8s.io/v1beta9', 'LocalQueue'))).toEqual([]);
    expect(found(named('snapshot.storage.k8s.io/v1', 'VolumeSnapshot'))).toEqual([]);
  });
});

describe('deprecated', () => {
  test('names what replaces it, once every target serves that', () => {
    const device = named('resource.k8s.io/v1beta2', 'DeviceClass', { spec: {} });
    expect(found(device, '1.34', '1.37')).toEqual([
      'warning: versions/deprecated /apiVersion resource.k8s.io/v1beta2 DeviceClass is deprecated: resource.k8s.io/v1 replaces it. use resource.k8s.io/v1, which every target serves [1.34,1.37]',
    ]);
    expect(found(device, '1.33', '1.37')).toEqual([
      'warning: versions/off-by-default /apiVersion resource.k8s.io/v1beta2 DeviceClass is off by default in Kubernetes 1.33 and 1.37. see that the cluster serves it: kubectl api-versions [1.33,1.37]',
    ]);
  });

  test('knows kinds that are deprecated in a stable version, from their version on', () => {
    const endpoints = named('v1', 'Endpoints', { subsets: [] });
    expect(found(endpoints, '1.32')).toEqual([]);
    expect(found(endpoints, '1.32', '1.33')).toEqual([
      'warning: versions/deprecated /apiVersion v1 Endpoints is deprecated. use discovery.k8s.io/v1 EndpointSlice [1.33]',
    ]);
  });
});

describe('dropped-field', () => {
  test('names the versions that drop it, the feature, and since when the field exists', () => {
    const pod = named('v1', 'Pod', {
      spec: { containers: [main], volumes: [{ name: 'model', image: { reference: 'a' } }] },
    });
    expect(found(pod, '1.33', '1.34', '1.35')).toEqual([
      'warning: versions/dropped-field /spec/volumes/0/image spec.volumes[0].image is dropped by Kubernetes 1.33 and 1.34: ImageVolume is off by default there. leave it out, or switch ImageVolume on; the field exists since 1.31 [1.33,1.34]',
    ]);
  });

  test('is found in templates, and is silent where the field is kept', () => {
    const template = { spec: { restartPolicy: 'Never', containers: [main] } };
    const job = named('batch/v1', 'Job', { spec: { managedBy: 'example.com/queue', template } });
    expect(found(job, '1.31', '1.32')).toEqual([
      'warning: versions/dropped-field /spec/managedBy spec.managedBy is dropped by Kubernetes 1.31: JobManagedBy is off by default there. leave it out, or switch JobManagedBy on; the field exists since 1.30 [1.31]',
    ]);
    expect(found(job, '1.32', '1.37')).toEqual([]);
  });

  test('leaves to api/unknown-field what a version does not have at all', () => {
    const pod = named('v1', 'Pod', { spec: { containers: [main], hostnameOverride: 'a' } });
    expect(found(pod, '1.33', '1.34', '1.35').map((text) => text.replace(/ \/.*\[/, ' ['))).toEqual([
      'error: api/unknown-field [1.33]',
      'warning: versions/dropped-field [1.34]',
    ]);
  });
});
