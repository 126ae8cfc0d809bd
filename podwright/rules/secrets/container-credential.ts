import { podRule } from '../rule';
import { samplePod } from '../samples';
import { credentialIn } from './formats';
import { type TextVisitor, visitCommands, visitEnv, WAYS } from './texts';

const url = (password: string) => `postgres://app:${password}@db/app`;

export const containerCredential = podRule({
  id: 'secrets/container-credential',
  severity: 'error',
  summary: 'a credential in the environment or the command of a container',
  why: `Whoever may read the pod, or git, has it; it shows in \`kubectl describe\` and in the list of processes.

What is found has the format of a well-known credential, and its checksum where it has one: tokens of GitHub, GitLab, npm,
Slack, Hugging Face and others, keys of clouds, private keys, signed web tokens, passwords in URLs. References (\`$(NAME)\`)
and what stands for a value (\`<password>\`, \`changeme\`) are none. It is never shown as a whole.

${WAYS}`,
  source: 'https://kubernetes.io/docs/concepts/security/secrets-good-practices/',
  fails: [samplePod('web', { args: ['--database', url('hunter2')] })],
  passes: [
    samplePod('web', {
      args: ['--database', url('$(PASSWORD)')],
      env: [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'database', key: 'password', optional: true } } }],
    }),
  ],
  check({ spec }, at) {
    const visit: TextVisitor = (text, stepsTo) => {
      const found = credentialIn(text);
      if (!found) return;
      at.report(stepsTo(), `has ${found.what} in the clear, got ${found.shown}; expected a reference to a Secret`, {
        fix: 'Put it into a Secret, refer to that, and replace it: git remembers',
      });
    };
    visitEnv(spec, visit);
    visitCommands(spec, visit);
  },
});
