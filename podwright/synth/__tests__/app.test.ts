import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { ApiObject, Chart, type ChartProps, JsonPatch, Lazy, Testing, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import { Claim } from '../../constructs/claim';
import { Pod } from '../../constructs/pod';
import { FindingsError } from '../../report/findings-error';
import { formatFinding } from '../../report/text';
import { App, type AppProps } from '../app';
import { Environment } from '../environment';

let outdir: string;
beforeEach(() => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  outdir = join(fs.mkdtempSync(join(os.tmpdir(), 'podwright-app-')), 'dist');
});
afterEach(() => {
  jest.restoreAllMocks();
  fs.rmSync(join(outdir, '..'), { recursive: true, force: true });
});

function app(props: AppProps = {}): App {
  // The objects below are only as much of their kinds as a test needs.
  return new App({ outdir, rules: 'report', ...props });
}

function object(scope: Construct, id: string, fields: object = {}, kind = 'ConfigMap', apiVersion = 'v1'): ApiObject {
  const { metadata, ...rest } = fields as { metadata?: object };
  return new ApiObject(scope, id, { apiVersion, kind, metadata: { name: id, ...metadata }, ...rest });
}

/** The files of dist, the manifest left out. */
function files(): string[] {
  const entries = fs.readdirSync(outdir, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name !== '.podwright')
    .map((entry) => join(entry.parentPath, entry.name).slice(outdir.length + 1))
    .sort();
}

function read(path: string): string {
  return fs.readFileSync(join(outdir, path), 'utf8');
}

/** What is wrong with a program, as text; nothing may have been written. */
function faults(program: App): string[] {
  try {
    program.synth();
  } catch (error) {
    if (!FindingsError.isFindingsError(error)) throw error;
    expect(fs.existsSync(outdir)).toBe(false);
    const ours = error.findings.filter((finding) => finding.severity === 'error');
    return ours.map((finding) => `${finding.ruleId} ${formatFinding(finding)}`);
  }
  throw new Error('nothing was wrong');
}

describe('files', () => {
  test('are one a chart, called as the chart is, and the list of them', () => {
    const program = app();
    object(new Chart(program, 'counter'), 'a');
    object(new Chart(program, 'Web_2.x'), 'b');
    program.synth();
    expect(files()).toEqual(['Web_2.x.k8s.yaml', 'counter.k8s.yaml']);
    expect(read('counter.k8s.yaml')).toBe('apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n');
    expect(read('.podwright')).toMatch(
      /^# .*\nversion podwright \d+\.\d+\.\d+\nfile [0-9a-f]{64} Web_2\.x\.k8s\.yaml\nfile [0-9a-f]{64} counter\.k8s\.yaml\n$/,
    );
  });

  test('are in a folder for a chart in another, or in a construct', () => {
    const program = app();
    const web = new Chart(program, 'web');
    object(web, 'a');
    object(new Chart(web, 'db'), 'b');
    object(new Chart(new Construct(program, 'platform'), 'queue'), 'c');
    program.synth();
    expect(files()).toEqual(['platform/queue.k8s.yaml', 'web.k8s.yaml', 'web/db.k8s.yaml']);
  });

  test('are none for a chart without objects', () => {
    const program = app();
    new Chart(program, 'empty');
    program.synth();
    expect(files()).toEqual([]);
  });

  test("have cdk8s's label for an id that no file can have", () => {
    const program = app();
    for (const id of ['..', 'a b', '.hidden', 'x:y']) object(new Chart(program, id), id.replace(/\W/g, 'z'));
    program.synth();
    expect(files()).toHaveLength(4);
    for (const file of files()) expect(file).toMatch(/^[\w.-]+-c8[0-9a-f]{6}\.k8s\.yaml$/);
  });

  test.each([
    [YamlOutputType.FILE_PER_APP, ['app.k8s.yaml']],
    [YamlOutputType.FILE_PER_CHART, ['one.k8s.yaml', 'two.k8s.yaml']],
    [
      YamlOutputType.FILE_PER_RESOURCE,
      [
        'ConfigMap.a.k8s.yaml',
        'ConfigMap.left.same.k8s.yaml',
        'ConfigMap.right.same.k8s.yaml',
        'Ingress.extensions.x.k8s.yaml',
        'Ingress.networking.k8s.io.x.k8s.yaml',
      ],
    ],
    [
      YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE,
      [
        'one/ConfigMap.a.k8s.yaml',
        'one/ConfigMap.same.k8s.yaml',
        'one/Ingress.x.k8s.yaml',
        'two/ConfigMap.same.k8s.yaml',
        'two/Ingress.x.k8s.yaml',
      ],
    ],
  ])('are divided by output type %i', (yamlOutputType, expected) => {
    const program = app({ yamlOutputType });
    const one = new Chart(program, 'one');
    object(one, 'a');
    object(one, 'same', { metadata: { namespace: 'left' } });
    object(one, 'x', {}, 'Ingress', 'networking.k8s.io/v1');
    const two = new Chart(program, 'two');
    object(two, 'same', { metadata: { namespace: 'right' } });
    object(two, 'x', {}, 'Ingress', 'extensions/v1beta1');
    program.synth();
    expect(files()).toEqual(expected);
  });

  test('have the extension that the program says', () => {
    const program = app({ outputFileExtension: '.yaml' });
    object(new Chart(program, 'a'), 'x');
    program.synth();
    expect(files()).toEqual(['a.yaml']);
  });

  test('are those of each environment in its folder, with names that may be the same', () => {
    const program = app();
    for (const name of ['laptop', 'gpu']) {
      const environment = new Environment(program, name);
      object(new Chart(environment, 'team'), 'team', {}, 'Namespace');
      object(new Chart(environment, 'model'), 'model', { metadata: { namespace: 'team' } });
    }
    program.synth();
    expect(files()).toEqual([
      'gpu/0-team.k8s.yaml',
      'gpu/model.k8s.yaml',
      'laptop/0-team.k8s.yaml',
      'laptop/model.k8s.yaml',
    ]);
  });

  test('are one an environment where they are one an app', () => {
    const program = app({ yamlOutputType: YamlOutputType.FILE_PER_APP });
    object(new Chart(new Environment(program, 'laptop'), 'a'), 'x');
    object(new Chart(program, 'b'), 'y');
    program.synth();
    expect(files()).toEqual(['app.k8s.yaml', 'laptop/app.k8s.yaml']);
  });
});

