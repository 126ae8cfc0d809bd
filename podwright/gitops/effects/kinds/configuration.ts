// ConfigMaps and Secrets: what a change does is decided by how pods use them.
import { type Change, inPlace, type KindRules, type Outcome, recreate, shortList } from '../effect';

function content(_: unknown, { before, after, cluster }: Change): Outcome {
  if (before.immutable) return recreate(`an immutable ${after.kind} takes no other content`);
  const { once, mounted } = cluster.usesOf(after);
  const files = mounted.length > 0 ? `the files in ${shortList(mounted)} follow within about a minute` : '';
  if (once.length === 0) return inPlace(files || 'no pod of the program reads it');
  const what = [`${shortList(once)} read it when they start`, files].filter(Boolean).join('; ');
  return { effect: 'until-restart', what, waitsFor: 'their pods start again' };
}

export const configuration: KindRules = {
  kinds: ['ConfigMap', 'Secret'],
  source:
    'ValidateConfigMapUpdate, ValidateSecretUpdate in pkg/apis/core/validation; pkg/kubelet/configmap, pkg/kubelet/secret',
  rules: [
    { at: 'data', does: content },
    { at: 'binaryData', does: content },
    { at: 'stringData', does: content },
    {
      at: 'immutable',
      does: ({ before, after }) =>
        before
          ? recreate('immutable is not taken back')
          : after
            ? inPlace('its content is fixed from now on')
            : undefined,
    },
    { at: 'type', does: recreate("a Secret's type is immutable") },
  ],
};
