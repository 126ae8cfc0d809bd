import { objectRule } from '../rule';
import { sample } from '../samples';
import { credentialIn } from './formats';
import { WAYS } from './texts';

const configMap = (text: string) => sample('v1', 'ConfigMap', 'settings', { data: { 'app.ini': text } });

export const configMapCredential = objectRule({
  id: 'secrets/config-map-credential',
  severity: 'error',
  summary: 'a credential in a ConfigMap',
  why: `A ConfigMap is for what anybody may read: roles that read a namespace have it, and git does. What is found is what
secrets/container-credential finds.

${WAYS}`,
  source: 'https://kubernetes.io/docs/concepts/configuration/configmap/#motivation',
  kinds: ['ConfigMap'],
  fails: [configMap('url = amqp://app:hunter2@queue')],
  passes: [configMap('url = amqp://queue\npassword_file = /secrets/queue/password')],
  check({ data }, at) {
    for (const [key, text] of Object.entries(data ?? {})) {
      const found = typeof text === 'string' ? credentialIn(text) : undefined;
      if (!found) continue;
      at.report(['data', key], `has ${found.what} in the clear, got ${found.shown}; expected it in a Secret`, {
        fix: 'Put it into a Secret, mount that, and replace it: git remembers',
      });
    }
  },
});