describe('an environment', () => {
  test('is found by what is in it', () => {
    const program = app();
    const prod = new Environment(new Environment(program, 'eu'), 'prod');
    const chart = new Chart(prod, 'a');
    expect(Environment.of(object(chart, 'x')).name).toBe('eu/prod');
    expect(Environment.of(prod)).toBe(prod);
    expect(Environment.tryOf(program)).toBeUndefined();
    expect(() => Environment.of(new Chart(program, 'out'))).toThrow('out: expected a construct in an Environment');
  });

  test('is listed beside its files', () => {
    const program = app();
    object(new Chart(new Environment(new Environment(program, 'eu'), 'prod'), 'a'), 'x');
    object(new Chart(new Environment(program, 'dev'), 'a'), 'x');
    new Chart(new Environment(program, 'empty'), 'a');
    program.synth();
    expect(fs.readFileSync(join(program.outdir, '.podwright'), 'utf8').match(/^environment .*$/gm)).toEqual([
      'environment dev',
      'environment eu/prod',
    ]);
  });

  test.each(['..', 'a b', '.git', 'é', 'a/b'.replace('/', ':')])('fails for the id %o, which is no folder', (id) => {
    expect(() => new Environment(app(), id)).toThrow(/id is the name of a folder, got ".*"; expected letters, digits/);
  });
});

