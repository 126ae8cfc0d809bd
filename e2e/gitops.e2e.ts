import { Followed, type Verdict } from './harness/followed';
import { type ApiObject, isReady, Namespace } from './harness/namespace';
import { provesItself } from './harness/proves';
import { currentRun, testWith, undo } from './harness/run';
import { until } from './harness/wait';
import { walk } from './harness/walk';

// What is committed is what the cluster does, by Flux's own controller. Two repositories with one program: in `faulty` nothing
// is marked to be kept, and in `whole` one Kustomization has all of dist and waits for all of it, as one would write it by
// hand. The cases follow one another in their order.
const CHANGED = 'second';
let good: Followed;
let faulty: Followed;
let whole: Followed;
const namespaces: Namespace[] = [];

beforeAll(async () => {
  if (!currentRun().features.flux) return;
  const make = async (purpose: string, settings: Parameters<typeof Followed.make>[2]) => {
    const namespace = await Namespace.make(purpose);
    namespaces.push(namespace);
    // While Flux waits for a training, it does not even let its Kustomization go.
    undo(
      `{ kubectl patch job training -n ${namespace.name} --type=merge -p '{"spec":{"activeDeadlineSeconds":1}}'; true; }`,
    );
    return Followed.make(namespace, purpose, settings);
  };
  good = await make('flux', {});
  faulty = await make('flux-faulty', { keep: false, parts: ['work'] });
  whole = await make('flux-whole', { parts: ['training'] });
});

afterAll(async () => {
  // Flux lets a Kustomization go when it has ended its wait: the training's end is what this one waits for.
  await whole?.try(`kubectl patch job training --type=merge -p '{"spec":{"activeDeadlineSeconds":1}}'`);
  await Promise.all([good, faulty, whole].map((followed) => followed?.remove()));
  await Promise.all(namespaces.map((namespace) => namespace.remove()));
});

/** The server's pods that are not on their way out. */
async function servers({ namespace }: Followed): Promise<ApiObject[]> {
  const pods = await namespace.list('pod', 'app.kubernetes.io/name=web');
  return pods.filter(({ metadata }) => !metadata.deletionTimestamp);
}

function hashOf({ metadata }: ApiObject): string | undefined {
  return metadata.labels?.['pod-template-hash'];
}

/** The page that the server's Deployment says: the hash of its settings. */
async function settingsOf({ namespace }: Followed): Promise<string> {
  return (await namespace.get('deployment', 'web'))?.spec.template.spec.containers[0].env[0].valueFrom.configMapKeyRef
    .name;
}

