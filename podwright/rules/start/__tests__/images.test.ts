import { findings } from '../../__tests__/support';
import { samplePod } from '../../samples';
import { latestTag } from '../latest-tag';

const digest = `sha256:${'0'.repeat(64)}`;

test('latest is found written or meant, in containers of all sorts, and not where the digest says which', () => {
  const initContainers = [
    { name: 'a', image: 'registry.example:5000/a' },
    { name: 'b', image: 'b:1' },
    { name: 'c', image: `c:latest@${digest}` },
    { name: 'd', image: 'Not an image' },
    { name: 'e' },
  ];
  expect(findings(latestTag, [samplePod('p', { image: 'a:latest' }, { initContainers })])).toEqual([
    'Pod p /spec/initContainers/0/image: is another image whenever the tag latest, which is meant, moves, got registry.example:5000/a; expected a tag of a version, or a digest',
    'Pod p /spec/containers/0/image: is another image whenever the tag moves, got a:latest; expected a tag of a version, or a digest',
  ]);
});
