import type { ApiObjectMetadataDefinition } from 'cdk8s';
import { Construct } from 'constructs';
import { KubeConfigMap, type ObjectMeta } from '../api/k8s';
import { markOurs } from '../synth/ours';
import { type Defaults, defaultsFaults, isOn } from './defaults';
import { KEEP_GENERATIONS, marked } from './gitops-marks';
import { contentHash } from './hash';
import { check, fault } from './validation';
import { checkedId, objectMeta } from './workload';

/** The names of the defaults below. */
export const CONFIG_DEFAULTS = ['immutable', 'keep'] as const;

/**
 * A default of a {@link HashedConfigMap}:
 *
 * - `immutable`: true; another content has another name, and the kubelet need not watch this one.
 * - `keep`: annotations that keep Flux and Argo CD from deleting it when the next generation takes its place. A pod of
 *   the last one may still need it: a rollout that is stuck leaves old pods, which could not start again without it.
 */
export type HashedConfigMapDefault = (typeof CONFIG_DEFAULTS)[number];

/** Options of a {@link HashedConfigMap}. */
export interface HashedConfigMapProps {
  /** Text by key. @default - none */
  readonly data?: Readonly<Record<string, string>>;

  /** Bytes by key, in base64. @default - none */
  readonly binaryData?: Readonly<Record<string, string>>;

  /**
   * The object's metadata; the content's hash is added to its name.
   * @default - the name is the construct's id and the hash; the namespace and labels are the chart's
   */
  readonly metadata?: ObjectMeta;

  /** Defaults to leave out: by name, or all with 'none'. @default - every default applies */
  readonly defaults?: Defaults<HashedConfigMapDefault>;
}

/**
 * A ConfigMap whose name carries its content's hash: a changed content is a new ConfigMap, so that whatever refers to
 * it by `name` is rolled out anew, and rolled back, as one.
 *
 * @example
 * const settings = new HashedConfigMap(chart, 'settings', { data: { 'app.ini': 'threads = 4' } });
 */
export class HashedConfigMap extends Construct {
  /** The object that the cluster gets; patches to it are lossless, and do not change its name. */
  readonly configMap: KubeConfigMap;

  constructor(scope: Construct, id: string, props: HashedConfigMapProps) {
    super(scope, checkedId(scope, id));
    const { metadata, defaults } = props;
    const content = {
      ...(props.data && { data: { ...props.data } }),
      ...(props.binaryData && { binaryData: { ...props.binaryData } }),
    };
    const meta = objectMeta(this, metadata);
    const named = { ...meta, name: `${meta.name}-${contentHash(content)}` };
    this.configMap = new KubeConfigMap(this, 'Default', {
      metadata: isOn(defaults, 'keep') ? marked(named, KEEP_GENERATIONS) : named,
      ...content,
      ...(isOn(defaults, 'immutable') && { immutable: true }),
    });
    check(this, () => [
      ...defaultsFaults(defaults, CONFIG_DEFAULTS),
      ...(metadata?.generateName === undefined
        ? []
        : [fault('metadata.generateName', 'has no place for the hash', metadata.generateName, 'metadata.name')]),
      ...Object.entries(content).flatMap(([field, values]) => textFaults(field, values)),
    ]);
  }

  /** The ConfigMap's name, with the hash. */
  get name(): string {
    return this.configMap.name;
  }

  /** The ConfigMap's metadata: labels and annotations can be added to it. */
  get metadata(): ApiObjectMetadataDefinition {
    return this.configMap.metadata;
  }
}

markOurs(HashedConfigMap);

// What is only known at synthesis could not be part of the name.
function textFaults(field: string, values: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(values)
    .filter(([, value]) => typeof value !== 'string')
    .map(([key, value]) => fault(`${field}['${key}']`, 'must be text', value, 'a string'));
}
