import { spawnSync } from 'node:child_process';
import { Chart, Testing } from 'cdk8s';
import { App } from 'podwright';
import { BatchScoring } from '../../constructs/batch-scoring';

const chart = new Chart(new App(), 'test');
new BatchScoring(chart, 'scoring', { parts: 6, parallelism: 3 });
const [{ spec }] = Testing.synth(chart);

test('each part is a pod, tried once more without the others', () => {
  expect(spec).toMatchObject({ completionMode: 'Indexed', completions: 6, parallelism: 3, backoffLimitPerIndex: 1 });
});

test('a part is scored by its index', () => {
  const [program, ...args] = spec.template.spec.containers[0].command;
  const { stdout } = spawnSync(program, args, { env: { JOB_COMPLETION_INDEX: '2' }, encoding: 'utf8' });
  const squares = Array.from({ length: 100 }, (_, n) => (200 + n) ** 2);
  expect(stdout).toBe(`part 2: ${squares.reduce((sum, square) => sum + square)}\n`);
});
