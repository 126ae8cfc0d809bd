import type { ApiObjectMetadataDefinition } from 'cdk8s';
import type { Construct } from 'constructs';
import { KubePod, type ObjectMeta } from '../api/k8s';
import type { PodTemplateProps } from './pod-spec';
import { POD_DEFAULTS } from './security';
import { NAME_LABEL, Workload } from './workload';

/** Options of a {@link Pod}: the PodSpec's own fields, flat, beside the object's metadata. */
export interface PodProps extends PodTemplateProps {
  /**
   * The object's metadata.
   * @default - the name is the construct's id; the namespace and labels are the chart's
   */
  readonly metadata?: ObjectMeta;
}

/**
 * One Pod: containers that share a network address and volumes, and run on one node. It is not made again when its node
 * goes; a workload that shall heal or scale is a ModelServer, and one that runs to its end is a Job.
 *
 * @example
 * new Pod(chart, 'hello', { containers: [{ name: 'main', image: 'busybox:1.37', args: ['sleep', '60'] }] });
 */
export class Pod extends Workload {
  /** The object that the cluster gets; patches to it are lossless. */
  readonly pod: KubePod;

  constructor(scope: Construct, id: string, props: PodProps = {}) {
    const { metadata, ...template } = props;
    super(scope, id, template, POD_DEFAULTS);
    this.pod = new KubePod(this, 'Default', { metadata: this.objectMeta(metadata), spec: this.lazyPodSpec() });
  }

  /** The Pod's metadata: labels and annotations can be added to it. */
  get metadata(): ApiObjectMetadataDefinition {
    return this.pod.metadata;
  }

  /** A Pod carries no label of its own until something selects it. */
  protected selectorLabels(): Record<string, string> {
    const label = this.metadata.getLabel(NAME_LABEL) ?? this.name;
    this.metadata.addLabel(NAME_LABEL, label);
    return { [NAME_LABEL]: label };
  }
}
