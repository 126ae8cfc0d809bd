import { type ApiObjectMetadataDefinition, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { KubeJob } from '../api/k8s';
import { JOB_DEFAULTS, type JobDefault, type JobFields, jobSpec, splitJob, withRestartPolicy } from './job-spec';
import { type OnChangeProps, onChangeFaults, onChangeMeta } from './on-change';
import { type TemplateDefault, TemplateWorkload, type TemplateWorkloadProps } from './template-workload';
import { check } from './validation';

/**
 * Options of a {@link Job}: the fields of the JobSpec and of the PodSpec, flat, beside the object's metadata.
 * `activeDeadlineSeconds` and `restartPolicy` are the Job's and the pods', respectively.
 */
export interface JobProps
  extends Omit<TemplateWorkloadProps<TemplateDefault | JobDefault>, keyof JobFields>,
    JobFields,
    OnChangeProps {}

/**
 * Pods that run to their end: one, several at a time, or one for each index, each retried when it fails. A finished Job
 * gives back what it used, and stays, with its logs, until it is deleted.
 *
 * @example
 * new Job(chart, 'score', { completions: 3, parallelism: 3, containers: [{ name: 'main', image: 'python:3.11' }] });
 */
export class Job extends TemplateWorkload {
  /** The object that the cluster gets; patches to it are lossless. */
  readonly job: KubeJob;

  constructor(scope: Construct, id: string, props: JobProps = {}) {
    const { onChange, ...fields } = props;
    const { job, rest } = splitJob(fields);
    super(scope, id, withRestartPolicy(rest), 'job', JOB_DEFAULTS);
    const spec = () => jobSpec(job, this.currentTemplate(), props.defaults);
    this.job = new KubeJob(this, 'Default', {
      metadata: onChangeMeta(this.objectMeta(props.metadata), onChange, () => this.job),
      spec: Lazy.any({ produce: spec }),
    });
    check(this, () => onChangeFaults(onChange, props.metadata));
  }

  /** The Job's metadata: labels and annotations can be added to it. */
  get metadata(): ApiObjectMetadataDefinition {
    return this.job.metadata;
  }

  /**
   * The Job's name. With `onChange: 'new-name'` it is known at synthesis only: it can be passed on whole as a value of
   * an object, its own too, and not cut or joined before.
   */
  override get name(): string {
    return super.name;
  }
}
