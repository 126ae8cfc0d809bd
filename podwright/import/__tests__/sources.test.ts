import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isUrl, nameOf, readCluster, readSource } from '../sources';

let folder: string;
let server: Server;
let url: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'podwright-sources-'));
  writeFileSync(join(folder, 'a.yaml'), 'a: 1\n');
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', url);
    const answers: Record<string, [number, string]> = {
      '/a.yaml': [200, 'a: 1\n'],
      '/page': [200, '\n<!DOCTYPE html><html></html>'],
    };
    const moved = pathname === '/moved';
    const [status, text] = moved ? [302, ''] : (answers[pathname] ?? [404, 'nothing here']);
    response.writeHead(status, moved ? { location: '/a.yaml' } : {}).end(text);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

test('fails with what a file is instead', async () => {
  await expect(readSource('none.yaml', folder)).rejects.toThrow(
    'none.yaml: there is no such file; expected k8s, a file or a URL',
  );
  await expect(readSource('..', folder)).rejects.toThrow('.. is a folder; name its files: ../*.yaml --name NAME');
});

test('fails with what the server says', async () => {
  await expect(readSource(`${url}/none.yaml`, folder)).rejects.toThrow(
    `${url}/none.yaml: the server answers 404 Not Found`,
  );
  await expect(readSource(`${url}/page`, folder)).rejects.toThrow(
    `${url}/page: it is a web page; give the URL of the file itself (on GitHub: the Raw button)`,
  );
});

test('fails with why there is no answer', async () => {
  const closed = createServer();
  await new Promise<void>((done) => closed.listen(0, '127.0.0.1', done));
  const { port } = closed.address() as AddressInfo;
  await new Promise((done) => closed.close(done));
  await expect(readSource(`http://127.0.0.1:${port}/a.yaml`, folder)).rejects.toThrow(
    `http://127.0.0.1:${port}/a.yaml: connect ECONNREFUSED 127.0.0.1:${port}. Without this network, download the file and name it`,
  );
});

test('reads files and URLs', async () => {
  await expect(readSource('a.yaml', folder)).resolves.toBe('a: 1\n');
  await expect(readSource(join(folder, 'a.yaml'), '/')).resolves.toBe('a: 1\n');
  await expect(readSource(`${url}/a.yaml?raw=true`, folder)).resolves.toBe('a: 1\n');
  await expect(readSource(`${url}/moved`, folder)).resolves.toBe('a: 1\n');
});

/** A kubectl that runs this script. */
function kubectl(script: string): { PATH: string } {
  const bin = mkdtempSync(join(folder, 'bin-'));
  writeFileSync(join(bin, 'kubectl'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return { PATH: `${bin}:/usr/bin:/bin` };
}

test('asks the cluster through kubectl', async () => {
  await expect(readCluster(kubectl('echo "$@"'))).resolves.toBe('get --raw /openapi/v2\n');
});

test('fails with what kubectl says, and without kubectl', async () => {
  await expect(readCluster(kubectl('echo "error: no context" >&2; exit 1'))).rejects.toThrow(
    'kubectl get --raw /openapi/v2 failed: error: no context',
  );
  await expect(readCluster({ PATH: join(folder, 'nowhere') })).rejects.toThrow(
    'kubectl is not installed, or not on the PATH: https://kubernetes.io/docs/tasks/tools. Without it, give a file: ' +
      'kubectl get --raw /openapi/v2 > openapi.json elsewhere, then --from openapi.json',
  );
});

test('names an import after its source', () => {
  expect(
    [
      'kueue.yaml',
      '../crds/Kueue.YML',
      'a.crds.yaml',
      'https://example.com/a/b/jobset.yaml?raw=true#x',
      'https://example.com/',
      'a.b.json',
      '.yaml',
    ].map(nameOf),
  ).toEqual(['kueue', 'kueue', 'a', 'jobset', '', 'a.b', '']);
  expect(['http://a', 'HTTPS://a', 'file:///a', 'a.yaml', 'https.yaml'].map(isUrl)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
