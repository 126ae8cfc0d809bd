import { App } from 'podwright';

const app = new App();
app.synth();
