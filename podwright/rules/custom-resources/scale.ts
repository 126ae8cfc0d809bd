// The fields that a CRD's scale subresource names.
// Source: k8s.io/apiextensions-apiserver/pkg/registry/customresource/validator.go.
import type { Any, Cursor } from '../engine/cursor';

/** The paths of `subresources.scale`. */
export interface Scale {
  readonly specReplicasPath?: string;
  readonly statusReplicasPath?: string;
  readonly labelSelectorPath?: string;
}

/** Replica counts and a selector of the types that the subresource needs. */
export function scaleFields(object: Any, scale: Scale, at: Cursor): void {
  at.rule = 'api/schema';
  replicas(object, scale.specReplicasPath, at);
  replicas(object, scale.statusReplicasPath, at);
  const { labelSelectorPath } = scale;
  const selector = labelSelectorPath === undefined ? undefined : nested(object, labelSelectorPath);
  if (labelSelectorPath === undefined || !selector) return;
  const { value } = selector;
  const what =
    selector.wrong ??
    (value === undefined || typeof value === 'string' ? undefined : wrong(labelSelectorPath, value, 'string'));
  if (what) fault(at, labelSelectorPath, '', what);
}

function replicas(object: Any, path: string | undefined, at: Cursor): void {
  if (path === undefined) return;
  const { value, wrong: around } = nested(object, path);
  if (around) fault(at, path, 0, around);
  else if (value === undefined) return;
  else if (typeof value !== 'number' || !Number.isInteger(value)) fault(at, path, 0, wrong(path, value, 'int64'));
  else if (value < 0) fault(at, path, value, 'should be a non-negative integer');
  else if (value > 2 ** 31 - 1) fault(at, path, value, `should be less than or equal to ${2 ** 31 - 1}`);
}

function fault(at: Cursor, path: string, value: unknown, what: string): void {
  const steps = stepsOf(path);
  // The server names the path as the CRD has it, its first point included.
  at.invalid(value, what, ...steps).says(steps.length, path);
}

function stepsOf(path: string): string[] {
  return path.replace(/^\./, '').split('.');
}

/** The value at a path; `wrong` where it leads through something else than objects. */
function nested(object: Any, path: string): { value?: Any; wrong?: string } {
  let value = object;
  const steps = stepsOf(path);
  for (const [index, step] of steps.entries()) {
    if (value === undefined || value === null) return {};
    if (typeof value !== 'object' || Array.isArray(value)) {
      return { wrong: wrong(steps.slice(0, index + 1).join('.'), value, 'map[string]interface{}') };
    }
    value = value[step];
  }
  return { value: value ?? undefined };
}

function wrong(path: string, value: unknown, expected: string): string {
  return `.${path.replace(/^\./, '')} accessor error: ${shown(value)} is of the type ${goType(value)}, expected ${expected}`;
}

/** As Go's %v shows a value. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(shown).join(' ')}]`;
  if (typeof value !== 'object' || value === null) return String(value ?? '<nil>');
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `map[${entries.map(([name, one]) => `${name}:${shown(one)}`).join(' ')}]`;
}

function goType(value: unknown): string {
  if (Array.isArray(value)) return '[]interface {}';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  return typeof value === 'object' ? 'map[string]interface {}' : typeof value === 'boolean' ? 'bool' : typeof value;
}
