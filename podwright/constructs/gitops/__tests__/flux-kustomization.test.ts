// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a shell's own, and Flux's.
import { Chart } from 'cdk8s';
import { KubeConfigMap } from '../../../api/k8s';
import { App, findingsOf } from '../../../synth/app';
import { Environment } from '../../../synth/environment';
import { Claim } from '../../claim';
import { Job } from '../../job';
import { ModelServer } from '../../model-server';
import { FluxKustomization, type FluxKustomizationProps } from '../flux-kustomization';
import { addJob, addServer, addTeam, errorsOf, filesOf, type Manifest, refusals } from './support';

const url = 'https://example.com/team/platform';

/** The Flux objects of a program in the environment prod, by name. */
function fluxOf(build: (prod: Environment, app: App) => void, props: FluxKustomizationProps = { url }): Manifest {
  const files = filesOf((app) => {
    const prod = new Environment(app, 'prod');
    build(prod, app);
    new FluxKustomization(prod, 'apps', props);
  });
  const objects = files['clusters/prod/apps.yaml'] ?? [];
  expect(refusals(objects)).toEqual([]);
  return Object.fromEntries(objects.map((object) => [`${object.kind} ${object.metadata.name}`, object.spec]));
}

/** What stops a program whose one Job has some arguments. */
function errorsWith(args: string[], props: FluxKustomizationProps): string[] {
  return errorsOf((app) => {
    const chart = new Chart(app, 'jobs');
    new Job(chart, 'train', { containers: [{ name: 'main', image: 'busybox:1.37', args }] });
    new FluxKustomization(app, 'apps', props);
  });
}

describe('what is wrong with its props is said with its place', () => {
  const faults: [string, FluxKustomizationProps, string][] = [
    [
      'an interval without a unit',
      { interval: '10' },
      `interval: must be a duration, got "10"; expected a number with 'ms', 's', 'm' or 'h', as in '10m'`,
    ],
    [
      'a timeout in days',
      { timeout: '1d' },
      `timeout: must be a duration, got "1d"; expected a number with 'ms', 's', 'm' or 'h', as in '10m'`,
    ],
    [
      'an address that Flux cannot read',
      { url: 'git@example.com:a/b' },
      `url: must be the address of a git repository, got "git@example.com:a/b"; expected 'https://…' or 'ssh://…'`,
    ],
    [
      'two sources',
      { url, sourceRef: { kind: 'GitRepository', name: 'a' } },
      'sourceRef: is said beside url, got {"kind":"GitRepository","name":"a"}; expected one of the two',
    ],
    ['a branch of no repository', { branch: 'main' }, 'branch: belongs to url, got "main"; expected a url beside it'],
    [
      'a root that leads out',
      { root: '../x' },
      `root: must be the program's folder in the repository, got "../x"; expected a path such as 'platform/gpu'`,
    ],
    [
      'a variable that Flux refuses',
      { postBuild: { substitute: { 'a-b': '1' } } },
      `postBuild: names a variable that Flux refuses, got "a-b"; expected letters, digits and '_'`,
    ],
  ];
  test.each(faults)('%s', (_, props, message) => {
    expect(errorsWith(['true'], props)).toEqual([`synth/validation apps: : ${message}`]);
  });

  test.each(['Apps', 'a_b', '', 'x'.repeat(53)])('an id that is no name: %j', (id) => {
    expect(() => filesOf((app) => new FluxKustomization(app, id))).toThrow(/id|ID/);
  });

  test.each(['kustomize', 'secrets'])('a folder that a controller must not find by itself: %s', (id) => {
    expect(() => filesOf((app) => new FluxKustomization(app, id))).toThrow(`its files would be in clusters/${id}`);
    expect(() => filesOf((app) => new FluxKustomization(new Environment(app, id), 'apps'))).toThrow(
      'is for other files',
    );
  });

  test('a name that no label can have', () => {
    const errors = errorsOf((app) => {
      addServer(app, 'a').addDependency(addServer(app, 'b'.repeat(60)));
      new FluxKustomization(app, 'apps');
    });
    expect(errors).toEqual([
      `synth/hand-over apps: : the Kustomization apps-${'b'.repeat(60)} has 65 characters; expected at most 63`,
    ]);
  });
});

test('is one Kustomization that prunes and waits, where all of it is to be ready and stay so', () => {
  expect(fluxOf((prod) => addServer(prod))).toEqual({
    'GitRepository apps': { interval: '1m', url, ref: { branch: 'main' } },
    'Kustomization apps': {
      interval: '10m',
      retryInterval: '1m',
      timeout: '5m',
      path: './clusters/kustomize/prod/apps',
      prune: true,
      sourceRef: { kind: 'GitRepository', name: 'apps' },
      wait: true,
    },
  });
});

