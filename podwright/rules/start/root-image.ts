import { containersOf } from '../../api/pods';
import { podRule } from '../rule';
import { samplePod } from '../samples';

const pod = (context: object) => samplePod('worker', { securityContext: { runAsNonRoot: true, ...context } });

export const rootImage = podRule({
  id: 'start/root-image',
  severity: 'error',
  summary: 'a container that may not run as root, of an image whose user is root or has no number',
  why: `Under runAsNonRoot the kubelet starts no container whose user is 0, nor one whose image names its user by a word, since
the word may stand for 0: it stays in CreateContainerConfigError. runAsUser says a number in the image's place.

What an image's user is no manifest says: [images.lock.yaml](../../images.md) has it of pinned images, and \`facts: { images }\` may
declare it. The rule is silent of others.`,
  source:
    'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#set-the-security-context-for-a-pod',
  given: { facts: { images: { busybox: { user: 0 } } } },
  fails: [pod({})],
  passes: [pod({ runAsUser: 65534 })],
  check({ spec }, at) {
    if (!at.world.facts.images || spec.os?.name === 'windows') return;
    for (const [{ image, securityContext = {} }, path] of containersOf(spec)) {
      const { runAsNonRoot, runAsUser } = { ...spec.securityContext, ...securityContext };
      if (!runAsNonRoot || runAsUser !== undefined || typeof image !== 'string') continue;
      const declared = at.world.image(image)?.user;
      if (declared === undefined) continue;
      const [user] = String(declared).split(':');
      if (/^[1-9]\d*$/.test(user ?? '')) continue;
      const what = user === '0' || user === 'root' || user === '' ? 'is root' : `has no number: ${user}`;
      at.report(
        ['spec', ...path, 'image'],
        `the image's user ${what}, which the kubelet does not start under runAsNonRoot, got ${image}`,
        { fix: 'Set runAsUser to a number, such as 65534' },
      );
    }
  },
});
