import { App } from 'podwright';
import { CounterChart } from './charts/counter';
import { SharedVolumeChart } from './charts/shared-volume';

const app = new App();

new CounterChart(app, 'counter');
new SharedVolumeChart(app, 'shared-volume');

app.synth();
