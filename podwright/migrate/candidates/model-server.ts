// A Deployment with its Service and what stands beside them, as one construct.
import { SERVER_DEFAULTS } from '../../constructs/model-server';
import { TEMPLATE_DEFAULTS } from '../../constructs/template-workload';
import { type Fields, isFields } from '../code';
import { carry } from '../comments';
import { type Any, at } from '../path';
import { type Candidate, type Trial, without } from './candidate';
import { type Lean, withDefaults } from './defaults';
import { leaveOut, leaveOutLabels, merged, SECURITY_LEANS } from './pod-props';
import { plainPort } from './team';
import { metadataProp, templateProps } from './workloads';

const NAME = 'app.kubernetes.io/name';
const COMPONENT = 'app.kubernetes.io/component';

/** The ModelServer that makes a Deployment and, of the objects beside it, what a ModelServer makes. */
export function modelServer(deployment: Any, others: readonly Any[], trial: Trial): Candidate | undefined {
  const { metadata, spec } = deployment;
  const selector: Any = at(spec, 'selector', 'matchLabels');
  // It selects its pods by these two labels: one that selects them otherwise is none.
  if (!isFields(selector) || Object.keys(selector).sort().join() !== `${COMPONENT},${NAME}`) return undefined;
  const { name, namespace } = metadata;
  const find = (kind: string, own: string) =>
    others.find((each) => each.kind === kind && each.metadata.name === own && each.metadata.namespace === namespace);
  const service = find('Service', name);
  const template = templateProps(spec.template);
  const port: Any = at(service, 'spec', 'ports', 0);
  if (!port || !template) return undefined;
  const autoscaler = find('HorizontalPodAutoscaler', name);
  const ingress = find('NetworkPolicy', `${name}-ingress`);
  const egress = find('NetworkPolicy', `${name}-egress`);
  const objects = [deployment, service, autoscaler, find('PodDisruptionBudget', name), ingress, egress].filter(Boolean);
  const props = merged(
    metadataProp(deployment, name, trial),
    without(spec, 'selector', 'template'),
    { port: port.targetPort, servicePort: port.port },
    served(template),
    autoscaler ? { autoscale: autoscaleOf(autoscaler) } : {},
    ingress ? { allowFrom: peersOf(ingress, 'ingress', 'from') } : {},
    egress ? { allowTo: peersOf(egress, 'egress', 'to').slice(1) } : {},
    template,
  );
  if (!props) return undefined;
  const candidate = { className: 'ModelServer' as const, id: name, props, objects };
  return withDefaults(candidate, trial, [...TEMPLATE_DEFAULTS, ...SERVER_DEFAULTS], LEANS);
}

/** What a server says of itself by its probes: where it answers, and how long its model takes. */
function served(template: Fields): Fields {
  const container: Any = at(template, 'containers', 0);
  const { startupProbe, lifecycle } = container ?? {};
  const healthPath = at(startupProbe, 'httpGet', 'path');
  const { failureThreshold, periodSeconds } = startupProbe ?? {};
  const drainSeconds = at(lifecycle, 'preStop', 'sleep', 'seconds');
  const isWhole = typeof failureThreshold === 'number' && typeof periodSeconds === 'number';
  return {
    ...(typeof healthPath === 'string' && { healthPath }),
    ...(isWhole && { loadSeconds: failureThreshold * periodSeconds }),
    ...(typeof drainSeconds === 'number' && { drainSeconds }),
  };
}

function autoscaleOf({ spec }: Any): Fields {
  const { scaleTargetRef: _, metrics, ...fields } = spec ?? {};
  const [cpu, ...others]: Any[] = Array.isArray(metrics) ? metrics : [];
  const target = at(cpu, 'resource', 'target', 'averageUtilization');
  const isCpu = at(cpu, 'resource', 'name') === 'cpu' && typeof target === 'number';
  const rest = isCpu ? others : metrics;
  return {
    ...fields,
    ...(isCpu && { cpuUtilization: target }),
    ...(Array.isArray(rest) && rest.length > 0 && { metrics: rest }),
  };
}

function peersOf(policy: Any, direction: string, end: string): Any[] {
  const rules: Any = at(policy, 'spec', direction);
  if (!Array.isArray(rules)) return [];
  return rules.map((rule) => ({ ...at(rule, end, 0), ...(rule?.ports && { ports: rule.ports.map(plainPort) }) }));
}

const inServer =
  (...fields: readonly string[]): Lean =>
  (props) => {
    const [server, ...others] = Array.isArray(props.containers) ? props.containers : [];
    if (!isFields(server) || !fields.some((field) => field in server)) return props;
    return carry(
      { ...props, containers: carry([without(server, ...fields), ...others], props.containers as object) },
      props,
    );
  };

const eachContainer =
  (field: string): Lean =>
  (props) => {
    const list = props.containers;
    if (!Array.isArray(list) || !list.some((container) => isFields(container) && field in container)) return props;
    const containers = list.map((container) => (isFields(container) ? without(container, field) : container));
    return carry({ ...props, containers: carry(containers, list) }, props);
  };

const LEANS: readonly Lean[] = [
  ...SECURITY_LEANS,
  inServer('startupProbe', 'readinessProbe', 'livenessProbe'),
  eachContainer('lifecycle'),
  leaveOut('terminationGracePeriodSeconds'),
  leaveOut('topologySpreadConstraints'),
  leaveOut('strategy'),
  leaveOut('progressDeadlineSeconds'),
  leaveOutLabels('podMetadata'),
  leaveOutLabels('metadata'),
  leaveOut('allowFrom'),
  leaveOut('drainSeconds'),
  leaveOut('loadSeconds'),
  leaveOut('servicePort'),
  leaveOut('port'),
];
