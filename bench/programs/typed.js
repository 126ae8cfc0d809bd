// COUNT Pods, one container each, as each library's own users write them. CLASS: podwright's Pod, cdk8s's ApiObject, or
// cdk8s-plus's Pod; the last of them, unmodified, under either App.
const { ApiObject, App, Chart, count, plus, synth } = require('./library');

const container = {
  name: 'main',
  image: 'registry.example.com/team/app:1.2.3',
  command: ['sh', '-c'],
  args: ['while true; do date; sleep 1; done'],
};
const make = {
  podwright: () => {
    const { Pod } = require('podwright');
    return (chart, name) => new Pod(chart, name, { containers: [{ ...container }] });
  },
  // What podwright's Pod yields, written out.
  apiobject: () => (chart, name) =>
    new ApiObject(chart, name, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name },
      spec: {
        containers: [
          {
            ...container,
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          },
        ],
        securityContext: {
          runAsGroup: 65534,
          runAsNonRoot: true,
          runAsUser: 65534,
          seccompProfile: { type: 'RuntimeDefault' },
        },
      },
    }),
  plus: () => {
    const { Pod } = plus();
    return (chart, name) => new Pod(chart, name, { containers: [{ ...container, portNumber: 8080 }] });
  },
}[process.env.CLASS]();

const app = new App();
const chart = new Chart(app, 'pods');
for (let n = 0; n < count; n++) make(chart, `pod-${n}`);
synth(app);
