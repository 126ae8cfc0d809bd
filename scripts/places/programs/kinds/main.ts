import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { App } from 'podwright';
import * as k8s from 'podwright/k8s';

/** A builder as one meets them in other languages: each call sets a field, build() makes the object. */
class DeploymentBuilder {
  private containers: k8s.Container[] = [];
  private labels: Record<string, string> = {};
  private count = 1;
  private strategy?: k8s.DeploymentStrategy;

  constructor(private readonly name: string) {}

  label(key: string, value: string): this {
    this.labels[key] = value;
    return this;
  }

  replicas(count: number): this {
    this.count = count;
    return this;
  }

  container(name: string, image: string, configure: (container: Record<string, unknown>) => void = () => {}): this {
    const container: Record<string, unknown> = { name, image };
    configure(container);
    this.containers.push(container as unknown as k8s.Container);
    return this;
  }

  rolling(maxSurge: number | string, maxUnavailable: number | string): this {
    this.strategy = { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } };
    return this;
  }

  build(scope: Construct): k8s.KubeDeployment {
    return new k8s.KubeDeployment(scope, this.name, {
      spec: {
        replicas: this.count,
        strategy: this.strategy,
        selector: { matchLabels: this.labels },
        template: { metadata: { labels: this.labels }, spec: { containers: this.containers } },
      },
    });
  }
}

const app = new App();
const chart = new Chart(app, 'kinds');

new DeploymentBuilder('search')
  .label('app', 'search')
  .label('tier', 'back')
  .replicas(3)
  .rolling('25%', 0)
  .container('search', 'search:5', (container) => {
    container.ports = [{ containerPort: 9200 }];
    container.workingDir = '/srv';
    container.resources = { requests: { cpu: '500m' } };
  })
  .container('exporter', 'exporter:1')
  .build(chart);

const rules: k8s.PolicyRule[] = [];
rules.push({ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] });
rules.push({ apiGroups: ['apps'], resources: ['deployments'], verbs: ['patch'] });
const role = new k8s.KubeRole(chart, 'deployer', { rules });
new k8s.KubeRoleBinding(chart, 'deployers', {
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: role.name },
  subjects: [{ kind: 'Group', name: 'deployers', apiGroup: 'rbac.authorization.k8s.io' }],
});

const budget = { minAvailable: 1 as number | string };
budget.minAvailable = '50%';
new k8s.KubePodDisruptionBudget(chart, 'budget', {
  spec: { ...budget, selector: { matchLabels: { app: 'search' } } },
});
new k8s.KubeHorizontalPodAutoscalerV2(chart, 'scaler', {
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'search' },
    minReplicas: 2,
    maxReplicas: 8,
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } }],
  },
});
new k8s.KubePersistentVolumeClaim(chart, 'claim', {
  spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'fast', resources: { requests: { storage: '5Gi' } } },
});

app.synth();
