import { type Any, at } from './path';
import type { Source } from './sources';

const AUTOSCALERS = new Set(['HorizontalPodAutoscaler', 'ScaledObject']);

/** What an autoscaler has set in objects that were read from a cluster is none of the program's. */
export function withoutOwnedReplicas(sources: readonly Source[]): Source[] {
  const owned = new Set(
    sources.flatMap(({ object }) => {
      const target: Any = AUTOSCALERS.has(object.kind) ? at(object, 'spec', 'scaleTargetRef') : undefined;
      return target ? [keyOf(target.kind ?? 'Deployment', target.name, object.metadata.namespace)] : [];
    }),
  );
  return sources.map((source) => {
    const { kind, metadata, spec } = source.expected;
    const isOwned = source.isLive && owned.has(keyOf(kind, metadata.name, metadata.namespace));
    if (!isOwned || spec?.replicas === undefined) return source;
    return {
      ...source,
      expected: withoutReplicas(source.expected),
      object: withoutReplicas(source.object),
      dropped: [...source.dropped, '/spec/replicas'],
    };
  });
}

function keyOf(kind: string, name: string, namespace = ''): string {
  return `${kind} ${namespace} ${name}`;
}

function withoutReplicas(object: Any): Any {
  const { replicas: _, ...spec } = object.spec;
  return { ...object, spec };
}
