// Disks of Azure. Source: pkg/apis/core/validation validateAzureDisk.
import { oneOf } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';

export const azureDisk: Check = (source: Any, at: Cursor) => {
  const kind = source.kind ?? 'Shared';
  const caching = source.cachingMode ?? 'ReadWrite';
  if (!source.diskName) at.required('', 'diskName');
  if (!source.diskURI) at.required('', 'diskURI');
  at.enter('cachingMode', oneOf('None', 'ReadOnly', 'ReadWrite'), caching);
  at.enter('kind', oneOf('Dedicated', 'Managed', 'Shared'), kind);
  const uri = source.diskURI ?? '';
  if (kind === 'Managed') {
    if (!uri.startsWith('/subscriptions/')) {
      at.notSupported(
        uri,
        ['/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}'],
        'diskURI',
      );
    }
  } else if (!uri.startsWith('https://')) {
    at.notSupported(uri, ['https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd'], 'diskURI');
  }
};
