import { type ApiObject, App, Chart, type ChartProps, JsonPatch, Lazy, Testing } from 'cdk8s';
import { manifest } from 'podwright/k8s';
import {
  type CronJobSpec,
  KubeClusterRole,
  KubeConfigMap,
  KubeCronJob,
  KubeDeployment,
  KubeNamespace,
  KubeObject,
  KubePod,
  KubePodList,
  KubeService,
} from '../k8s';

const spec = { containers: [{ name: 'main', image: 'busybox:1.37' }] };

function synth(make: (chart: Chart) => ApiObject, props?: ChartProps): Record<string, unknown> {
  const chart = new Chart(new App(), 'chart', props);
  make(chart);
  return Testing.synth(chart)[0] as Record<string, unknown>;
}

function metadataOf(make: (chart: Chart) => ApiObject, props?: ChartProps): unknown {
  return synth(make, props).metadata;
}

const lazy = (value: unknown) => Lazy.any({ produce: () => value });

describe('nothing that is passed is dropped or rewritten', () => {
  test('fields that no type knows stay, at every depth', () => {
    const odd = {
      spec: { ...spec, brandNew: { deep: [{ er: 1 }] } },
      metadata: { madeUp: 'too', annotations: { 'a/b': '' } },
      topLevel: true,
    };
    expect(synth((chart) => new KubePod(chart, 'a', odd as object))).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a', madeUp: 'too', annotations: { 'a/b': '' } },
      spec: { ...spec, brandNew: { deep: [{ er: 1 }] } },
      topLevel: true,
    });
  });

  test('quantities and int-or-strings are what they were', () => {
    const container = {
      name: 'main',
      resources: { limits: { 'nvidia.com/gpu': 1, cpu: '0.10', memory: 1e9, 'hugepages-2Mi': '1e3' } },
      livenessProbe: { httpGet: { port: 8080 } },
      readinessProbe: { httpGet: { port: 'http' } },
    };
    const pod = synth((chart) => new KubePod(chart, 'a', { spec: { containers: [container] } }));
    expect(pod.spec).toEqual({ containers: [container] });
  });

  test('fields keep the spelling of the API', () => {
    const fields = { ...spec, hostPID: true, hostIPC: false, setHostnameAsFQDN: true, restartPolicy: 'Never' as const };
    expect(synth((chart) => new KubePod(chart, 'a', { spec: fields })).spec).toEqual(fields);
  });

  test('a status stays, and none is made up, nor a spec', () => {
    const pod = synth((chart) => new KubePod(chart, 'a', { spec, status: { phase: 'Running' } }));
    expect(pod.status).toEqual({ phase: 'Running' });
    expect(synth((chart) => new (KubeDeployment as unknown as typeof KubePod)(chart, 'a'))).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'a' },
    });
  });

  test('empty lists and maps of the spec stay', () => {
    const service = synth((chart) => new KubeService(chart, 'a', { spec: { selector: {}, ports: [] } }));
    expect(service.spec).toEqual({ selector: {}, ports: [] });
  });

  test('the props are not changed', () => {
    const props = Object.freeze({ spec, metadata: Object.freeze({ labels: Object.freeze({ a: 'b' }) }) });
    const pod = synth((chart) => {
      const made = new KubePod(chart, 'a', props);
      made.metadata.addLabel('c', 'd');
      return made;
    });
    expect(pod.metadata).toEqual({ name: 'a', labels: { a: 'b', c: 'd' } });
  });

  test('a patch reaches fields that no type knows, by their own names', () => {
    const pod = synth((chart) => {
      const made = new KubePod(chart, 'a', { spec });
      made.addJsonPatch(JsonPatch.add('/spec/hostPID', true), JsonPatch.add('/spec/brandNew', { x: 1 }));
      return made;
    });
    expect(pod.spec).toEqual({ ...spec, hostPID: true, brandNew: { x: 1 } });
  });
});

