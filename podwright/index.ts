export type { AutoscaleProps } from './constructs/autoscale';
export type { CheckpointProps } from './constructs/checkpoints';
export { Claim, type ClaimDefault, type ClaimProps } from './constructs/claim';
export type { Defaults } from './constructs/defaults';
export { Env, type EnvProps, type EnvSource, type EnvValueLike } from './constructs/env';
export {
  ArgoApplication,
  type ArgoApplicationProps,
  type ArgoDestination,
  type ArgoProps,
} from './constructs/gitops/argo-application';
export {
  ArgoApplicationSet,
  type ArgoApplicationSetProps,
  type ArgoCluster,
} from './constructs/gitops/argo-application-set';
export {
  FluxKustomization,
  type FluxKustomizationProps,
  type FluxSource,
} from './constructs/gitops/flux-kustomization';
export { Kustomization, type KustomizationProps } from './constructs/gitops/kustomization';
export { SopsFile, type SopsFileProps } from './constructs/gitops/sops-file';
export type { PostBuild, SubstituteFrom } from './constructs/gitops/substitution';
export {
  HashedConfigMap,
  type HashedConfigMapDefault,
  type HashedConfigMapProps,
} from './constructs/hashed-config-map';
export { Job, type JobProps } from './constructs/job';
export type { JobDefault, JobFields } from './constructs/job-spec';
export { ModelServer, type ModelServerDefault, type ModelServerProps } from './constructs/model-server';
export type { DownloadProps, ModelProps } from './constructs/model-source';
export type { OnChange, OnChangeProps } from './constructs/on-change';
export type { Peer, PeerProps } from './constructs/peers';
export { Pod, type PodProps } from './constructs/pod';
export type { AddOptions, ContainerProps, PodTemplateProps, Props } from './constructs/pod-spec';
export { ScheduledJob, type ScheduledJobDefault, type ScheduledJobProps } from './constructs/scheduled-job';
export type { PodDefault, PodUser } from './constructs/security';
export type { Rollout } from './constructs/serving';
export { type PodSecurityLevel, Team, type TeamDefault, type TeamMember, type TeamProps } from './constructs/team';
export { type TemplateDefault, TemplateWorkload, type TemplateWorkloadProps } from './constructs/template-workload';
export { PEER_LOST, TrainingJob, type TrainingJobDefault, type TrainingJobProps } from './constructs/training-job';
export type { CpuLike, DurationLike, NameValue, QuantityValue, SecondsValue, SizeLike } from './constructs/values';
export { Workload } from './constructs/workload';
export type { Finding, ObjectIdentity, Severity, SourcePlace, Suppression } from './report/finding';
export { FindingsError } from './report/findings-error';
export { formatFinding, formatFindings } from './report/text';
export { App, type AppProps } from './synth/app';
export { comment } from './synth/comment';
export { Environment, type EnvironmentProps } from './synth/environment';
export { type Exception, except } from './synth/except';
export { PatchError, type PatchOperation } from './synth/patch/json-patch';
export { Patch, patch } from './synth/patch/patch';
