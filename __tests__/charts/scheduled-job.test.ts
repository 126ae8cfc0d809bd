import { App } from 'podwright';
import { ScheduledJobChart } from '../../charts/scheduled-job';

test('the scheduled-job chart', () => {
  const app = new App();
  new ScheduledJobChart(app, 'scheduled-job', { namespace: 'ml', url: 'http://linear/predict?x=1' });
  expect(app.synthYaml()).toMatchSnapshot();
});
