import { isLatest, parseImage } from '../../api/image';
import { containersOf } from '../../api/pods';
import { podRule } from '../rule';
import { samplePod } from '../samples';

const digest = `sha256:${'0'.repeat(64)}`;

export const latestTag = podRule({
  id: 'start/latest-tag',
  severity: 'warning',
  summary: 'an image with the tag latest, or with none, and without a digest',
  why: `What runs is decided anew whenever a pod starts: pods of one workload may run different images, a node that goes takes the
image along that is known to work, and git does not say what ran yesterday.

A tag of a version says what is meant; a digest says what it is: \`npx podwright images pin\` puts it into
[images.lock.yaml](../../images.md), and
the program goes on writing the name.`,
  source: 'https://kubernetes.io/docs/concepts/containers/images/#image-names',
  fails: [samplePod('worker', { image: 'busybox' })],
  passes: [samplePod('worker', { image: `busybox@${digest}` })],
  check({ spec }, at) {
    for (const [{ image }, path] of containersOf(spec)) {
      if (!isLatest(image) || parseImage(image)?.digest) continue;
      at.report(
        ['spec', ...path, 'image'],
        `is another image whenever ${image.endsWith(':latest') ? 'the tag' : 'the tag latest, which is meant,'} moves, got ${image}; expected a tag of a version, or a digest`,
        { fix: 'npx podwright images pin, where an App writes it' },
      );
    }
  },
});
