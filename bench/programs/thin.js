// COUNT Pods of the thin generated class, with all that an ordinary Pod says, in one chart.
const { App, Chart, count, plus, quantity, stock, synth } = require('./library');
const { KubePod } = stock ? plus().k8s : require('podwright/k8s');

const app = new App();
const chart = new Chart(app, 'pods');
for (let n = 0; n < count; n++) {
  const name = `pod-${n}`;
  new KubePod(chart, name, {
    metadata: {
      name,
      labels: { app: 'bench', 'app.kubernetes.io/name': name, tier: 'worker' },
      annotations: { 'example.com/owner': 'team-a' },
    },
    spec: {
      restartPolicy: 'Always',
      automountServiceAccountToken: false,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 1000,
        fsGroup: 2000,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [
        {
          name: 'main',
          image: 'registry.example.com/team/app:1.2.3',
          command: ['sh', '-c'],
          args: ['i=0; while true; do echo "$i: $(date)"; i=$((i+1)); sleep 1; done'],
          ports: [{ name: 'http', containerPort: 8080 }],
          env: [
            { name: 'INDEX', value: String(n) },
            { name: 'MODE', value: 'on' },
          ],
          resources: {
            requests: { cpu: quantity('100m'), memory: quantity('128Mi') },
            limits: { memory: quantity('256Mi') },
          },
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
          volumeMounts: [{ name: 'data', mountPath: '/data' }],
        },
      ],
      volumes: [{ name: 'data', emptyDir: { sizeLimit: quantity('1Gi') } }],
    },
  });
}
synth(app);