testWith('flux')('a commit is applied: what is to be ready is, Jobs are done', () =>
  provesItself(
    async ({ followed, ignored }: { followed: Followed; ignored: string }) => {
      await followed.synth();
      await followed.run(`echo ${ignored} >> .gitignore`);
      await followed.applied(await followed.push());
      expect((await servers(followed)).map(isReady)).toEqual([true]);
      await followed.namespace.fine('kubectl wait --for=condition=Complete job/once --timeout=120s');
    },
    {
      good: { followed: good, ignored: '' },
      bad: { followed: faulty, ignored: 'dist' },
      because: /dist\/web\.k8s\.yaml.*(no such file|not found|doesn't exist)/,
    },
  ),
);

testWith('flux')('a changed class rolls its pods out', () =>
  provesItself(
    async ({ followed, synthesized }: { followed: Followed; synthesized: boolean }) => {
      if (!synthesized) await followed.run('sed -i "/dist/d" .gitignore');
      if (!synthesized) await followed.applied(await followed.push());
      const [before] = await servers(followed);
      followed.edit('web.ts', "PAGE = 'first'", `PAGE = '${CHANGED}'`);
      if (synthesized) await followed.synth();
      await followed.applied(await followed.push());
      const after = (await servers(followed)).map(({ metadata }) => metadata.uid);
      expect(after).toHaveLength(1);
      expect(after).not.toContain(before?.metadata.uid);
    },
    {
      good: { followed: good, synthesized: true },
      bad: { followed: faulty, synthesized: false },
      because: /not\.toContain/,
    },
  ),
);

testWith('flux')('what is edited by hand is undone, unless another controller owns it', () =>
  provesItself(
    async ({ key, manager }: { key: string; manager: string }) => {
      const { namespace } = good;
      const patch = JSON.stringify({ data: { [key]: 'by hand' } });
      await namespace.fine(`kubectl patch configmap extra --field-manager=${manager} -p '${patch}'`);
      await good.reconcile('');
      const { data } = (await namespace.get('configmap', 'extra')) as ApiObject & { data: Record<string, string> };
      expect(data[key]).not.toBe('by hand');
      expect(data.text).toBe('of git');
    },
    {
      good: { key: 'text', manager: 'kubectl-patch' },
      bad: { key: 'other', manager: 'another-controller' },
      because: /not\.toBe/,
    },
  ),
);

testWith('flux')('a Job is run once over three reconciliations, and one that deletes itself is run again', () =>
  provesItself(
    async (job: string) => {
      const uid = async () => (await good.namespace.get('job', job))?.metadata.uid ?? 'gone';
      const first = await uid();
      const uids: string[] = [];
      for (let times = 0; times < 3; times++) {
        // A Job that still runs is left alone, whatever is to become of it.
        await until(`Job '${job}' to be over`, async () => {
          const found = await good.namespace.get('job', job);
          if (!found || found.metadata.uid !== first) return true;
          return found.status.succeeded === 1 && found.spec.ttlSecondsAfterFinished === undefined;
        });
        await good.reconcile('-jobs');
        uids.push(await uid());
      }
      expect(first).not.toBe('gone');
      expect(uids).toEqual([first, first, first]);
      expect(await good.namespace.list('pod', `batch.kubernetes.io/job-name=${job}`)).toHaveLength(1);
    },
    { good: 'once', bad: 'again', because: /gone|toEqual/ },
  ),
);

testWith('flux')('a changed Job is made anew by either onChange, and refused without', () =>
  provesItself(
    async ({ followed, parts }: { followed: Followed; parts: readonly string[] }) => {
      const { namespace } = followed;
      followed.set({ parts });
      await followed.applied(await followed.commit());
      const find = async (name: string) =>
        (await namespace.list('job')).filter(({ metadata }) => metadata.name.startsWith(name));
      const before = { recreate: await find('recreate'), renamed: await find('new-name') };
      followed.edit('step.ts', "'one'", "'two'");
      await followed.applied(await followed.commit());
      const after = { recreate: await find('recreate'), renamed: await find('new-name') };
      for (const choice of ['recreate', 'renamed'] as const) {
        expect(after[choice]).toHaveLength(1);
        expect(after[choice][0]?.metadata.uid).not.toBe(before[choice][0]?.metadata.uid);
        expect(after[choice][0]?.spec.template.spec.containers[0].args).toEqual(['echo', 'two']);
      }
      expect(after.recreate[0]?.metadata.name).toBe('recreate');
      expect(after.renamed[0]?.metadata.name).not.toBe(before.renamed[0]?.metadata.name);
    },
    {
      good: { followed: good, parts: ['extra', 'work', 'training', 'claims'] },
      bad: { followed: faulty, parts: ['work', 'unchangeable'] },
      because: /-jobs is not applied: .*unchangeable.*field is immutable/s,
    },
  ),
);

testWith('flux')('what check finds is what the API server refuses, at the same field', () =>
  provesItself(
    async ({ followed, parts }: { followed: Followed; parts: readonly string[] }) => {
      followed.set({ parts });
      const revision = await followed.commit();
      const { stdout } = await followed.try('npx podwright check --format json dist/service.k8s.yaml');
      const { status, message } = await followed.verdict('', revision);
      expect(status).toBe('False');
      const [finding] = JSON.parse(stdout).findings;
      expect(finding.pointer).toBe('/spec/ports/0/port');
      expect(message).toMatch(/spec\.ports\[0\]\.port: Invalid value: 70000/);
    },
    {
      good: { followed: good, parts: ['extra', 'work', 'training', 'claims', 'refused'] },
      bad: { followed: faulty, parts: ['taken'] },
      because: /Expected: "False"\s+Received: "True"/,
    },
  ),
);

testWith('flux')('a change of a server lands while a training runs that outlasts the timeout', async () => {
  // By hand: all of dist in one Kustomization, which waits for it; but for its timeout it would wait for the training's end.
  await whole.synth();
  await whole.run(`rm -r clusters && mkdir -p clusters/${whole.name}`);
  const one = {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: whole.name, namespace: 'flux-system' },
    spec: {
      interval: '10s',
      timeout: '3m',
      path: './dist',
      prune: true,
      wait: true,
      targetNamespace: whole.namespace.name,
      sourceRef: { kind: 'ExternalArtifact', name: whole.source },
    },
  };
  await whole.run(`echo '${JSON.stringify(one)}' > clusters/${whole.name}/one.yaml`);
  await whole.push();
  good.set({ parts: ['extra', 'work', 'training', 'claims'] });
  await good.applied(await good.commit());
  await Promise.all(
    [whole, good].map(({ namespace }) =>
      until('the training to run', async () => (await namespace.get('job', 'training'))?.status.ready === 1),
    ),
  );
  const started = (await good.namespace.get('job', 'training'))?.status.startTime;
  await until('it to outlast the timeout of 20 s', async () => Date.now() - Date.parse(started) > 20_000);

  await provesItself(
    async (followed: Followed) => {
      const before = await settingsOf(followed);
      followed.edit('web.ts', /'(first|second)'/.exec(await followed.run('cat web.ts'))?.[0] ?? '', "'third'");
      await followed.run('cp -r clusters kept-clusters');
      await followed.synth();
      if (followed === whole) await followed.run('rm -r clusters && cp -r kept-clusters clusters');
      const revision = await followed.push();
      let looks = 0;
      await until('the change to land', async () => {
        if ((await settingsOf(followed)) !== before) return true;
        const { status } = await followed.kustomization('');
        const now: Verdict | undefined = status.conditions.find(({ type }: { type: string }) => type === 'Reconciling');
        // It waits for the old revision, although it has been told of the new one.
        const waits = now?.message.startsWith('Running health checks') && !now.message.includes(revision);
        looks = waits ? looks + 1 : 0;
        return looks > 8;
      });
      expect(await settingsOf(followed)).not.toBe(before);
      expect((await followed.namespace.get('job', 'training'))?.status.active).toBe(1);
    },
    { good, bad: whole, because: /not\.toBe/ },
  );
});

