// COUNT layers of five objects, each of which depends on all five of the layer before.
const { ApiObject, App, Chart, count, synth } = require('./library');

const app = new App();
const chart = new Chart(app, 'layers');
let before = [];
for (let layer = 0; layer < count; layer++) {
  const objects = [0, 1, 2, 3, 4].map(
    (n) => new ApiObject(chart, `o-${layer}-${n}`, { apiVersion: 'v1', kind: 'ConfigMap', data: { n: String(n) } }),
  );
  for (const object of objects) for (const other of before) object.addDependency(other);
  before = objects;
}
const started = performance.now();
synth(app);
process.stderr.write(`synthesis ${performance.now() - started}\n`);
