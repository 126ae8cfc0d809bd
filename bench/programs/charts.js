// COUNT charts of one Pod each.
const { ApiObject, App, Chart, count, synth } = require('./library');

const app = new App();
for (let n = 0; n < count; n++) {
  const name = `pod-${n}`;
  new ApiObject(new Chart(app, name), name, {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: { containers: [{ name: 'main', image: 'busybox:1.37', args: ['sleep', '60'] }] },
  });
}
synth(app);
