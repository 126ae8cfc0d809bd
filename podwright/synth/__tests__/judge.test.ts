import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { KubeSecret } from '../../api/k8s';
import { Pod } from '../../constructs/pod';
import { App, type AppProps, findingsOf } from '../app';
import { except } from '../except';

const outdir = mkdtempSync(join(tmpdir(), 'podwright-judge-'));
afterAll(() => rmSync(outdir, { recursive: true }));

const secret = (scope: Construct) => new KubeSecret(scope, 'secret', { stringData: { password: 'hunter2' } });

/** A class that extends one of the toolkit's, and brings a Secret. */
class Server extends Pod {
  constructor(scope: Construct, id: string) {
    super(scope, id, { containers: [{ name: 'main', image: 'busybox:1.37' }] });
    secret(this);
  }
}

function severities(build: (chart: Chart) => void, props: AppProps = {}): string[] {
  const app = new App({ outdir, ...props });
  build(new Chart(app, 'web'));
  return findingsOf(app).map(
    ({ severity, ruleId, suppressed }) => `${suppressed ? 'suppressed ' : ''}${severity} ${ruleId}`,
  );
}

describe('a Secret with its values in the clear', () => {
  const rule = 'secrets/literal-secret';

  test("is an error where a class of the toolkit's makes it, and a warning elsewhere, unless the App is strict", () => {
    expect(severities((chart) => new Server(chart, 'server'))).toEqual([`error ${rule}`]);
    expect(severities(secret)).toEqual([`warning ${rule}`]);
    expect(severities(secret, { strict: true })).toEqual([`error ${rule}`]);
    expect(severities((chart) => new Server(chart, 'server'), { rules: 'report' })).toEqual([`warning ${rule}`]);
  });

  test('is what the program says it is', () => {
    const build = (chart: Chart) => new Server(chart, 'server');
    expect(severities(build, { severities: { [rule]: 'info' } })).toEqual([`info ${rule}`]);
    expect(severities(build, { severities: { [rule]: 'off' } })).toEqual([]);
  });

  test('is acknowledged by an exception, with who answers for it', () => {
    const build = (chart: Chart) => {
      except(new Server(chart, 'server'), { rule, reason: 'a demo', owner: 'team-a', expires: '2999-12-31' });
    };
    expect(severities(build)).toEqual([`suppressed error ${rule}`]);
  });
});
