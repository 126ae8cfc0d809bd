import { definitionNames, definitionOf, isNamespaced, kindOf, kindsOf, schemaOf, sinceOf } from '../definitions';
import { describe as describeType } from '../descriptions';
import { ALL_VERSIONS, isVersion, NEWEST, oldest, VERSIONS, versionSet, versionsOf } from '../versions';

const POD_SPEC = 'io.k8s.api.core.v1.PodSpec';

test('has no kind, type or field for names that only look like one', () => {
  expect(kindOf('v1', 'pod')).toBeUndefined();
  expect(kindOf('v1 Pod', '')).toBeUndefined();
  expect(kindOf('', 'constructor')).toBeUndefined();
  expect(definitionOf('')).toBeUndefined();
  expect(definitionOf('__proto__')).toBeUndefined();
  expect(definitionOf('io.k8s.api.core.v1.PodSpec",2047')).toBeUndefined();
  expect(sinceOf('PodSpec')).toBeUndefined();
  expect(sinceOf(POD_SPEC, 'toString')).toBeUndefined();
  expect(schemaOf('1.37', 'io.k8s.api.core.v1.Nothing')).toBeUndefined();
  expect(isNamespaced('example.com/v1', 'Pod')).toBeUndefined();
  expect(isVersion('1.26')).toBe(false);
});

test('the file holds exactly the versions that the code names', () => {
  const sets = kindsOf().map((kind) => kind.versions);
  expect(sets.reduce((all, set) => all | set, 0)).toBe(ALL_VERSIONS);
  expect(VERSIONS.at(-1)).toBe(NEWEST);
  expect(versionsOf(ALL_VERSIONS)).toEqual([...VERSIONS]);
  expect(versionsOf(versionSet('1.27', '1.34'))).toEqual(['1.27', '1.34']);
  expect(oldest(versionSet('1.37', '1.34'))).toBe('1.34');
  expect(oldest(0)).toBeUndefined();
});

test('a kind knows its group, version, definition, scope and the Kubernetes versions that have it', () => {
  expect(kindOf('v1', 'Pod')).toEqual({
    group: '',
    version: 'v1',
    kind: 'Pod',
    apiVersion: 'v1',
    definition: 'io.k8s.api.core.v1.Pod',
    versions: ALL_VERSIONS,
    namespaced: true,
  });
  expect(versionsOf(kindOf('resource.k8s.io/v1', 'ResourceClaim')?.versions ?? 0)).toEqual([
    '1.34',
    '1.35',
    '1.36',
    '1.37',
  ]);
  // Documents of some versions give no group for these: they have it all the same.
  expect(kindOf('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration')?.versions).toBe(ALL_VERSIONS);
  expect(versionsOf(kindOf('lifecycle.k8s.io/v1alpha1', 'EvictionRequest')?.versions ?? 0)).toEqual(['1.37']);
});

test('knows which kinds live in a namespace', () => {
  const scopes = [
    ['v1', 'Namespace'],
    ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
    ['rbac.authorization.k8s.io/v1', 'Role'],
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
    ['v1', 'PodList'],
    ['v1', 'Binding'],
    ['scheduling.k8s.io/v1', 'PriorityClass'],
  ].map(([apiVersion = '', kind = '']) => [kind, isNamespaced(apiVersion, kind)]);
  expect(scopes).toEqual([
    ['Namespace', false],
    ['ClusterRole', false],
    ['Role', true],
    ['CustomResourceDefinition', false],
    ['PodList', false],
    ['Binding', true],
    ['PriorityClass', false],
  ]);
});

test('counts the kinds and types of each version', () => {
  expect(VERSIONS.map((version) => [version, kindsOf(version).length, definitionNames(version).length])).toEqual([
    ['1.27', 135, 547],
    ['1.28', 140, 570],
    ['1.29', 142, 577],
    ['1.30', 154, 626],
    ['1.31', 153, 635],
    ['1.32', 155, 628],
    ['1.33', 172, 697],
    ['1.34', 176, 720],
    ['1.35', 176, 725],
    ['1.36', 186, 761],
    ['1.37', 204, 875],
  ]);
});

