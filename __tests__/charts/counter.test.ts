import { App } from 'podwright';
import { CounterChart } from '../../charts/counter';

test('the counter chart', () => {
  const app = new App();
  new CounterChart(app, 'counter');
  expect(app.synthYaml()).toMatchSnapshot();
});
