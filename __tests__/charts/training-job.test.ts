import { App } from 'podwright';
import { TrainingJobChart } from '../../charts/training-job';

test('the training-job chart', () => {
  const app = new App();
  new TrainingJobChart(app, 'training-job', { namespace: 'ml' });
  expect(app.synthYaml()).toMatchSnapshot();
});