test('gives a schema as the version has it', () => {
  expect(schemaOf('1.37', 'io.k8s.api.core.v1.ContainerPort')).toEqual({
    type: 'object',
    properties: {
      containerPort: { type: 'integer', format: 'int32', default: 0 },
      hostIP: { type: 'string' },
      hostPort: { type: 'integer', format: 'int32' },
      name: { type: 'string' },
      protocol: { type: 'string', default: 'TCP', enum: ['SCTP', 'TCP', 'UDP'] },
    },
    required: ['containerPort'],
  });
  expect(schemaOf('1.33', 'io.k8s.api.core.v1.PodSpec')?.properties?.workloadRef).toBeUndefined();
  expect(schemaOf('1.35', 'io.k8s.api.core.v1.PodSpec')?.properties?.workloadRef).toEqual({
    $ref: 'io.k8s.api.core.v1.WorkloadReference',
  });
  expect(schemaOf('1.36', 'io.k8s.api.core.v1.PodSpec')?.properties?.workloadRef).toBeUndefined();
});

test('gives older versions the enums and defaults that their published documents leave out', () => {
  const protocol = (version: '1.27' | '1.37') =>
    schemaOf(version, 'io.k8s.api.core.v1.ContainerPort')?.properties?.protocol;
  expect(protocol('1.27')).toEqual(protocol('1.37'));
});

test('writes quantities and int-or-strings alike in all versions', () => {
  for (const version of VERSIONS) {
    expect(schemaOf(version, 'io.k8s.apimachinery.pkg.api.resource.Quantity')).toEqual({
      type: 'string',
      format: 'quantity',
    });
    expect(schemaOf(version, 'io.k8s.apimachinery.pkg.util.intstr.IntOrString')).toEqual({
      type: 'string',
      format: 'int-or-string',
    });
  }
});

test('keeps what server-side apply and strategic merge go by, and the unions', () => {
  expect(schemaOf('1.34', POD_SPEC)?.properties?.containers).toEqual({
    type: 'array',
    items: { $ref: 'io.k8s.api.core.v1.Container', default: {} },
    'x-kubernetes-list-map-keys': ['name'],
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-patch-merge-key': 'name',
    'x-kubernetes-patch-strategy': 'merge',
  });
  expect(schemaOf('1.34', 'io.k8s.api.apps.v1.DeploymentSpec')?.required).toEqual(['selector', 'template']);
  expect(schemaOf('1.34', 'io.k8s.api.core.v1.NodeSelector')?.['x-kubernetes-map-type']).toBe('atomic');
  const unions = definitionNames('1.27').filter((name) => schemaOf('1.27', name)?.['x-kubernetes-unions']);
  expect(unions).toHaveLength(7);
});

test('says since when a type and a field exist', () => {
  expect(sinceOf(POD_SPEC)).toBe('1.27');
  expect(sinceOf(POD_SPEC, 'containers')).toBe('1.27');
  expect(sinceOf(POD_SPEC, 'resources')).toBe('1.32');
  expect(sinceOf('io.k8s.api.core.v1.Volume', 'image')).toBe('1.31');
  expect(sinceOf('io.k8s.api.resource.v1.ResourceClaim')).toBe('1.34');
});

test('knows a field in all versions at once', () => {
  const field = definitionOf(POD_SPEC)?.fields.get('workloadRef');
  expect(field?.map(({ versions, schema }) => [versionsOf(versions), schema])).toEqual([
    [['1.35'], { $ref: 'io.k8s.api.core.v1.WorkloadReference' }],
  ]);
  expect(definitionOf(POD_SPEC)).toBe(definitionOf(POD_SPEC));
});

test('every reference of every version leads to a type of that version', () => {
  const lost: string[] = [];
  for (const version of VERSIONS) {
    const names = new Set(definitionNames(version));
    for (const name of names)
      for (const [field, schema] of Object.entries(schemaOf(version, name)?.properties ?? {}))
        for (const { $ref } of [schema, schema.items ?? {}, schema.additionalProperties ?? {}])
          if ($ref && !names.has($ref)) lost.push(`${version} ${name}.${field}: ${$ref}`);
  }
  expect(lost).toEqual([]);
});

test('has the documentation of types and fields as each version words it', () => {
  expect(describeType('1.37', 'io.k8s.api.core.v1.ContainerPort')).toBe(
    'ContainerPort represents a network port in a single container.',
  );
  expect(describeType('1.37', 'io.k8s.api.core.v1.ContainerPort', 'hostIP')).toBe(
    'What host IP to bind the external port to.',
  );
  expect(describeType('1.27', 'io.k8s.api.core.v1.ContainerPort', 'protocol')).not.toBe(
    describeType('1.37', 'io.k8s.api.core.v1.ContainerPort', 'protocol'),
  );
  expect(describeType('1.37', 'io.k8s.api.core.v1.ContainerPort', 'nothing')).toBeUndefined();
});
