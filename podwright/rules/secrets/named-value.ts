import { podRule } from '../rule';
import { samplePod } from '../samples';
import { credentialIn, isValue } from './formats';
import { visitEnv, WAYS } from './texts';

/** What a variable is called that holds a credential; of a file or a name of one it says so at its end. */
const NAMED =
  /(^|_)(PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|APIKEY|API_KEY|ACCESS_KEY|PRIVATE_KEY|SECRET_KEY|CREDENTIALS?)$/i;

export const namedValue = podRule({
  id: 'secrets/named-value',
  severity: 'warning',
  summary: 'a variable that is called as a credential is, and has its value in the clear',
  why: `By its name it is a password, a token or a key; the value may be any. Numbers, yes and no, paths and what stands for
a value (\`changeme\`, \`<token>\`) are not taken for one.

${WAYS}`,
  source: 'https://kubernetes.io/docs/concepts/security/secrets-good-practices/',
  fails: [samplePod('web', { env: [{ name: 'DB_PASSWORD', value: 'hunter2' }] })],
  passes: [samplePod('web', { env: [{ name: 'DB_PASSWORD_FILE', value: '/secrets/password' }] })],
  check({ spec }, at) {
    visitEnv(spec, (text, stepsTo, name) => {
      if (!NAMED.test(name) || !isValue(text) || /^[\d.]+$|^(yes|no|on|off)$|^\//i.test(text)) return;
      // What is known by its format is an error, told once.
      if (credentialIn(text)) return;
      at.report(
        stepsTo(),
        `is in the clear, and ${name} is the name of a credential, got ${text.length} characters; expected valueFrom`,
        {
          fix: 'Refer to a Secret: valueFrom.secretKeyRef',
        },
      );
    });
  },
});