test('takes the files of its own environment, and of no other', () => {
  const files = filesOf((app) => {
    const [prod, laptop] = [new Environment(app, 'prod'), new Environment(app, 'laptop')];
    for (const scope of [app, prod, laptop]) {
      addServer(scope);
      new FluxKustomization(scope, 'apps');
    }
  });
  const resources = Object.entries(files).filter(([path]) => path.endsWith('kustomization.yaml'));
  expect(Object.fromEntries(resources.map(([path, [{ resources }]]) => [path, resources]))).toEqual({
    'clusters/kustomize/apps/apps/kustomization.yaml': ['../../../../dist/server.k8s.yaml'],
    'clusters/kustomize/laptop/apps/kustomization.yaml': ['../../../../dist/laptop/server.k8s.yaml'],
    'clusters/kustomize/prod/apps/kustomization.yaml': ['../../../../dist/prod/server.k8s.yaml'],
  });
  expect(Object.keys(files)).toContain('clusters/apps/apps.yaml');
});

test('namespaces and quotas come first, and nobody waits for Jobs and claims', () => {
  const flux = fluxOf((prod) => {
    addTeam(prod);
    addServer(prod);
    new Claim(addJob(prod), 'data', { storage: '1Gi' });
  });
  const told = Object.entries<Manifest>(flux).map(([name, { wait, dependsOn }]) => [name, wait, dependsOn]);
  expect(told).toEqual([
    ['GitRepository apps', undefined, undefined],
    ['Kustomization apps-setup', true, undefined],
    ['Kustomization apps', true, [{ name: 'apps-setup' }]],
    ['Kustomization apps-jobs', false, [{ name: 'apps-setup' }]],
  ]);
});

test('an object of a file is built by one Kustomization: the others delete it, by its kind where they take none of it', () => {
  const files = filesOf((app) => {
    new Claim(addServer(app), 'data', { storage: '1Gi' });
    new FluxKustomization(app, 'apps');
  });
  const remove = (apiVersion: string, kind: string) =>
    `$patch: delete\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: any\n`;
  expect(files['clusters/kustomize/apps/apps/kustomization.yaml']?.[0].patches).toEqual([
    { target: { version: 'v1', kind: 'PersistentVolumeClaim' }, patch: remove('v1', 'PersistentVolumeClaim') },
  ]);
  expect(files['clusters/kustomize/apps/apps-jobs/kustomization.yaml']?.[0].patches).toEqual([
    { target: { group: 'apps', version: 'v1', kind: 'Deployment' }, patch: remove('apps/v1', 'Deployment') },
    { target: { version: 'v1', kind: 'Service' }, patch: remove('v1', 'Service') },
  ]);
});

test('charts that depend on each other have Kustomizations of their own, and Jobs that another chart depends on are waited for', () => {
  const flux = fluxOf((prod) => {
    addTeam(prod);
    addServer(prod).addDependency(addJob(prod, 'migrate'));
    addServer(prod, 'web');
    addJob(prod);
  });
  const told = Object.entries<Manifest>(flux).map(([name, { wait, dependsOn = [] }]) => [
    name.replace('Kustomization ', ''),
    wait,
    dependsOn.map(({ name }: Manifest) => name),
  ]);
  expect(told.slice(1)).toEqual([
    ['apps-setup', true, []],
    ['apps', true, ['apps-setup']],
    ['apps-jobs', false, ['apps-setup']],
    ['apps-migrate-jobs', true, ['apps-setup']],
    ['apps-server', true, ['apps-setup', 'apps-migrate-jobs']],
  ]);
});

test('a chart without objects is nothing that another waits for', () => {
  const flux = fluxOf((prod) => addServer(prod).addDependency(new Chart(prod, 'empty')));
  expect(Object.keys(flux)).toEqual(['GitRepository apps', 'Kustomization apps']);
});

test('a chart that is called as a part is keeps a part of its own', () => {
  const flux = fluxOf((prod) => {
    addTeam(prod);
    addServer(prod, 'setup').addDependency(addServer(prod, 'batch-jobs'));
  });
  expect(Object.keys(flux).slice(1).sort()).toEqual([
    'Kustomization apps',
    'Kustomization apps-batch-jobs-chart',
    'Kustomization apps-setup',
    'Kustomization apps-setup-chart',
  ]);
});

