import { App, Chart, Lazy, Testing } from 'cdk8s';
import { KubeClusterRole, KubeObject, KubePod, KubePodList, KubeService } from '../k8s';

const spec = { containers: [{ name: 'main', image: 'busybox:1.37' }] };

function chart(props = {}): Chart {
  return new Chart(new App(), 'chart', props);
}

test('smoke', () => {
  const c = chart({ namespace: 'ns', labels: { team: 'a' } });
  new KubePod(c, 'hello', { spec });
  new KubePod(c, 'gen', { spec, metadata: { generateName: 'gen-' } });
  new KubeClusterRole(c, 'role', { rules: [] });
  new KubePodList(c, 'list', { items: [{ spec }] });
  new KubePod(c, 'lazy', { spec, metadata: Lazy.any({ produce: () => ({ labels: { b: '1' } }) }) });
  console.log(JSON.stringify(Testing.synth(c), null, 1));
  expect(new KubeService(c, 's') instanceof KubePod).toBe(false);
  expect(new KubeService(c, 's2') instanceof KubeObject).toBe(true);
});
