import { Chart, Testing } from 'cdk8s';
import { App } from 'podwright';
import { LinearTraining, type LinearTrainingProps } from '../../constructs/linear-training';

function kinds(props: LinearTrainingProps) {
  const chart = new Chart(new App(), 'test');
  new LinearTraining(chart, 'training', props);
  return Object.fromEntries(Testing.synth(chart).map((object) => [object.kind, object]));
}

test('mounts its program, whose content the name of its ConfigMap says', () => {
  const { Job, ConfigMap } = kinds({ nodes: 2 });
  const { containers, volumes } = Job.spec.template.spec;
  expect(ConfigMap.metadata.name).toMatch(/^training-code-[0-9a-f]{8}$/);
  expect(ConfigMap.data['train.py']).toContain('def gradient(state):');
  expect(volumes).toContainEqual({ name: 'code', configMap: { name: ConfigMap.metadata.name } });
  expect(containers[0].volumeMounts).toContainEqual({ name: 'code', mountPath: '/code', readOnly: true });
});

test('trains as long as it is told', () => {
  const { env } = kinds({ steps: 5, stepSeconds: 1 }).Job.spec.template.spec.containers[0];
  expect(env.slice(0, 2)).toEqual([
    { name: 'STEPS', value: '5' },
    { name: 'STEP_SECONDS', value: '1' },
  ]);
});

test('the exit code of a worker that lost a peer is the one that costs no restart', () => {
  const { Job, ConfigMap } = kinds({});
  const [code] = Job.spec.podFailurePolicy.rules[1].onExitCodes.values;
  expect(ConfigMap.data['train.py']).toContain(`PEER_LOST = ${code}\n`);
});
