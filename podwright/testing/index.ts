// podwright/testing: assertions that know Kubernetes.
import { type ManifestMatchers, matchers } from './matchers';
import { serializer } from './serializer';

export type { End, Port } from '../rules/relations/flows';
export { Testing } from './facade';
export type { KindName, KindsByName, ManifestOf } from './kinds';
export { Manifests, type ManifestsOptions, type Ref, type Where } from './manifests';
export { type Exactly, exactly, type Match } from './match';
export { ExpectationError, expectManifests, type ManifestMatchers, matchers } from './matchers';
export { serializer } from './serializer';
export type { Source } from './source';

declare global {
  namespace jest {
    // biome-ignore lint/complexity/noBannedTypes: jest's own declaration has it so
    interface Matchers<R, T = {}> extends ManifestMatchers<R> {}
  }
}

const { expect } = globalThis as {
  expect?: { extend?(matchers: object): void; addSnapshotSerializer?(serializer: object): void };
};
expect?.extend?.(matchers);
expect?.addSnapshotSerializer?.(serializer);
