import { App } from 'podwright';
import { CounterChart } from './charts/counter';
import { ModelServerChart } from './charts/model-server';
import { ParallelJobChart } from './charts/parallel-job';
import { ScheduledJobChart } from './charts/scheduled-job';
import { SharedVolumeChart } from './charts/shared-volume';
import { TeamChart } from './charts/team';
import { TrainingJobChart } from './charts/training-job';

// All of it runs on the one node of a laptop.
const app = new App({ facts: { nodes: [{ count: 1 }] } });

new CounterChart(app, 'counter');
new SharedVolumeChart(app, 'shared-volume');

const { team } = new TeamChart(app, 'team');
const namespace = team.name;
const { server } = new ModelServerChart(app, 'model-server', { namespace });
new ParallelJobChart(app, 'parallel-job', { namespace });
new ScheduledJobChart(app, 'scheduled-job', { namespace, url: `http://${server.service.name}/predict?x=1` });
new TrainingJobChart(app, 'training-job', { namespace });

app.synth();
