import { podRule } from '../rule';
import { samplePod } from '../samples';

const SYSCTL = 'net.ipv4.ip_unprivileged_port_start';
const pod = (spec: object) =>
  samplePod('web', { ports: [{ containerPort: 80 }] }, { securityContext: { runAsUser: 65534, ...spec } });

export const lowPort = podRule({
  id: 'start/low-port',
  severity: 'warning',
  summary: 'a container that is not root, at a port below 1024',
  why: `A process that is not root may listen at ports from 1024 on; below, it ends with 'permission denied' on many nodes. Some
container runtimes open the lower ports to everybody, so that it works on one cluster and not on the next.

The sysctl net.ipv4.ip_unprivileged_port_start opens them for a pod, and the \`restricted\` Pod Security Standard allows it; or
the program listens at another port, which a Service can show as 80.`,
  source: 'https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/#safe-and-unsafe-sysctls',
  fails: [pod({})],
  passes: [pod({ sysctls: [{ name: SYSCTL, value: '80' }] })],
  check({ spec }, at) {
    const pod = spec.securityContext ?? {};
    if (spec.os?.name === 'windows') return;
    const containers = spec.containers ?? [];
    for (let index = 0; index < containers.length; index++) {
      const { ports, securityContext: own = {} } = containers[index];
      if (!ports) continue;
      const user = own.runAsUser ?? pod.runAsUser;
      if (user === 0 || (user === undefined && !(own.runAsNonRoot ?? pod.runAsNonRoot))) continue;
      const opened = (pod.sysctls ?? []).find(({ name }: { name?: string }) => name === SYSCTL)?.value;
      const first = opened === undefined ? 1024 : Number(opened);
      for (let number = 0; number < ports.length; number++) {
        const { containerPort } = ports[number];
        if (!(containerPort < first)) continue;
        at.report(
          ['spec', 'containers', index, 'ports', number, 'containerPort'],
          `is below ${first}, where only root may listen, got ${containerPort}`,
          { fix: `Listen at another port, or set the sysctl ${SYSCTL} to ${containerPort}` },
        );
      }
    }
  },
});