describe('the order in which files are applied', () => {
  test('has a namespace before what is in it, within a file and among files', () => {
    const program = app();
    const counter = new Chart(program, 'counter');
    object(counter, 'pod', { metadata: { namespace: 'own' } }, 'Pod');
    object(counter, 'other', { metadata: { namespace: 'team' } });
    object(counter, 'own', {}, 'Namespace');
    object(new Chart(program, 'team'), 'team', {}, 'Namespace');
    program.synth();
    expect(files()).toEqual(['0-team.k8s.yaml', 'counter.k8s.yaml']);
    expect([...read('counter.k8s.yaml').matchAll(/^ {2}name: (.*)$/gm)].map(([, name]) => name)).toEqual([
      'own',
      'pod',
      'other',
    ]);
    expect([...program.synthYaml().matchAll(/^ {2}name: (.*)$/gm)].map(([, name]) => name)).toEqual([
      'team',
      'own',
      'pod',
      'other',
    ]);
  });

  test('has what a Pod is refused without before it', () => {
    const program = app();
    const spec = { priorityClassName: 'high', runtimeClassName: 'gvisor', serviceAccountName: 'runner' };
    object(new Chart(program, 'a'), 'pod', { spec, metadata: { namespace: 'n' } }, 'Pod');
    object(new Chart(program, 'b'), 'job', { spec: { template: { spec } } }, 'Job', 'batch/v1');
    object(new Chart(program, 'p'), 'high', {}, 'PriorityClass', 'scheduling.k8s.io/v1');
    object(new Chart(program, 'r'), 'gvisor', {}, 'RuntimeClass', 'node.k8s.io/v1');
    object(new Chart(program, 's'), 'runner', { metadata: { namespace: 'n' } }, 'ServiceAccount');
    object(new Chart(program, 't'), 'runner', { metadata: { namespace: 'elsewhere' } }, 'ServiceAccount');
    program.synth();
    expect(files()).toEqual(['0-p', '0-r', '0-s', 'a', 'b', 't'].map((name) => `${name}.k8s.yaml`));
  });

  test('has what a chart was asked to come after before it', () => {
    const program = app();
    const a = new Chart(program, 'a');
    const b = new Chart(program, 'b');
    object(a, 'x');
    object(b, 'y');
    a.addDependency(b);
    program.synth();
    expect(files()).toEqual(['0-b.k8s.yaml', 'a.k8s.yaml']);
  });

  test('is warned of where no names can have it', () => {
    const program = app();
    const chart = (id: string, inside: string) => {
      const made = new Chart(program, id);
      object(made, id, {}, 'Namespace');
      object(made, 'x', { metadata: { namespace: inside } });
    };
    chart('a', 'b');
    chart('b', 'a');
    const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    program.synth();
    expect(files()).toEqual(['a.k8s.yaml', 'b.k8s.yaml']);
    expect(write.mock.calls.map(([text]) => text).join('')).toMatch(
      /^warning: [ab]\.k8s\.yaml and [ab]\.k8s\.yaml each have what the other needs first\. .* \[synth\/apply-order\]\n$/,
    );
  });
});

describe('what is wrong is said all at once, and nothing is written', () => {
  test('for what constructs validate', () => {
    const program = app();
    const chart = new Chart(program, 'c');
    chart.node.addValidation({ validate: () => ['is bad', 'is worse'] });
    object(chart, 'x').node.addValidation({ validate: () => ['/spec: is missing'] });
    expect(faults(program)).toEqual([
      'synth/validation c: is bad',
      'synth/validation c: is worse',
      'synth/validation c/x: /spec: is missing',
    ]);
  });

  test('for objects of one name, which may differ in version, with the paths of both', () => {
    const program = app();
    object(new Chart(program, 'a'), 'x', { metadata: { namespace: 'n' } }, 'Ingress', 'networking.k8s.io/v1');
    const b = new Chart(program, 'b');
    object(b, 'x', { metadata: { namespace: 'n' } }, 'Ingress', 'networking.k8s.io/v1beta1');
    object(b, 'y', { metadata: { name: 'x' } }, 'Ingress', 'networking.k8s.io/v1');
    object(b, 'z', { metadata: { name: 'x', namespace: 'n' } }, 'Ingress', 'example.com/v1');
    expect(faults(program)).toEqual([
      'synth/identity b/x: /metadata/name: Ingress n/x is also made by a/x; expected one construct for an object. Give one of them another metadata.name or namespace',
    ]);
  });

  test('for files of one path, also where upper and lower case are one', () => {
    const program = app();
    for (const id of ['web', 'Web']) object(new Chart(program, id), id.replace('W', 'other-'));
    expect(faults(program)).toEqual([
      'synth/path Web: its file Web.k8s.yaml is also that of web; expected a file each',
    ]);
  });

  test('for objects that cannot be resolved or written', () => {
    const program = app();
    const chart = new Chart(program, 'c');
    object(chart, 'date', { data: { a: new Date(0) } });
    const claim = new Claim(chart, 'models', { storage: '1Gi' });
    const volumes = [{ name: 'models', persistentVolumeClaim: { claimName: claim as unknown as string } }];
    const pod = new Pod(chart, 'pod', { containers: [{ name: 'main', image: 'a' }], volumes });
    pod.pod.addJsonPatch(JsonPatch.add('/spec/nodeName', 'a'));
    object(chart, 'nan', { spec: { replicas: [1, Number.NaN], 'a/b': Infinity } });
    object(chart, 'half', { data: { x: '\ud83d', '\udc00': 'y' } });
    object(chart, 'fine');
    expect(faults(program)).toEqual([
      "synth/resolve c/date: /data/a: can't render non-simple object of type 'Date'",
      'synth/resolve c/pod: /spec/volumes/0/persistentVolumeClaim/claimName: ' +
        "can't render non-simple object of type 'Claim': construct c/models; expected its name",
      'synth/value c/nan: /spec/a~1b: Infinity is no JSON value',
      'synth/value c/nan: /spec/replicas/1: NaN is no JSON value',
      'synth/value c/half: /data/x: half of a surrogate pair is no character',
      'synth/value c/half: /data/\udc00: half of a surrogate pair is no character',
    ]);
  });

  test('for constructs that depend on each other in a circle', () => {
    const program = app();
    const chart = new Chart(program, 'c');
    const [a, b, c] = ['a', 'b', 'c'].map((id) => object(chart, id)) as [ApiObject, ApiObject, ApiObject];
    a.addDependency(b);
    b.addDependency(c);
    c.addDependency(a);
    expect(faults(program)).toEqual(['synth/cycle c/a: dependency cycle: c/a => c/b => c/c => c/a']);
  });
});

