import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { ObjectMeta, PodTemplateSpec } from '../api/k8s';
import { isOn } from './defaults';
import type { PodTemplateProps } from './pod-spec';
import { POD_DEFAULTS, type PodDefault } from './security';
import { plain } from './values';
import { COMPONENT_LABEL, NAME_LABEL, Workload } from './workload';

/** The names of the defaults of every workload that makes its pods from a template. */
export const TEMPLATE_DEFAULTS = [...POD_DEFAULTS, 'labels'] as const;

/**
 * A default of every workload that makes its pods from a template: those of its pods, and
 *
 * - `labels`: app.kubernetes.io/name and app.kubernetes.io/component on the object and its pods, and the chart's labels
 *   on the pods too, so that whoever looks for pods by owner or cost finds them.
 */
export type TemplateDefault = PodDefault | 'labels';

/** What every workload that makes its pods from a template takes. */
export interface TemplateWorkloadProps<Default extends string> extends PodTemplateProps<Default> {
  /**
   * The object's metadata.
   * @default - the name is the construct's id; the namespace and labels are the chart's
   */
  readonly metadata?: ObjectMeta;

  /**
   * The metadata of the pods: labels and annotations.
   * @default - labels that name the workload, and those of the chart
   */
  readonly podMetadata?: ObjectMeta;
}

/** A workload that makes its pods from a template. */
export abstract class TemplateWorkload extends Workload {
  readonly #podMetadata: ObjectMeta;
  readonly #ownLabels: Record<string, string>;
  readonly #isLabelled: boolean;
  #isSelected = false;

  /** @param component the value of the label app.kubernetes.io/component: what kind of workload it is */
  protected constructor(
    scope: Construct,
    id: string,
    props: TemplateWorkloadProps<string>,
    component: string,
    defaults: readonly string[],
  ) {
    const { metadata, podMetadata, ...template } = props;
    super(scope, id, template, [...TEMPLATE_DEFAULTS, ...defaults]);
    this.#podMetadata = plain(podMetadata ?? {});
    this.#ownLabels = { [NAME_LABEL]: metadata?.name ?? id, [COMPONENT_LABEL]: component };
    this.#isLabelled = isOn(props.defaults as PodTemplateProps<string>['defaults'], 'labels');
  }

  protected selectorLabels(): Record<string, string> {
    this.#isSelected = true;
    const { labels } = this.#podMetadata;
    const selector = Object.keys(this.#ownLabels).map((key) => [key, labels?.[key] ?? this.#ownLabels[key]]);
    return Object.fromEntries(selector);
  }

  /** The pods' template as it stands, defaults filled in: a copy. */
  get podTemplate(): PodTemplateSpec {
    return plain(this.currentTemplate());
  }

  /** The pods' template as it stands: shared with the workload, for synthesis, which copies it. */
  protected currentTemplate(): PodTemplateSpec {
    const labels = {
      ...(this.#isLabelled ? Chart.of(this).labels : {}),
      ...(this.#isLabelled || this.#isSelected ? this.#ownLabels : {}),
      ...this.#podMetadata.labels,
    };
    const metadata = Object.keys(labels).length > 0 ? { ...this.#podMetadata, labels } : this.#podMetadata;
    return { ...(Object.keys(metadata).length > 0 && { metadata }), spec: this.currentSpec() };
  }

  /** The object's metadata, labelled as the pods are. */
  protected override objectMeta(metadata: ObjectMeta | undefined): ObjectMeta {
    const meta = super.objectMeta(metadata);
    return this.#isLabelled ? { ...meta, labels: { ...this.#ownLabels, ...meta.labels } } : meta;
  }
}
