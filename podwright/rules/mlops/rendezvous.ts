import type { Any } from '../engine/cursor';
import { type At, podRule } from '../rule';
import { podSpec, sample } from '../samples';
import { parseIp } from '../values/ip';
import type { Told } from './torchrun';
import { jobSpecOf, masterOf } from './training';

const job = sample('batch/v1', 'Job', 'train', {
  spec: {
    completionMode: 'Indexed',
    completions: 2,
    parallelism: 2,
    template: {
      metadata: { labels: { app: 'train' } },
      spec: podSpec(
        { env: [{ name: 'MASTER_ADDR', value: 'train-0.workers' }] },
        { restartPolicy: 'Never', subdomain: 'workers' },
      ),
    },
  },
});
const service = (spec: object) => sample('v1', 'Service', 'workers', { spec: { selector: { app: 'train' }, ...spec } });

export const rendezvous = podRule({
  id: 'mlops/rendezvous',
  severity: 'error',
  summary: 'a training whose workers cannot find the first one by its name',
  why: `The name of a pod, \`JOB-0.SERVICE\`, is there only with a headless Service (clusterIP None) of that name that selects the
pods, and with \`subdomain\` set to it. The workers look for each other before they are ready, so that the Service must publish
addresses that are not ready too: without that each waits for the others. JOB is the Job's own name.

The name is that of torchrun's \`--rdzv-endpoint\` or \`--master-addr\`, which go before PET_MASTER_ADDR, or of MASTER_ADDR.`,
  source: 'https://kubernetes.io/docs/tasks/job/job-with-pod-to-pod-communication/',
  fails: [job, service({ ports: [{ port: 29500 }] })],
  passes: [job, service({ clusterIP: 'None', publishNotReadyAddresses: true })],
  check(pod, at) {
    const { spec, metadata, namespace } = pod;
    const jobSpec = jobSpecOf(pod);
    if (!jobSpec || (jobSpec.completions ?? jobSpec.parallelism ?? 1) < 2) return;
    const master = masterOf(pod);
    const name = master && /^[^.]+\.([a-z0-9-]+)(\.|$)/.exec(master.value)?.[1];
    if (!master || name === undefined || parseIp(master.value)) return;
    if (spec.subdomain !== name) {
      const got = spec.subdomain === undefined ? 'none' : JSON.stringify(spec.subdomain);
      at.report(
        ['spec', 'subdomain'],
        `is not the Service of ${master.value}, got ${got}; expected ${JSON.stringify(name)}`,
      );
    } else checkHost(pod.object, jobSpec, master, at);
    const service: Any = at.world.find('Service', name, namespace);
    const say = (what: string, fix: string) => at.report(master.steps, `${what}, got ${master.value}`, { fix });
    if (!service) {
      if (at.world.complete && !at.world.has('Service', name, namespace))
        say(`names Service ${name}, which is not there`, 'Add a headless Service of that name');
      return;
    }
    const { clusterIP, publishNotReadyAddresses, selector = {} } = service.spec ?? {};
    if (clusterIP !== 'None') say(`names Service ${name}, which is not headless`, "Set its clusterIP: 'None'");
    if (!publishNotReadyAddresses)
      say(
        `names Service ${name}, which has no addresses before its pods are ready`,
        'Set its publishNotReadyAddresses: true',
      );
    const labels = metadata.labels ?? {};
    const wrong = Object.keys(selector).filter(
      (key) => labels[key] !== selector[key] && !key.startsWith('batch.kubernetes.io/'),
    );
    if (wrong.length > 0)
      say(`names Service ${name}, which selects other pods: by ${wrong.join(', ')}`, 'Select the workers');
  },
});

/** Pods of an Indexed Job are called after it, whatever their template says. */
function checkHost(
  { kind, metadata }: Any,
  { completionMode, completions, parallelism }: Any,
  master: Told,
  at: At,
): void {
  const name = metadata?.name;
  if (kind !== 'Job' || completionMode !== 'Indexed' || !name) return;
  const [, host = '', rest = ''] = /^([^.]+)(.*)$/.exec(master.value) ?? [];
  const [, job, index] = /^(.+)-(\d+)$/.exec(host) ?? [];
  if (host.includes('$') || (job === name && Number(index) < (completions ?? parallelism ?? 1))) return;
  at.report(master.steps, `names a host that no pod of the Job has, got ${master.value}; expected ${name}-0${rest}`);
}