describe('name', () => {
  test('is the id, exactly, however deep the construct is', () => {
    const chart = new Chart(new App(), 'chart');
    const inner = new Chart(chart, 'inner');
    for (const id of ['counter', 'default-deny', 'my.config.map', 'UPPER_case', 'Default', 'x'.repeat(70)])
      expect(new KubeConfigMap(inner, id).name).toBe(id);
  });

  test('is metadata.name where that is given', () => {
    expect(metadataOf((chart) => new KubePod(chart, 'id', { metadata: { name: 'other' } }))).toEqual({ name: 'other' });
  });

  test('is left to the API server by metadata.generateName', () => {
    const given = { generateName: 'run-' };
    expect(metadataOf((chart) => new KubePod(chart, 'id', { metadata: given }))).toEqual(given);
    const chart = new Chart(new App(), 'chart');
    expect(new KubePod(chart, 'id', { metadata: given }).name).toBe('');
  });

  test('is metadata.name beside a generateName, which stays', () => {
    const given = { generateName: 'run-', name: 'run' };
    expect(metadataOf((chart) => new KubePod(chart, 'id', { metadata: given }))).toEqual(given);
  });

  test("is what the chart's own generateObjectName says", () => {
    class Prefixed extends Chart {
      override generateObjectName(object: ApiObject): string {
        return `team-${object.node.id}-${object.kind}`;
      }
    }
    const chart = new Prefixed(new App(), 'chart');
    expect(new KubePod(chart, 'a').name).toBe('team-a-Pod');
    expect(new KubePod(chart, 'b', { metadata: { name: 'b' } }).name).toBe('b');
    new KubePod(chart, 'c', { metadata: { generateName: 'c-' } });
    expect(Testing.synth(chart).map((object) => object.metadata)).toEqual([
      { name: 'team-a-Pod' },
      { name: 'b' },
      { generateName: 'c-' },
    ]);
  });
});

describe('what the chart gives', () => {
  const props = { namespace: 'ml', labels: { team: 'ml', tier: 'chart' } };

  test('is its namespace and labels, under those of the object', () => {
    expect(metadataOf((chart) => new KubePod(chart, 'a', { metadata: { labels: { tier: 'own' } } }), props)).toEqual({
      name: 'a',
      namespace: 'ml',
      labels: { team: 'ml', tier: 'own' },
    });
    expect(metadataOf((chart) => new KubePod(chart, 'a', { metadata: { namespace: 'other' } }), props)).toEqual({
      name: 'a',
      namespace: 'other',
      labels: { team: 'ml', tier: 'chart' },
    });
  });

  test('is no namespace for kinds that live in none', () => {
    for (const Kind of [KubeNamespace, KubeClusterRole])
      expect(metadataOf((chart) => new Kind(chart, 'a'), props)).toEqual({
        name: 'a',
        labels: { team: 'ml', tier: 'chart' },
      });
  });

  test('is nothing for a list, which has no such fields', () => {
    const list = synth((chart) => new KubePodList(chart, 'a', { items: [{ spec }] }), props);
    expect(list).toEqual({ apiVersion: 'v1', kind: 'PodList', items: [{ spec }] });
    expect(metadataOf((chart) => new KubePodList(chart, 'a', { metadata: { continue: 'x' }, items: [] }))).toEqual({
      continue: 'x',
    });
  });
});

