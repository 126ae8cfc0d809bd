// What a reader is told of each rule of api/*.
import { CUSTOM_RESOURCE_TEXTS } from './custom-resources';
import { OTHER_TEXTS } from './others';
import { POD_TEXTS } from './pods';
import type { ApiText } from './text';
import { WORKLOAD_TEXTS } from './workloads';

/** Every one, sorted. */
export const API_TEXTS: readonly ApiText[] = [
  ...CUSTOM_RESOURCE_TEXTS,
  ...OTHER_TEXTS,
  ...POD_TEXTS,
  ...WORKLOAD_TEXTS,
].sort((a, b) => (a.id < b.id ? -1 : 1));
