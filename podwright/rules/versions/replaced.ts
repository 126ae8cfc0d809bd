// Versions of API groups that Kubernetes stopped to serve before the oldest version that the toolkit has schemas of.
// Source: https://kubernetes.io/docs/reference/using-api/deprecation-guide/

/** The first Kubernetes minor that does not serve it any more, and what to use; undefined where nothing replaces it. */
export interface Removal {
  readonly in: string;
  readonly use: string | undefined;
}

/** By `apiVersion`, and by `apiVersion kind` where its kinds were removed at different times. */
const REMOVED: { readonly [key: string]: readonly [minor: number, use?: string] } = {
  'extensions/v1beta1 Ingress': [22, 'networking.k8s.io/v1'],
  'extensions/v1beta1 NetworkPolicy': [16, 'networking.k8s.io/v1'],
  'extensions/v1beta1 PodSecurityPolicy': [16],
  'extensions/v1beta1': [16, 'apps/v1'],
  'apps/v1beta1': [16, 'apps/v1'],
  'apps/v1beta2': [16, 'apps/v1'],
  'admissionregistration.k8s.io/v1beta1 MutatingWebhookConfiguration': [22, 'admissionregistration.k8s.io/v1'],
  'admissionregistration.k8s.io/v1beta1 ValidatingWebhookConfiguration': [22, 'admissionregistration.k8s.io/v1'],
  'apiextensions.k8s.io/v1beta1': [22, 'apiextensions.k8s.io/v1'],
  'apiregistration.k8s.io/v1beta1': [22, 'apiregistration.k8s.io/v1'],
  'certificates.k8s.io/v1beta1 CertificateSigningRequest': [22, 'certificates.k8s.io/v1'],
  'coordination.k8s.io/v1beta1 Lease': [22, 'coordination.k8s.io/v1'],
  'networking.k8s.io/v1beta1 Ingress': [22, 'networking.k8s.io/v1'],
  'networking.k8s.io/v1beta1 IngressClass': [22, 'networking.k8s.io/v1'],
  'rbac.authorization.k8s.io/v1alpha1': [22, 'rbac.authorization.k8s.io/v1'],
  'rbac.authorization.k8s.io/v1beta1': [22, 'rbac.authorization.k8s.io/v1'],
  'scheduling.k8s.io/v1beta1 PriorityClass': [22, 'scheduling.k8s.io/v1'],
  'storage.k8s.io/v1beta1 CSIDriver': [22, 'storage.k8s.io/v1'],
  'storage.k8s.io/v1beta1 CSINode': [22, 'storage.k8s.io/v1'],
  'storage.k8s.io/v1beta1 StorageClass': [22, 'storage.k8s.io/v1'],
  'storage.k8s.io/v1beta1 VolumeAttachment': [22, 'storage.k8s.io/v1'],
  'storage.k8s.io/v1beta1 CSIStorageCapacity': [27, 'storage.k8s.io/v1'],
  'batch/v1beta1': [25, 'batch/v1'],
  'batch/v2alpha1': [21, 'batch/v1'],
  'discovery.k8s.io/v1beta1': [25, 'discovery.k8s.io/v1'],
  'events.k8s.io/v1beta1': [25, 'events.k8s.io/v1'],
  'node.k8s.io/v1beta1': [25, 'node.k8s.io/v1'],
  'policy/v1beta1 PodDisruptionBudget': [25, 'policy/v1'],
  'policy/v1beta1 PodSecurityPolicy': [25],
  'autoscaling/v2beta1': [25, 'autoscaling/v2'],
  'autoscaling/v2beta2': [26, 'autoscaling/v2'],
  'flowcontrol.apiserver.k8s.io/v1beta1': [26, 'flowcontrol.apiserver.k8s.io/v1'],
};

/** When a kind was removed in a version of its group; undefined where nothing is known of that. */
export function removalOf(apiVersion: string, kind: string): Removal | undefined {
  const key = `${apiVersion} ${kind}`;
  const entry = Object.hasOwn(REMOVED, key)
    ? REMOVED[key]
    : Object.hasOwn(REMOVED, apiVersion)
      ? REMOVED[apiVersion]
      : undefined;
  return entry && { in: `1.${entry[0]}`, use: entry[1] };
}