testWith('flux')('while a rollout is stuck, an old pod that is lost comes back, as its configuration is kept', () =>
  provesItself(
    async (followed: Followed) => {
      const hash = await until('all pods to be of one rollout', async () => {
        const hashes = new Set((await servers(followed)).map(hashOf));
        return hashes.size === 1 && [...hashes][0];
      });
      followed.edit('web.ts', "LISTENS = 'yes'", "LISTENS = 'no'");
      const revision = await followed.commit();
      expect(await followed.verdict('', revision)).toMatchObject({ status: 'False', reason: 'HealthCheckFailed' });
      const old = (await servers(followed)).find((pod) => hashOf(pod) === hash);
      await followed.namespace.fine(`kubectl delete pod ${old?.metadata.name} --wait=false`);
      const other = await until('another pod of the old rollout, or why it does not start', async () => {
        const pods = await followed.namespace.list('pod', `pod-template-hash=${hash}`);
        const pod = pods.find(({ metadata }) => metadata.uid !== old?.metadata.uid);
        return (isReady(pod) || pod?.status.containerStatuses?.[0]?.state.waiting?.message !== undefined) && pod;
      });
      expect(other?.status.containerStatuses[0].state).toEqual({ running: expect.anything() });
    },
    { good, bad: faulty, because: /CreateContainerConfigError/ },
  ),
);

