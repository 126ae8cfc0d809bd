import type { ContainerProps, PodProps } from 'podwright';

export const DEFAULTS = {
  registry: 'registry.example.com',
  pull: 'IfNotPresent',
  grace: 45,
};

export const resources = (cpu: string, memory: string) => ({ requests: { cpu, memory }, limits: { memory } });

export function probe(path: string, port: number | string, periodSeconds = 15) {
  return { httpGet: { path, port, scheme: 'HTTP' }, periodSeconds, timeoutSeconds: 2 };
}

export function image(name: string, tag = '1.0'): string {
  return `${DEFAULTS.registry}/${name}:${tag}`;
}

export function service(name: string, port: number, more: Partial<ContainerProps> = {}): ContainerProps {
  return {
    name,
    image: image(name),
    imagePullPolicy: DEFAULTS.pull,
    ports: [{ name: 'main', containerPort: port }],
    resources: resources('50m', '32Mi'),
    ...more,
  };
}

export function onNodes(pool: string): PodProps {
  return {
    nodeSelector: { 'example.com/pool': pool },
    tolerations: [{ key: 'pool', operator: 'Equal', value: pool, effect: 'NoSchedule' }],
  };
}
