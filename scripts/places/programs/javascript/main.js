const { ApiObject, Chart } = require('cdk8s');
const { App, Pod } = require('podwright');
const limits = require('./limits.json');

const defaults = Object.freeze({ imagePullPolicy: 'IfNotPresent', stdin: false, terminationMessagePath: '/dev/log' });

function Container(name, image) {
  return Object.assign({}, defaults, { name: name, image: image, resources: { limits: limits.small } });
}

const app = new App();
const chart = new Chart(app, 'javascript');

const spec = { restartPolicy: 'Never' };
spec.containers = [];
spec.containers.push(Container('main', 'busybox:1.37'));
spec.containers.push({ ...Container('side', 'busybox:1.36'), args: 'sleep 60'.split(' ') });
spec.activeDeadlineSeconds = 60 * 60;
new Pod(chart, 'copied', JSON.parse(JSON.stringify(spec)));

const clone = structuredClone(spec);
clone.containers[0].name = 'renamed';
clone.containers[1].env = Object.entries({ A: 'one', B: 'two' }).map(([name, value]) => ({ name, value }));
clone.hostAliases = [{ ip: '10.0.0.1', hostnames: ['one.local', 'two.local'] }];
new Pod(chart, 'cloned', clone);

const service = {};
service.apiVersion = 'v1';
service.kind = 'Service';
service['metadata'] = { name: 'svc', labels: { ['app']: 'x' } };
service.spec = { type: 'NodePort', sessionAffinity: 'None', ports: [] };
for (let n = 0; n < 2; n++) service.spec.ports.push({ name: 'p' + n, port: 100 + n, nodePort: 30100 + n });
new ApiObject(chart, 'svc', service);

app.synth();