testWith('flux')('what leaves the program is pruned, but for what is marked to be kept', async () => {
  good.edit('web.ts', "LISTENS = 'no'", "LISTENS = 'yes'");
  // The marks come off in one commit,
  good.set({ parts: ['extra', 'work', 'acknowledged'] });
  await good.applied(await good.commit());
  // and deletion comes in the next.
  good.set({ parts: ['work'] });
  await good.applied(await good.commit());

  const there = async (object: string) =>
    (await good.namespace.fine(`kubectl get ${object} --ignore-not-found -o name`)) !== '';
  const kept = (await good.namespace.list('configmap')).find(({ metadata }) => metadata.name.startsWith('kept-'));
  await provesItself(
    async (objects: readonly string[]) => {
      await until('what is being deleted to be gone', async () => {
        const all = await Promise.all(objects.map(async (object) => [object, await there(object)]));
        const deleting = await good.namespace.list('pvc,configmap,job');
        return !deleting.some(({ metadata }) => metadata.deletionTimestamp) && all;
      });
      const left = await Promise.all(objects.map(there));
      expect(left).toEqual(objects.map(() => false));
    },
    {
      good: ['configmap/extra', 'job/training', 'pvc/scratch'],
      bad: ['configmap/extra', 'pvc/data', `configmap/${kept?.metadata.name}`],
      because: /- +false,\s+- +false,\s+\+ +true,\s+\+ +true,/,
    },
  );
});

testWith('flux')('a SOPS file of clusters is decrypted, and its Secret is there', () =>
  provesItself(
    async ({ followed, key }: { followed: Followed; key: string }) => {
      const data = JSON.stringify({ stringData: { 'age.agekey': key } });
      const secret = `kubectl create secret generic ${followed.name}-age -n flux-system --dry-run=client -o json`;
      await followed.run(
        `${secret} | kubectl patch --local -f - --type=merge -p '${data}' -o json | kubectl apply -f -`,
      );
      followed.set({ parts: ['work', 'secret'] });
      await followed.applied(await followed.commit(), ['-secrets']);
      const decrypted = (await followed.namespace.get('secret', 'age')) as ApiObject & { data: Record<string, string> };
      expect(Buffer.from(decrypted.data.key ?? '', 'base64').toString()).toMatch(/^\w+$/);
    },
    {
      good: {
        followed: good,
        key: ['AGE-SECRET-KEY-', '1RH87A5Z54ZGUR9S0AS3R6WHFSEFNPLYMAKF5Z2CEU7R06VRJ0A3Q7242AM'].join(''),
      },
      bad: {
        followed: faulty,
        key: ['AGE-SECRET-KEY-', '1QQPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQEZJQ9Y'].join(''),
      },
      because: /-secrets is not applied: /,
    },
  ),
);

testWith('flux')('the page of GitOps leads from an empty repository to a cluster that follows it', async () => {
  const namespace = await Namespace.toCome('greetings');
  const source = `greetings-${currentRun().id}`;
  const kustomizations = ['greetings-jobs', 'greetings', 'greetings-setup', source].join(' ');
  undo(`kubectl delete -n flux-system --ignore-not-found --timeout=60s kustomizations ${kustomizations}`);
  undo(`kubectl delete -n flux-system --ignore-not-found externalartifact ${source}`);
  undo('kubectl delete namespace greetings --ignore-not-found');
  const push = async (folder: string) => {
    const run = (command: string) => namespace.fine(command, { cwd: folder });
    await run(
      `mkdir -p "$PWD-root/root" && cd "$PWD-root" && git init -q && cp -r ${folder}/dist ${folder}/clusters .`,
    );
    const root = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: source, namespace: 'default' } };
    await run(`echo '${JSON.stringify(root)}' > "$PWD-root/root/root.yaml"`);
    await run('cd "$PWD-root" && git add . && git -c user.name=e2e -c user.email=e2e@example.com commit -qm published');
    await run(`"${currentRun().features.flux}" ${source} "$PWD-root" root`);
    // The cluster's Flux has no source-controller: what it would fetch is an ExternalArtifact.
    const external = `s/kind: GitRepository/kind: ExternalArtifact/; s/^    name: flux-system$/    name: ${source}/`;
    await run(`sed '${external}' clusters/prod/greetings.yaml | kubectl apply -f -`);
  };
  const edit = { file: 'constructs/greeter.ts', from: 'Hello', to: 'Good day' };
  const printed = await walk('docs/gitops.md', namespace, { push }, { 'npx podwright diff HEAD': edit });
  expect(printed.get('kubectl get pods -n greetings')).toMatch(/^greeter-\S+ +1\/1 +Running/m);
  expect(printed.get('npx podwright diff HEAD')).toMatch(/greeter/);
  const page = `kubectl exec deployment/greeter -n greetings -- wget -qO- http://127.0.0.1:8080/index.html`;
  await until('the new greeting', async () => (await namespace.fine(page)) === 'Good day');
});
