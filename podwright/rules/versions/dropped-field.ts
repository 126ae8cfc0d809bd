import { sinceOf } from '../../api/definitions';
import { objectRule } from '../rule';
import { dotted } from '../schema/decode-faults';
import { shown } from './served';

const main = { name: 'main', image: 'busybox:1.37' };
const workload = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' } };

export const droppedField = objectRule({
  id: 'versions/dropped-field',
  severity: 'warning',
  summary: 'a field that a target accepts and silently drops, since its feature is off by default there',
  why: 'The API server takes the object, forgets the field, and says nothing: what was asked for is not there. The schema has the field from the version on in which the feature began, as an alpha; the feature is on by default later. Where a cluster has the feature switched on, the finding does not hold.',
  source: 'https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates/',
  fails: [{ ...workload, spec: { hostnameOverride: 'web.example.com', containers: [main] } }],
  passes: [{ ...workload, spec: { hostname: 'web', containers: [main] } }],
  given: { targets: ['1.34', '1.37'] },
  kinds: 'any',
  check(_object: object, at) {
    for (const { gate, path, type, versions } of at.dropped) {
      const field = dotted(path);
      const since = sinceOf(type, String(path.at(-1)));
      const message = `${field} is dropped by Kubernetes ${shown(versions)}: ${gate.feature} is off by default there`;
      const fix = `leave it out, or switch ${gate.feature} on; the field exists since ${since}`;
      at.report(path, message, { versions, fix });
    }
  },
});
