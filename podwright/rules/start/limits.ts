// What containers of a namespace request and are limited to, and between which bounds.
// Source: plugin/pkg/admission/limitranger.
import { type Amounts, amountsOf } from '../../api/amounts';
import type { Any } from '../engine/cursor';
import type { World } from '../world';

/** The resources of a container, with what the API server and a LimitRange fill in. */
export interface Resources {
  readonly requests: Amounts;
  readonly limits: Amounts;
}

/** See {@link Resources}. */
export function resourcesOf(world: World, container: Any, namespace: string): Resources {
  const limits = amountsOf(container.resources?.limits);
  // What is limited and not requested is requested as it is limited.
  const requests: Amounts = new Map([...limits, ...amountsOf(container.resources?.requests)]);
  for (const { spec } of world.ofKind('LimitRange', namespace)) {
    for (const item of spec?.limits ?? []) {
      if (item.type !== 'Container') continue;
      const preset = presetOf(item);
      const request: Amounts = new Map([...amountsOf(item.min), ...preset, ...amountsOf(item.defaultRequest)]);
      for (const [name, amount] of request) if (!requests.has(name)) requests.set(name, amount);
      for (const [name, amount] of preset) if (!limits.has(name)) limits.set(name, amount);
    }
  }
  return { requests, limits };
}

/** The limits that an item of a LimitRange gives containers that have none. */
export function presetOf(item: Any): Amounts {
  return new Map([...amountsOf(item.max), ...amountsOf(item.default)]);
}
