import { Chart, Testing } from 'cdk8s';
import type { PodSpec } from '../../api/k8s';
import { Pod, type PodProps } from '../pod';
import { POD_DEFAULTS, type PodDefault } from '../security';
import { faultsOf, objectOf } from './support';

const container = { name: 'main', image: 'busybox:1.37' };
const spec = (props: PodProps): PodSpec =>
  objectOf((chart) => new Pod(chart, 'test', { containers: [container], ...props })).spec;
const pod = (props: PodProps) => spec(props).securityContext;
const main = (props: PodProps) => spec(props).containers[0]?.securityContext;

const podDefaults = {
  runAsNonRoot: true,
  runAsUser: 65534,
  runAsGroup: 65534,
  seccompProfile: { type: 'RuntimeDefault' },
};
const { runAsNonRoot, seccompProfile } = podDefaults;
const containerDefaults = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
const claim = { name: 'data', persistentVolumeClaim: { claimName: 'data' } };

test('fills in what the restricted standard asks for, and nothing else', () => {
  expect(spec({})).toEqual({
    containers: [{ ...container, securityContext: containerDefaults }],
    securityContext: podDefaults,
  });
});

test('fills in init containers and sidecars as well', () => {
  const init = { name: 'init', image: 'busybox:1.37' };
  const sidecar = { name: 'proxy', image: 'busybox:1.37', restartPolicy: 'Always' } as const;
  expect(spec({ initContainers: [init, sidecar] }).initContainers).toEqual([
    { ...init, securityContext: containerDefaults },
    { ...sidecar, securityContext: containerDefaults },
  ]);
});

describe('leaving defaults out', () => {
  const contexts = (props: PodProps) => ({ pod: pod(props), main: main(props) });

  test('all at once says exactly what the props say', () => {
    expect(spec({ defaults: 'none', volumes: [claim] })).toEqual({ containers: [container], volumes: [claim] });
  });

  // A record, so that a default without its case does not compile.
  const alone: Record<PodDefault, readonly [pod: object, container: object]> = {
    runAsNonRoot: [{ ...podDefaults, runAsNonRoot: undefined }, containerDefaults],
    // A runtime starts no group without a user: "user group is specified without user".
    runAsUser: [{ runAsNonRoot, seccompProfile, fsGroup: 65534 }, containerDefaults],
    runAsGroup: [{ ...podDefaults, runAsGroup: undefined }, containerDefaults],
    fsGroup: [{ ...podDefaults, fsGroup: undefined, fsGroupChangePolicy: undefined }, containerDefaults],
    fsGroupChangePolicy: [{ ...podDefaults, fsGroupChangePolicy: undefined }, containerDefaults],
    seccompProfile: [{ ...podDefaults, seccompProfile: undefined }, containerDefaults],
    allowPrivilegeEscalation: [podDefaults, { capabilities: { drop: ['ALL'] } }],
    capabilities: [podDefaults, { allowPrivilegeEscalation: false }],
  };

  test.each(Object.entries(alone))('%s alone', (name, [podContext, containerContext]) => {
    const withClaim = { fsGroup: 65534, fsGroupChangePolicy: 'OnRootMismatch', ...podContext };
    expect(contexts({ volumes: [claim], defaults: { [name]: false } })).toEqual({
      pod: withClaim,
      main: containerContext,
    });
  });

  test('by name, all of them, leaves no empty security context behind', () => {
    const defaults = Object.fromEntries(POD_DEFAULTS.map((name) => [name, false]));
    expect(spec({ defaults })).toEqual({ containers: [container] });
  });

  test('fails on a name that is no default, and on a value that is not false', () => {
    const defaults = { seccomp: false, runAsUser: 1000 } as unknown as PodProps['defaults'];
    const expected = `'none', or false for any of ${POD_DEFAULTS.join(', ')}`;
    expect(faultsOf((chart) => new Pod(chart, 'a', { defaults }))).toEqual([
      `test/a: defaults.seccomp: is not a default, got false; expected ${expected}`,
      'test/a: defaults.runAsUser: can only be left out, got 1000; expected false',
    ]);
    const all = 'all' as unknown as 'none';
    expect(faultsOf((chart) => new Pod(chart, 'a', { defaults: all }))).toEqual([
      `test/a: defaults: must be a record of names, got "all"; expected ${expected}`,
    ]);
  });
});

