import { useNamespace } from './harness/namespace';
import { provesItself } from './harness/proves';

const here = useNamespace('delete-file');

test('kubectl delete -f deletes what the file says, and nothing else', async () => {
  const namespace = here();
  await namespace.fine('kubectl apply -f dist/counter.k8s.yaml');
  await namespace.ready('counter');
  await provesItself(
    async (file: string) => {
      expect(await namespace.fine(`kubectl delete -f ${file}`)).toMatch(/^pod "counter" deleted/);
      expect(await namespace.fine('kubectl get pod -o name')).toBe('');
    },
    {
      good: 'dist/counter.k8s.yaml',
      bad: 'dist/shared-volume.k8s.yaml',
      because: /Error from server \(NotFound\).*pods "shared-volume" not found/,
    },
  );
});
