import { App } from 'podwright';
import { ParallelJobChart } from '../../charts/parallel-job';

test('the parallel-job chart', () => {
  const app = new App();
  new ParallelJobChart(app, 'parallel-job', { namespace: 'ml' });
  expect(app.synthYaml()).toMatchSnapshot();
});
