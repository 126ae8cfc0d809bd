// The same program for cdk8s and for podwright: what differs is where App and the classes come from.
const stock = process.env.LIBRARY === 'cdk8s';
const cdk8s = require('cdk8s');
const plus = () => require('cdk8s-plus-27');

/** A quantity as each library's types want it. */
const quantity = stock ? (text) => plus().k8s.Quantity.fromString(text) : (text) => text;

// Writes down, when the process ends, the memory and the processor time that it took. By a flag of Node's it would be in
// programs of both libraries as well, but podwright keeps nothing from run to run of a Node that is given code to load.
if (process.env.BENCH_PEAK) {
  process.on('exit', () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    const record = { cpu: Math.round((userCPUTime + systemCPUTime) / 1000), mb: Math.round(maxRSS / 1024) };
    require('node:fs').writeFileSync(process.env.BENCH_PEAK, JSON.stringify(record));
  });
}

/** Ends a program: writes dist, or with OUTPUT=yaml only makes the YAML, which is not judged then. */
function synth(app) {
  if (process.env.OUTPUT === 'yaml') require('node:fs').writeFileSync(process.env.YAML, app.synthYaml());
  else app.synth();
}

module.exports = {
  stock,
  plus,
  quantity,
  synth,
  count: Number(process.env.COUNT ?? 10_000),
  Chart: cdk8s.Chart,
  ApiObject: cdk8s.ApiObject,
  App: stock ? cdk8s.App : require('podwright').App,
};
