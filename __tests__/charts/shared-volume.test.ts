import { App } from 'podwright';
import { SharedVolumeChart } from '../../charts/shared-volume';

test('the shared-volume chart', () => {
  const app = new App();
  new SharedVolumeChart(app, 'shared-volume');
  expect(app.synthYaml()).toMatchSnapshot();
});
