import { App } from 'podwright';
import { ModelServerChart } from '../../charts/model-server';

test('the model-server chart', () => {
  const app = new App();
  new ModelServerChart(app, 'model-server', { namespace: 'ml' });
  expect(app.synthYaml()).toMatchSnapshot();
});