test('says where the program is in its repository, and whatever else a Kustomization can be told', () => {
  const sourceRef = { kind: 'OCIRepository', name: 'platform', namespace: 'sources' } as const;
  const flux = fluxOf((prod) => addServer(prod), {
    sourceRef,
    root: 'platform/gpu',
    spec: { serviceAccountName: 'team', timeout: '1h' },
  });
  expect(flux).toMatchObject({
    'Kustomization apps': {
      path: './platform/gpu/clusters/kustomize/prod/apps',
      sourceRef,
      serviceAccountName: 'team',
      timeout: '1h',
    },
  });
  expect(fluxOf((prod) => addServer(prod), {})['Kustomization apps'].sourceRef).toEqual({
    kind: 'GitRepository',
    name: 'flux-system',
  });
});

test('waits for a slow rollout for as long as that may take, where no other time is said', () => {
  const timeouts = (progressDeadlineSeconds: number | undefined, props: FluxKustomizationProps = {}) => {
    const flux = fluxOf((prod) => {
      addTeam(prod);
      const containers = [{ name: 'main', image: 'python:3.11' }];
      new ModelServer(new Chart(prod, 'slow'), 'slow', {
        containers,
        ...(progressDeadlineSeconds !== undefined && { progressDeadlineSeconds }),
      });
      new ModelServer(new Chart(prod, 'quick'), 'quick', { containers });
    }, props);
    return [flux['Kustomization apps'].timeout, flux['Kustomization apps-setup'].timeout];
  };
  expect(timeouts(undefined)).toEqual(['5m', '5m']);
  expect(timeouts(60)).toEqual(['5m', '5m']);
  expect(timeouts(1490)).toEqual(['26m', '5m']);
  expect(timeouts(1490, { timeout: '10m' })).toEqual(['10m', '10m']);
  expect(timeouts(1490, { spec: { timeout: '1h' } })).toEqual(['1h', '1h']);
});

describe("with variables of Flux, a shell's own", () => {
  const postBuild = {
    substitute: { CLUSTER: 'gpu' },
    substituteFrom: [{ kind: 'ConfigMap', name: 'vars', variables: ['REGION'] }],
  } as const;

  test('is refused, each with its place', () => {
    const args = ['sh', '-c', 'echo $HOME ${HOME} ${X:-y}', '${CLUSTER} ${REGION} $${KEPT}'];
    const expected = '; expected ${CLUSTER}, ${REGION}';
    const at = 'synth/hand-over jobs/train: /spec/template/spec/containers/0/args/2: ';
    const said = `${at}is replaced by Flux, which knows no variable of that name, got `;
    expect(errorsWith(args, { postBuild })).toEqual([`${said}\${HOME}${expected}`, `${said}\${X:-y}${expected}`]);
  });

  test('is left alone in an object that is marked so', () => {
    const errors = errorsOf((app) => {
      const chart = new Chart(app, 'jobs');
      const containers = [{ name: 'main', image: 'busybox:1.37', args: ['sh', '-c', 'echo ${HOME}'] }];
      const annotations = { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' };
      new Job(chart, 'train', { metadata: { annotations }, containers });
      new FluxKustomization(app, 'apps', { postBuild });
    });
    expect(errors).toEqual([]);
  });

  test('is no matter without them', () => {
    expect(errorsWith(['sh', '-c', 'echo ${HOME}'], {})).toEqual([]);
  });

  test('reaches each Kustomization, without what only the program is told', () => {
    expect(fluxOf((prod) => addServer(prod), { postBuild })['Kustomization apps'].postBuild).toEqual({
      substitute: { CLUSTER: 'gpu' },
      substituteFrom: [{ kind: 'ConfigMap', name: 'vars' }],
    });
  });
});

test('its program is judged as one that a controller follows', () => {
  const errors = errorsOf((app) => {
    const chart = new Chart(app, 'jobs');
    const containers = [{ name: 'main', image: 'busybox:1.37' }];
    new Job(chart, 'train', { metadata: { generateName: 'train-' }, containers });
    new FluxKustomization(app, 'apps');
  });
  expect(errors).toEqual([expect.stringContaining('start/generate-name jobs/train: /metadata/generateName')]);
});

test('its own namespace is there beside those that the program makes', () => {
  const app = new App();
  addTeam(app);
  const chart = new Chart(app, 'extra', { namespace: 'flux-system' });
  new KubeConfigMap(chart, 'settings', { data: {} });
  expect(findingsOf(app).map(({ ruleId }) => ruleId)).toEqual(['start/namespace-reference']);
  new FluxKustomization(app, 'apps');
  expect(findingsOf(app)).toEqual([]);
});

test('a Job without onChange is told, unless all that it hands over is forced', () => {
  const found = (props: FluxKustomizationProps) => {
    const app = new App();
    addJob(app);
    new FluxKustomization(app, 'apps', props);
    return findingsOf(app).map(({ ruleId, constructPath }) => `${ruleId} ${constructPath}`);
  };
  expect(found({})).toEqual(['start/change-gitops train/train']);
  expect(found({ spec: { force: true } })).toEqual([]);
});
