// Who owns an object. Source: k8s.io/apimachinery/pkg/api/validation/objectmeta.go ValidateOwnerReferences.
import { before, each } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';

const owner: Check = (reference: Any, at: Cursor) => {
  const { apiVersion = '', kind = '' } = reference;
  const slashes = apiVersion.split('/').length - 1;
  if (apiVersion === '' || apiVersion === '/' || slashes > 1 || apiVersion.endsWith('/')) {
    at.invalid(apiVersion, 'version must not be empty', 'apiVersion');
  }
  for (const field of ['kind', 'name', 'uid']) if (!reference[field]) at.invalid('', 'must not be empty', field);
  if (apiVersion === 'v1' && kind === 'Event') {
    at.invalid(reference, '/v1, Kind=Event is disallowed from being an owner');
  }
};

const OLD = before('1.37');

/** An object's owners, of which one controls it. */
export const owners: Check = (references: Any, at: Cursor) => {
  const from = at.faults.length;
  each(owner)(references, at);
  // Before 1.37 the API server forgets which owner it is.
  const item = at.path.length;
  for (const fault of at.faults.slice(from)) {
    if (fault.versions & OLD) fault.field = fault.path.filter((_, step) => step !== item);
  }
  let first = '';
  for (const { kind = '', name = '', controller } of references) {
    if (!controller) continue;
    if (first === '') first = `${kind}/${name}`;
    else {
      at.invalid(
        references,
        `Only one reference can have Controller set to true. Found "true" in references for ${first} and ${kind}/${name}`,
      );
    }
  }
};