describe('what is set wins', () => {
  test('over each default, and leaves the others', () => {
    const securityContext = {
      runAsUser: 1000,
      runAsGroup: 2000,
      fsGroup: 3000,
      fsGroupChangePolicy: 'Always',
      seccompProfile: { type: 'Localhost', localhostProfile: 'a.json' },
      supplementalGroups: [4000],
    } as const;
    expect(pod({ securityContext, volumes: [claim] })).toEqual({ runAsNonRoot: true, ...securityContext });
    const own = { allowPrivilegeEscalation: true, capabilities: { drop: ['NET_RAW'] } };
    expect(main({ containers: [{ ...container, securityContext: own }] })).toEqual(own);
  });

  test('capabilities that are added go beside those that are dropped', () => {
    const securityContext = { capabilities: { add: ['NET_BIND_SERVICE'] } };
    expect(main({ containers: [{ ...container, securityContext }] })).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] },
    });
  });

  test('a read-only root file system is left to who asks for it', () => {
    const securityContext = { readOnlyRootFilesystem: true };
    expect(main({ containers: [{ ...container, securityContext }] })).toEqual({
      ...containerDefaults,
      ...securityContext,
    });
  });
});

describe('a default that would contradict yields', () => {
  test.each([
    // runAsNonRoot beside it: the kubelet says "container's runAsUser breaks non-root policy".
    ['root as the pod user', { securityContext: { runAsUser: 0 } }, { runAsUser: 0, seccompProfile }],
    ['root by the user prop', { user: 0 }, { runAsUser: 0, runAsGroup: 0, seccompProfile }],
    ['the image user', { user: 'image' }, { runAsNonRoot, seccompProfile }],
    [
      'an image that may run as root',
      { securityContext: { runAsNonRoot: false } },
      { runAsNonRoot: false, seccompProfile },
    ],
    [
      'root in one container',
      { containers: [container, { ...container, name: 'root', securityContext: { runAsUser: 0 } }] },
      { runAsUser: 65534, runAsGroup: 65534, seccompProfile },
    ],
    [
      'root in one container that says so itself',
      { containers: [{ ...container, securityContext: { runAsUser: 0, runAsNonRoot: false } }] },
      podDefaults,
    ],
    ['windows', { os: { name: 'windows' } }, { runAsNonRoot }],
    [
      'a windows host process',
      { os: { name: 'windows' }, hostNetwork: true, securityContext: { windowsOptions: { hostProcess: true } } },
      { windowsOptions: { hostProcess: true } },
    ],
    ['a user namespace', { hostUsers: false }, podDefaults],
    ['the host network', { hostNetwork: true }, podDefaults],
  ] as const)('to %s', (_, props, expected) => {
    expect(pod(props as PodProps)).toEqual(expected);
  });

  test.each([
    ['a privileged container', { privileged: true }, { privileged: true }],
    // Beside these the API server refuses allowPrivilegeEscalation: false.
    [
      'CAP_SYS_ADMIN',
      { capabilities: { add: ['CAP_SYS_ADMIN'] } },
      { capabilities: { drop: ['ALL'], add: ['CAP_SYS_ADMIN'] } },
    ],
    ['SYS_ADMIN', { capabilities: { add: ['SYS_ADMIN'] } }, { capabilities: { drop: ['ALL'], add: ['SYS_ADMIN'] } }],
  ])('to %s', (_, securityContext, expected) => {
    expect(main({ containers: [{ ...container, securityContext }] })).toEqual(expected);
  });

  test('leaves the containers of a windows pod alone', () => {
    expect(main({ os: { name: 'windows' } })).toBeUndefined();
  });
});

describe('user', () => {
  test('a number is the user and the group', () => {
    expect(pod({ user: 1000, volumes: [claim] })).toEqual({
      ...podDefaults,
      runAsUser: 1000,
      runAsGroup: 1000,
      fsGroup: 1000,
      fsGroupChangePolicy: 'OnRootMismatch',
    });
  });

  test('stays beside defaults that are left out', () => {
    expect(pod({ user: 1000, defaults: 'none' })).toEqual({ runAsUser: 1000, runAsGroup: 1000 });
  });

  test('fails beside another runAsUser, and as a name', () => {
    expect(faultsOf((chart) => new Pod(chart, 'a', { user: 1, securityContext: { runAsUser: 2 } }))).toEqual([
      'test/a: user: contradicts securityContext.runAsUser 2, got 1; expected one of the two',
    ]);
    expect(faultsOf((chart) => new Pod(chart, 'a', { user: 'root' as 'image' }))).toEqual([
      `test/a: user: must be a user's number or 'image', got "root"; expected a number such as 1000, or 'image'`,
    ]);
  });
});

