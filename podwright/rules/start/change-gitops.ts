import type { Any } from '../engine/cursor';
import { objectRule } from '../rule';
import { podSpec, sample } from '../samples';

const job = (name: string) =>
  sample('batch/v1', 'Job', name, { spec: { template: { spec: podSpec({}, { restartPolicy: 'Never' }) } } });

export const changeGitops = objectRule({
  id: 'start/change-gitops',
  severity: 'warning',
  summary: 'a Job or Pod that a GitOps controller cannot change',
  why: `The API server takes no change to a Job's template, and of a Pod's spec next to none but the images. Under Flux all of the
revision that has such a change is refused with it, and under Argo CD the sync fails. A Job of the toolkit's classes says by its
\`onChange\` what is to happen: another name by its content, or annotations that let the controller delete it and make it again.

A Job whose name ends in such a hash is a new one with each change; that of cdk8s's own names, \`-c8\` and six digits, is by the
construct's path, and stays. One that a CronJob makes is not meant. The rule is silent
unless the program says that it is followed, by \`gitops: true\` or what it hands over, and where a FluxKustomization or
ArgoApplication forces its changes.`,
  source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources',
  kinds: ['batch/Job', 'Pod'],
  given: { gitops: true },
  fails: [job('train')],
  passes: [job('train-1a2b3c4d')],
  check({ kind, metadata }: Any, at) {
    const { gitops, recreates } = at.world;
    if (!gitops || recreates || isMadeAnew(metadata)) return;
    const isJob = kind === 'Job';
    at.report(
      isJob ? ['spec', 'template'] : ['spec'],
      `takes no change${isJob ? '' : ' but of its images'}: a revision that has one is refused under GitOps, all of it`,
      { fix: `${isJob ? JOB_FIX : POD_FIX}, or set Flux's annotation ${FORCE}: enabled` },
    );
  },
});

const FORCE = 'kustomize.toolkit.fluxcd.io/force';
const JOB_FIX = "Set onChange: 'new-name' or 'recreate'";
const POD_FIX = 'Make it a Deployment, or a Job with onChange';

/** What Flux reads of labels and annotations, in small letters: it makes the object again, or leaves it as it is. */
const BY_FLUX: readonly (readonly [key: string, values: readonly string[]])[] = [
  [FORCE, ['enabled']],
  ['kustomize.toolkit.fluxcd.io/ssa', ['ifnotpresent', 'ignore']],
  ['kustomize.toolkit.fluxcd.io/reconcile', ['disabled']],
];
/** Argo CD makes a hook's object again before each sync. */
const HOOKS = ['argocd.argoproj.io/hook', 'helm.sh/hook'];

function isMadeAnew({ name, labels = {}, annotations = {} }: Any = {}): boolean {
  // Without a name it cannot be applied at all.
  if (name === undefined || /-(?!c8)[0-9a-f]{8}$/.test(name)) return true;
  const has = (map: Any, [key, values]: (typeof BY_FLUX)[number]) => values.includes(String(map[key]).toLowerCase());
  return (
    BY_FLUX.some((mark) => has(labels, mark) || has(annotations, mark)) ||
    HOOKS.some((key) => annotations[key] !== undefined) ||
    forces(String(annotations['argocd.argoproj.io/sync-options'] ?? '').split(','))
  );
}

/** Whether options of Argo CD's syncs let it delete what it cannot change. */
function forces(options: readonly string[]): boolean {
  return options.some((option) => /^ *(Force|Replace)=true *$/.test(option));
}
