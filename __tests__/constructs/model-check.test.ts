import { Chart, Testing } from 'cdk8s';
import { App } from 'podwright';
import { ModelCheck } from '../../constructs/model-check';

test('asks the address by the clock', () => {
  const chart = new Chart(new App(), 'test');
  new ModelCheck(chart, 'check', { schedule: '* * * * *', url: 'http://linear/health' });
  const [{ spec }] = Testing.synth(chart);
  expect(spec.schedule).toBe('* * * * *');
  expect(spec.jobTemplate.spec.template.spec.containers[0].command.at(-1)).toBe('http://linear/health');
});