describe('tokens', () => {
  test('stand for any value', () => {
    const pod = synth(
      (chart) =>
        new KubePod(chart, 'a', {
          metadata: { name: lazy('late'), namespace: lazy('ns'), labels: { a: lazy('b') } },
          spec: lazy({ containers: [lazy({ name: lazy('main'), resources: { limits: { cpu: lazy(1) } } })] }),
        }),
    );
    expect(pod).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'late', namespace: 'ns', labels: { a: 'b' } },
      spec: { containers: [{ name: 'main', resources: { limits: { cpu: 1 } } }] },
    });
  });

  test('stand for all labels, annotations, finalizers and owners, between those of the chart and those added', () => {
    const owner = { apiVersion: 'v1', kind: 'Pod', name: 'o', uid: '1' };
    const metadata = metadataOf(
      (chart) => {
        const pod = new KubePod(chart, 'a', {
          metadata: {
            labels: lazy({ tier: 'lazy', own: lazy('1') }),
            annotations: lazy({ x: 'y' }),
            finalizers: lazy(['a/b']),
            ownerReferences: lazy([owner]),
          },
        });
        pod.metadata.addLabel('added', 'yes');
        pod.metadata.addAnnotation('z', '1');
        pod.metadata.addFinalizers('c/d');
        return pod;
      },
      { labels: { tier: 'chart', team: 'ml' }, namespace: 'ml' },
    );
    expect(metadata).toEqual({
      name: 'a',
      namespace: 'ml',
      labels: { team: 'ml', tier: 'lazy', own: '1', added: 'yes' },
      annotations: { x: 'y', z: '1' },
      finalizers: ['a/b', 'c/d'],
      ownerReferences: [owner],
    });
  });

  test('stand for all metadata', () => {
    const props = { namespace: 'ml', labels: { team: 'ml' } };
    const pod = (metadata: unknown) =>
      metadataOf((chart) => new KubePod(chart, 'a', { metadata: lazy(metadata) }), props);
    expect(pod({ name: 'late', labels: { a: 'b' } })).toEqual({
      name: 'late',
      namespace: 'ml',
      labels: { team: 'ml', a: 'b' },
    });
    expect(pod({ generateName: 'run-' })).toEqual({ generateName: 'run-', namespace: 'ml', labels: { team: 'ml' } });
    expect(pod({ resolve: () => ({ namespace: 'implicit' }) })).toEqual({
      name: 'a',
      namespace: 'implicit',
      labels: { team: 'ml' },
    });
    expect(pod(undefined)).toEqual({ name: 'a', namespace: 'ml', labels: { team: 'ml' } });
  });
});

describe('classes', () => {
  test('tell their objects from those of other classes', () => {
    const chart = new Chart(new App(), 'chart');
    const pod = new KubePod(chart, 'pod');
    expect(pod instanceof KubePod).toBe(true);
    expect(pod instanceof KubeObject).toBe(true);
    expect(pod instanceof KubeService).toBe(false);
    expect(Object.create(null) instanceof KubeObject).toBe(false);
    expect((undefined as unknown) instanceof KubePod).toBe(false);
  });

  test('know their group, version and kind', () => {
    expect(KubeCronJob.GVK).toEqual({ apiVersion: 'batch/v1', kind: 'CronJob' });
    const cronJob = new KubeCronJob(new Chart(new App(), 'chart'), 'a', { spec: {} as CronJobSpec });
    expect([cronJob.apiGroup, cronJob.apiVersion, cronJob.kind]).toEqual(['batch', 'batch/v1', 'CronJob']);
  });

  test('give an object as data', () => {
    const template = KubePod.manifest({ metadata: { labels: { a: 'b' } }, spec });
    expect(template).toEqual({ apiVersion: 'v1', kind: 'Pod', metadata: { labels: { a: 'b' } }, spec });
    expect(KubeService.manifest()).toEqual({ apiVersion: 'v1', kind: 'Service' });
    expect(manifest(KubePod.GVK, { kind: 'Odd' })).toEqual({ apiVersion: 'v1', kind: 'Odd' });
  });

  test('take an object as it stands in YAML, with its apiVersion and kind', () => {
    const pod = synth((chart) => new KubePod(chart, 'a', { apiVersion: 'v1', kind: 'Pod', spec }));
    expect(pod).toEqual({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec });
  });

  test('fail as cdk8s does outside of a chart', () => {
    expect(() => new KubePod(new App(), 'a')).toThrow('cannot find a parent chart (directly or indirectly)');
  });
});
