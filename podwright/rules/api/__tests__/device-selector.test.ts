import { checkObjects } from '../../check-objects';

/** What is found in a class whose devices an expression selects. */
function found(expression: string, ...targets: string[]): string[] {
  const spec = { selectors: [{ cel: { expression } }] };
  const device = { apiVersion: 'resource.k8s.io/v1', kind: 'DeviceClass', metadata: { name: 'gpu' }, spec };
  return checkObjects([device], { targets: targets.length > 0 ? targets : ['1.37'] }).map(({ message }) =>
    message.replace(/^.*compilation failed: /s, ''),
  );
}

test('fails what is no expression, no condition, or names what a device has not', () => {
  expect(found('')).toHaveLength(1);
  expect(found("device.driver == 'a'b")).toHaveLength(1);
  expect(found('a-b')).toEqual(["undeclared reference to 'a'"]);
  expect(found('device.driver')).toEqual(['must evaluate to bool']);
  expect(found("device.vendor == 'a'")).toEqual(["undefined field 'vendor'"]);
});

test('accepts conditions of drivers, attributes and capacity, with names bound to parts of them', () => {
  for (const expression of [
    "device.driver == 'gpu.example.com'",
    "device.attributes['gpu.example.com'].model == 'a100'",
    "device.capacity['gpu.example.com'].memory.compareTo(quantity('40Gi')) >= 0",
    "cel.bind(gpu, device.attributes['gpu.example.com'], gpu.model == 'a' || gpu.model == 'b')",
  ]) {
    expect([expression, found(expression)]).toEqual([expression, []]);
  }
});

test('fails a field that only later versions have, for the versions before', () => {
  expect(found('device.allowMultipleAllocations', '1.35', '1.36')).toEqual([
    "undefined field 'allowMultipleAllocations'",
  ]);
  expect(found('device.allowMultipleAllocations', '1.36')).toEqual([]);
});
