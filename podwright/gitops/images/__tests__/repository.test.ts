import { parseImage } from '../../../api/image';
import { isLoopback, repositoryOf } from '../repository';

const HUB = { host: 'registry-1.docker.io', server: 'https://index.docker.io/v1/' };

test.each([
  ['busybox', { ...HUB, name: 'library/busybox' }],
  ['docker.io/busybox:1', { ...HUB, name: 'library/busybox' }],
  ['index.docker.io/team/app', { ...HUB, name: 'team/app' }],
  ['ghcr.io/app', { host: 'ghcr.io', server: 'ghcr.io', name: 'app' }],
  ['localhost:5000/a/b', { host: 'localhost:5000', server: 'localhost:5000', name: 'a/b' }],
])('%s is asked for where container runtimes do', (image, expected) => {
  expect(repositoryOf(parseImage(image) as never)).toEqual(expected);
});

test('a mirror is asked in the place of its registry, with its own credentials', () => {
  const mirrors = new Map([['docker.io', 'mirror.example']]);
  expect(repositoryOf({ repository: 'busybox' }, mirrors)).toEqual({
    host: 'mirror.example',
    server: 'mirror.example',
    name: 'library/busybox',
  });
  expect(repositoryOf({ registry: 'ghcr.io', repository: 'a' }, mirrors)).toMatchObject({ host: 'ghcr.io' });
});

test('only this machine is taken for it', () => {
  const hosts = ['localhost', 'localhost:5000', '127.0.0.1', '127.8.9.1:80', '[::1]:5000'];
  const others = ['localhost.example', '127.0.0.1.example:80', '128.0.0.1', '[::2]:5000', 'a.localhost'];
  expect(hosts.filter((host) => !isLoopback(host))).toEqual([]);
  expect(others.filter(isLoopback)).toEqual([]);
});
