import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Namespace, useNamespace } from './harness/namespace';
import { provesItself } from './harness/proves';
import { currentRun, testWith } from './harness/run';
import { shell } from './harness/shell';
import { until } from './harness/wait';

// A program whose image is pinned by the registry that the cluster's runtime pulls from. In the twin the digest is one
// that the registry has not.
const PROGRAM = `import { Chart } from 'cdk8s';
import { App, Pod } from 'podwright';
const app = new App();
new Pod(new Chart(app, 'shell'), 'shell', { containers: [{ name: 'main', image: 'busybox', args: ['sleep', '600'] }] });
app.synth();
`;
const here = useNamespace('images');
const apart = useNamespace('images-twin');

testWith('registry')('the cluster runs the image that was pinned, and no other', async () => {
  const folder = join(currentRun().folder, 'images');
  mkdirSync(folder);
  symlinkSync(resolve(__dirname, '..', 'node_modules'), join(folder, 'node_modules'), 'junction');
  writeFileSync(join(folder, 'main.ts'), PROGRAM);
  const podwright = (words: string) => shell(`npx podwright ${words}`, { cwd: folder, env: {} });
  const mirror = `--mirror docker.io=${currentRun().features.registry}`;
  expect(await podwright(`images pin ${mirror}`)).toMatchObject({
    stderr: 'images.lock.yaml: 1 image pinned\n',
    code: 0,
  });
  expect(await podwright(`images verify ${mirror}`)).toMatchObject({ stdout: '', code: 0 });
  expect(await podwright('synth')).toMatchObject({ stderr: expect.stringContaining('1 object'), code: 0 });
  const [listed] = JSON.parse((await podwright('images --format json')).stdout);
  const [, digest] = listed.locked.split('@');

  await provesItself(
    async ({ namespace, edit }: { namespace: Namespace; edit: string }) => {
      await namespace.fine(`sed '${edit}' images/dist/shell.k8s.yaml | kubectl apply -f -`);
      const [status] = await until('the image to be pulled, or not to be there', async () => {
        const { containerStatuses = [] } = (await namespace.get('pod', 'shell'))?.status ?? {};
        const [{ state, ready }] = [...containerStatuses, {}];
        return ready || /^(Err)?Image/.test(state?.waiting?.reason ?? '') ? containerStatuses : undefined;
      });
      expect(status.state).toHaveProperty('running');
      expect(status.imageID).toContain(digest);
    },
    {
      good: { namespace: here(), edit: '' },
      bad: { namespace: apart(), edit: 's/sha256:....../sha256:000000/' },
      because: /"reason": "(ErrImagePull|ImagePullBackOff)"/,
    },
  );
});
