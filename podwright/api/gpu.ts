/** Whether a resource's name is a GPU's, or a part's of one: nvidia.com/gpu, amd.com/gpu, nvidia.com/mig-1g.5gb. */
export function isGpu(name: string): boolean {
  return /\/(.*gpu.*|mig-.*)$/.test(name);
}
