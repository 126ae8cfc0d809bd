import { type Context, refusal } from '../guard';

const context = (name: string, server: string, cluster = name): Context => ({ name, cluster, server });

test.each([
  context('cluster', 'https://127.0.0.1:16443'),
  context('anything', 'https://[::1]:6443'),
  context('anything', 'https://localhost:6443'),
  context('k3d-dev', 'https://0.0.0.0:38011'),
  context('minikube', 'https://192.168.49.2:8443'),
  context('docker-desktop', 'https://kubernetes.docker.internal:6443'),
  context('deliver', 'https://127.0.0.1:6443'),
])('lets $name at $server be used', (local) => {
  expect(refusal(local, undefined)).toBeUndefined();
});

test.each([
  [context('prod', 'https://127.0.0.1:6443'), "the current context looks like production, got 'prod'"],
  [
    context('eu-Production', 'https://127.0.0.1:6443'),
    "the current context looks like production, got 'eu-Production'",
  ],
  [context('kind-prd', 'https://127.0.0.1:6443'), "the current context looks like production, got 'kind-prd'"],
  [context('shop-live', 'https://127.0.0.1:6443'), "the current context looks like production, got 'shop-live'"],
  [
    context('a', 'https://127.0.0.1:6443', 'gke_shop_prod-1'),
    "the current cluster looks like production, got 'gke_shop_prod-1'",
  ],
  [
    context('a', 'https://api.prod.example.com', 'a'),
    "the current server looks like production, got 'api.prod.example.com'",
  ],
  [context('dev', 'https://10.0.0.5:6443'), "the API server of context 'dev' is not on this machine, got '10.0.0.5'"],
  [
    context('my-kind-dev', 'https://dev.example.com'),
    "the API server of context 'my-kind-dev' is not on this machine, got 'dev.example.com'",
  ],
  [
    context('dev', 'https://127.0.0.1.example.com'),
    "the API server of context 'dev' is not on this machine, got '127.0.0.1.example.com'",
  ],
  [context('dev', ''), "the API server of context 'dev' is not on this machine, got ''"],
])('refuses $name at $server', (doubtful, doubt) => {
  expect(refusal(doubtful, undefined)).toBe(
    `${doubt}; expected a local cluster. Choose another with 'kubectl config use-context', or set PODWRIGHT_E2E_CONTEXT=${doubtful.name} if these tests may really make and delete namespaces there`,
  );
});

test('takes a context that is named exactly, and no other', () => {
  const production = context('prod', 'https://api.example.com');
  expect(refusal(production, 'prod')).toBeUndefined();
  for (const told of ['1', 'true', 'pro', 'prod ', ''])
    expect(refusal(production, told)).toMatch(/^the current context/);
});
