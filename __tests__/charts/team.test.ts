import { App } from 'podwright';
import { TeamChart } from '../../charts/team';

test('the team chart', () => {
  const app = new App();
  new TeamChart(app, 'team');
  expect(app.synthYaml()).toMatchSnapshot();
});