describe('without writing', () => {
  class Three extends Chart {
    constructor(scope: Construct, id: string, props?: ChartProps) {
      super(scope, id, props);
      for (const name of ['a', 'b', 'c']) object(this, name);
    }
  }

  test('a chart says what its file says', () => {
    const program = app();
    const chart = new Three(program, 'x');
    const expected = ['a', 'b', 'c'].map((name) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } }));
    expect(Testing.synth(chart)).toEqual(expected);
    expect(chart.toJson()).toEqual(expected);
    expect(program.synthYaml()).toBe(
      expected
        .map(({ metadata: { name } }) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`)
        .join('---\n'),
    );
    expect(fs.existsSync(outdir)).toBe(false);
  });

  test('what a chart says may be changed by who asked, and changes nothing', () => {
    const chart = new Chart(app(), 'x');
    const data = { a: { b: ['c'] } };
    object(chart, 'o', { data });
    const [said] = chart.toJson();
    said.data.a.b.push('d');
    expect(data).toEqual({ a: { b: ['c'] } });
    expect(chart.toJson()[0].data).toEqual(data);
  });

  test("a chart of cdk8s's own App says what it ever did", () => {
    const chart = Testing.chart();
    object(chart, 'a');
    expect(Testing.synth(chart)).toEqual([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }]);
  });
});

describe('the rules', () => {
  const bad = (props: AppProps): App => {
    const program = app(props);
    object(new Chart(program, 'c'), 'Bad_Name', { data: { a: 1 } });
    return program;
  };

  test('stop the writing of what the API server would refuse, at the construct', () => {
    expect(faults(bad({ rules: 'enforce' }))).toEqual([expect.stringMatching(/^api\/\S+ c\/Bad_Name: \/data\/a: /)]);
    expect(faults(bad({ rules: undefined }))).toHaveLength(1);
  });

  test('write and report where they are told to', () => {
    const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    bad({ rules: 'report' }).synth();
    expect(files()).toEqual(['c.k8s.yaml']);
    expect(write.mock.calls.map(([text]) => text).join('')).toMatch(
      /^warning: c\/Bad_Name: \/data\/a: .* \[api\/\S+\]\n$/,
    );
  });

  test('do not judge what is only asked for', () => {
    expect(bad({ rules: 'enforce' }).synthYaml()).toContain('name: Bad_Name');
  });
});

test('looks at each construct once, however many charts there are', () => {
  const program = app();
  const counts = { validated: 0, resolved: 0 };
  const charts = Array.from({ length: 50 }, (_, n) => new Chart(program, `c${n}`));
  for (const chart of charts) {
    const produce = () => counts.resolved++;
    object(chart, chart.node.id, { data: Lazy.any({ produce: () => ({ n: `${produce()}` }) }) }).node.addValidation({
      validate: () => {
        counts.validated++;
        return [];
      },
    });
  }
  const taken = (work: () => unknown): object => {
    Object.assign(counts, { validated: 0, resolved: 0 });
    work();
    return { ...counts };
  };
  expect(taken(() => program.synth())).toEqual({ validated: 50, resolved: 50 });
  expect(taken(() => program.synthYaml())).toEqual({ validated: 50, resolved: 50 });
  expect(taken(() => Testing.synth(charts[0] as Chart))).toEqual({ validated: 50, resolved: 1 });
});

test('is synthesized twice with one result', () => {
  const program = app();
  const chart = new Chart(program, 'x');
  object(chart, 'a').addDependency(object(chart, 'b'));
  program.synth();
  const first = read('x.k8s.yaml');
  program.synth();
  expect(read('x.k8s.yaml')).toBe(first);
  expect(first.indexOf('name: b')).toBeLessThan(first.indexOf('name: a'));
});

test('records no construct metadata, which kubectl would refuse', () => {
  const program = app({ recordConstructMetadata: true });
  object(new Chart(program, 'x'), 'a');
  program.synth();
  expect(files()).toEqual(['x.k8s.yaml']);
});
