// Services. Source: pkg/apis/core/validation validateService.
import { all, each, form, object, oneOf, since, until } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { dnsLabel, dnsLabel1035, dnsSubdomain, qualifiedName } from '../values/names';
import { cidr, ip } from './addresses';
import { withSpec } from './apps';
import { endpointIp } from './endpoint-ip';
import { labels } from './labels';
import { metadata, withMetadata } from './metadata';
import { portNumber } from './ports';
import { clusterIps } from './service-ips';
import { servicePorts, serviceType } from './service-ports';

const is = (value: Any) => value !== undefined && value !== null;

/** Whether a Service has no address of its own. */
export function isHeadless(spec: Any): boolean {
  const ips = spec.clusterIPs?.length > 0 ? spec.clusterIPs : spec.clusterIP ? [spec.clusterIP] : [];
  return ips.length === 1 && ips[0] === 'None';
}

const ofType: Check = (spec: Any, at: Cursor) => {
  const type = serviceType(spec);
  if (!spec.ports?.length && !isHeadless(spec) && type !== 'ExternalName') at.required('', 'ports');
  if ((type === 'LoadBalancer' || type === 'NodePort') && isHeadless(spec)) {
    at.invalid(
      'None',
      `may not be set to 'None' for ${type} services`,
      spec.clusterIPs?.length ? 'clusterIPs' : 'clusterIP',
    ).says(1, 'clusterIPs', 0);
  }
  if (type !== 'ExternalName') return;
  const no = 'may not be set for ExternalName services';
  if (spec.clusterIPs?.length) at.forbidden(no, 'clusterIPs');
  else if (spec.clusterIP) at.forbidden(no, 'clusterIP').says(1, 'clusterIPs');
  if (spec.ipFamilies?.length) at.forbidden(no, 'ipFamilies');
  if (is(spec.ipFamilyPolicy)) at.forbidden(no, 'ipFamilyPolicy');
  const name = (spec.externalName ?? '').replace(/\.$/, '');
  if (!name) at.required('', 'externalName');
  else for (const problem of dnsSubdomain(name) ?? []) at.invalid(name, problem, 'externalName');
};

const affinity: Check = (spec: Any, at: Cursor) => {
  const seconds = spec.sessionAffinityConfig?.clientIP?.timeoutSeconds;
  if (spec.sessionAffinity === 'ClientIP' && is(seconds) && (seconds <= 0 || seconds > 86400)) {
    const problem = 'must be greater than 0 and less than 86400';
    at.invalid(seconds, problem, 'sessionAffinityConfig', 'clientIP', 'timeoutSeconds');
  }
};

const loadBalancer: Check = (spec: Any, at: Cursor) => {
  const type = serviceType(spec);
  const only = "may only be used when `type` is 'LoadBalancer'";
  const ranges = spec.loadBalancerSourceRanges ?? [];
  if (ranges.length > 0) {
    if (type !== 'LoadBalancer') {
      at.forbidden(only, 'loadBalancerSourceRanges').says(1, 'LoadBalancerSourceRanges');
    }
    const from = at.faults.length;
    ranges.forEach((range: Any, i: number) => {
      at.path.push('loadBalancerSourceRanges', i);
      cidr((range ?? '').trim(), at);
      at.path.length -= 2;
    });
    for (const fault of at.faults.slice(from)) fault.says(2, 'LoadBalancerSourceRanges', fault.path.at(-1) ?? 0);
  }
  if (is(spec.allocateLoadBalancerNodePorts) && type !== 'LoadBalancer') {
    at.forbidden(only, 'allocateLoadBalancerNodePorts');
  }
  const name = spec.loadBalancerClass;
  if (!is(name)) return;
  if (type !== 'LoadBalancer') at.forbidden(only, 'loadBalancerClass');
  else at.enter('loadBalancerClass', form(qualifiedName), name);
};

const traffic: Check = (spec: Any, at: Cursor) => {
  const type = serviceType(spec);
  const outside =
    type === 'LoadBalancer' || type === 'NodePort' || (type === 'ClusterIP' && spec.externalIPs?.length > 0);
  const policy = spec.externalTrafficPolicy;
  if (policy) {
    if (!outside) at.invalid(policy, 'may only be set for externally-accessible services', 'externalTrafficPolicy');
    else at.enter('externalTrafficPolicy', oneOf('Cluster', 'Local'), policy);
  }
  const number = spec.healthCheckNodePort;
  if (!number) return;
  if (type === 'LoadBalancer' && policy === 'Local') at.enter('healthCheckNodePort', portNumber, number);
  else {
    const problem = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
    at.invalid(number, problem, 'healthCheckNodePort');
  }
};

const distribution: Check = all(
  until('1.34', oneOf('PreferClose')),
  since('1.34', oneOf('PreferClose', 'PreferSameZone', 'PreferSameNode')),
);

const spec: Check = object(
  'api/service',
  {
    ports: servicePorts,
    selector: labels,
    sessionAffinity: oneOf('ClientIP', 'None'),
    externalIPs: each(all(ip, endpointIp)),
    type: oneOf('ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'),
    internalTrafficPolicy: { check: oneOf('Cluster', 'Local'), empty: true },
    trafficDistribution: { check: distribution, empty: true },
  },
  ofType,
  affinity,
  (value: Any, at: Cursor) => clusterIps(value, isHeadless(value), at),
  loadBalancer,
  traffic,
);

const HINTS = 'service.kubernetes.io/topology-aware-hints';
const MODE = 'service.kubernetes.io/topology-mode';
const RANGES = 'service.beta.kubernetes.io/load-balancer-source-ranges';

const annotations: Check = (service: Any, at: Cursor) => {
  const notes = service.metadata?.annotations ?? {};
  at.path.push('metadata', 'annotations');
  if (HINTS in notes && MODE in notes && notes[HINTS] !== notes[MODE]) {
    at.invalid(notes[MODE], `must match annotations[${HINTS}] when both are specified`, MODE);
  }
  if (RANGES in notes && !service.spec?.loadBalancerSourceRanges?.length) {
    if (serviceType(service.spec ?? {}) !== 'LoadBalancer') {
      at.forbidden("may only be used when `type` is 'LoadBalancer'", RANGES);
    }
    const text = (notes[RANGES] ?? '').trim();
    if (text) for (const range of text.split(',')) at.enter(RANGES, cidr, range.trim());
  }
  at.path.length -= 2;
};

const names = all(until('1.36', withMetadata(metadata(dnsLabel1035))), since('1.36', withMetadata(metadata(dnsLabel))));

/** A Service. */
export const service: Check = object('api/service', {}, names, withSpec(spec), annotations);