describe('fsGroup is there for', () => {
  const withVolume = (volume: object) => pod({ volumes: [{ name: 'data', ...volume }] })?.fsGroup;

  test.each([
    ['a claim', { persistentVolumeClaim: { claimName: 'a' } }],
    ['an ephemeral volume', { ephemeral: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'] } } } }],
    ['a Secret that others may not read', { secret: { secretName: 'a', defaultMode: 0o400 } }],
    ['a file that others may not read', { configMap: { name: 'a', items: [{ key: 'a', path: 'a', mode: 0o440 }] } }],
    ['a projected file that others may not read', { projected: { defaultMode: 0o600, sources: [] } }],
    [
      'a file of a projected Secret that others may not read',
      { projected: { sources: [{ secret: { name: 'a', items: [{ key: 'a', path: 'a', mode: 0o400 }] } }] } },
    ],
  ])('%s', (_, volume) => {
    expect(withVolume(volume)).toBe(65534);
  });

  test.each([
    ['an emptyDir, which all may write to', { emptyDir: {} }],
    ['a claim that is only read', { persistentVolumeClaim: { claimName: 'a', readOnly: true } }],
    ['a Secret that others may read', { secret: { secretName: 'a' } }],
    ['a Secret with a mode that lets others read', { secret: { secretName: 'a', defaultMode: 0o444 } }],
    ['a host path, whose owner is not changed', { hostPath: { path: '/data' } }],
    ['an image volume', { image: { reference: 'model:1' } }],
  ])('not for %s', (_, volume) => {
    expect(withVolume(volume)).toBeUndefined();
  });

  test('not for root, which may write anyway', () => {
    expect(pod({ user: 0, volumes: [claim] })).toEqual({ runAsUser: 0, runAsGroup: 0, seccompProfile });
  });
});

describe('home', () => {
  const home = (props: PodProps) => {
    const { containers, initContainers = [], volumes } = spec(props);
    return {
      volumes,
      containers: [...initContainers, ...containers].map(({ env, volumeMounts }) => ({ env, volumeMounts })),
    };
  };
  const at = (path: string) => ({
    env: [{ name: 'HOME', value: path }],
    volumeMounts: [{ name: 'home', mountPath: path }],
  });

  test('gives every container a writable home', () => {
    const initContainers = [{ name: 'init', image: 'busybox:1.37' }];
    expect(home({ home: true, initContainers })).toEqual({
      volumes: [{ name: 'home', emptyDir: {} }],
      containers: [at('/home/app'), at('/home/app')],
    });
  });

  test('is where it is asked for', () => {
    expect(home({ home: '/work' }).containers).toEqual([at('/work')]);
  });

  test('is nowhere unless asked for', () => {
    const nowhere = { volumes: undefined, containers: [{ env: undefined, volumeMounts: undefined }] };
    expect([home({}), home({ home: false })]).toEqual([nowhere, nowhere]);
  });

  test('is the volume of that name where there is one', () => {
    const volumes = [{ name: 'home', persistentVolumeClaim: { claimName: 'alice' } }];
    expect(home({ home: true, volumes })).toEqual({ volumes, containers: [at('/home/app')] });
  });

  test('leaves a container its own HOME, and its own mount there', () => {
    const own = {
      env: { HOME: '/mine' },
      volumeMounts: [{ name: 'other', mountPath: '/home/app' }],
    };
    const volumes = [{ name: 'other', emptyDir: {} }];
    expect(home({ home: true, volumes, containers: [{ ...container, ...own }] }).containers).toEqual([
      { env: [{ name: 'HOME', value: '/mine' }], volumeMounts: own.volumeMounts },
    ]);
  });

  test.each(['', '/', 'home', 7])('fails for %j', (path) => {
    expect(faultsOf((chart) => new Pod(chart, 'a', { home: path as string }))).toEqual([
      `test/a: home: must be true or an absolute path, got ${JSON.stringify(path)}; expected true, which is /home/app, or another path`,
    ]);
  });
});

test('a chart of stock cdk8s synthesizes the same', () => {
  const chart = new Chart(Testing.app(), 'stock');
  new Pod(chart, 'test', { containers: [container] });
  expect(Testing.synth(chart)[0].spec).toEqual(spec({}));
});
