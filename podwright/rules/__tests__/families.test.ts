import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exampleFaults } from '../examples';
import { checkAll, FAMILIES, rulesOf } from '../families';
import { objectRule, podRule } from '../rule';

const folder = join(__dirname, '..');
const main = { name: 'main', image: 'busybox:1.37' };
const rules = rulesOf();

function pod(name: string, spec: object = {}, metadata: object = {}): object {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, ...metadata }, spec: { containers: [main], ...spec } };
}

/** What is found, short. */
function found(...given: Parameters<typeof checkAll>): string[] {
  return checkAll(...given).map(
    ({ index, severity, ruleId, pointer, message }) => `${index} ${severity}: ${ruleId} ${pointer} ${message}`,
  );
}

const text = { summary: 'a test', why: 'it is one.', source: 'none', fails: [], passes: [] };
const edge = podRule({
  id: 'own/edge',
  severity: 'error',
  ...text,
  check({ spec }, at) {
    for (const [index, { image }] of (spec.containers ?? []).entries()) {
      if (image.endsWith(':edge')) at.report(['spec', 'containers', index, 'image'], `is ${image}`, { fix: 'pin it' });
    }
  },
});
const twins = objectRule({
  id: 'own/twins',
  severity: 'warning',
  ...text,
  kinds: ['Service'],
  check({ metadata, spec }, at) {
    const pods = at.world.selected({ matchLabels: spec?.selector }, metadata?.namespace ?? '');
    if (pods.length !== 1) at.report(['spec', 'selector'], `selects ${pods.length}`);
  },
});

describe('the rules of the toolkit', () => {
  test('are found by name: each file of a family is a rule of that name, and each rule is there', () => {
    const own = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => /^(versions|pod-security|start|mlops|secrets)\/[\w-]+\.ts$/.test(file))
      .filter((file) => readFileSync(join(folder, file), 'utf8').includes(`id: '${file.replace('.ts', "'")}`));
    expect(rules.map(({ id }) => `${id}.ts`).sort()).toEqual(own.sort());
    expect(rules.map(({ id }) => id)).toEqual(
      FAMILIES.flatMap((family) =>
        rules
          .filter(({ id }) => id.startsWith(`${family}/`))
          .map(({ id }) => id)
          .sort(),
      ),
    );
  });

  test('find what is wrong with the objects that they show as failing, and nothing of those that pass', () => {
    expect(rules.flatMap((rule) => exampleFaults(rule).map((fault) => `${rule.id}: ${fault}`))).toEqual([]);
  });

  test('say what they find in lower case, without a period', () => {
    const odd = rules.flatMap(({ id, summary }) =>
      /^[A-Z][a-z]+ |^$|\.$/.test(summary) && !/^(A|An) /.test(summary) ? [`${id}: ${summary}`] : [],
    );
    expect(odd).toEqual([]);
  });
});

describe('own rules', () => {
  test('judge pods in all kinds that have them, and say the field in the object', () => {
    const template = {
      metadata: { labels: { app: 'a' } },
      spec: { containers: [{ name: 'main', image: 'a:edge' }], restartPolicy: 'Never' },
    };
    const cron = {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'a' },
      spec: { schedule: '@daily', jobTemplate: { spec: { template } } },
    };
    expect(found([pod('a'), cron], { rules: [edge] })).toEqual([
      '1 error: own/edge /spec/jobTemplate/spec/template/spec/containers/0/image is a:edge',
    ]);
  });

  test('look for other objects in the world', () => {
    const service = (name: string, namespace?: string) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace },
      spec: { selector: { app: name }, ports: [{ port: 80 }] },
    });
    const labelled = (app: string, namespace?: string) => pod(app, {}, { labels: { app }, namespace });
    const objects = [service('a'), service('b'), labelled('a'), labelled('b', 'elsewhere'), service('b', 'elsewhere')];
    expect(found(objects, { rules: [twins], families: [] })).toEqual(['1 warning: own/twins /spec/selector selects 0']);
  });

  test('have the severity that the program sets, and are off by name', () => {
    const objects = [pod('a', { containers: [{ name: 'main', image: 'a:edge' }] })];
    expect(found(objects, { rules: [edge], severities: { 'own/edge': 'info' } })).toEqual([
      '0 info: own/edge /spec/containers/0/image is a:edge',
    ]);
    expect(found(objects, { rules: [edge], severities: { 'own/edge': 'off' } })).toEqual([]);
  });

  test('that fail themselves are told, and do not keep others from judging', () => {
    const broken = objectRule({
      id: 'own/broken',
      severity: 'warning',
      ...text,
      kinds: 'any',
      check: (object: { spec: { no: { such: string } } }) => void object.spec.no.such,
    });
    const objects = [pod('a', { containers: [{ name: 'main', image: 'a:edge' }] })];
    expect(found(objects, { rules: [broken, edge] })).toEqual([
      "0 error: own/broken  the rule own/broken failed: Cannot read properties of undefined (reading 'such')",
      '0 error: own/edge /spec/containers/0/image is a:edge',
    ]);
  });
});

describe('objects that rules judge', () => {
  const seen: object[] = [];
  const watch = objectRule({
    id: 'own/watch',
    severity: 'warning',
    ...text,
    kinds: 'any',
    check: (object: object) => void seen.push(object),
  });
  const judged = (...objects: object[]) => {
    seen.length = 0;
    found(objects, { rules: [watch], families: [] });
    return seen;
  };

  test('are not those with a value of another type', () => {
    expect(
      judged(
        pod('a', { containers: 'none' }),
        { apiVersion: 1 },
        { apiVersion: 'a.example/v1', kind: 'A', metadata: { labels: [] } },
      ),
    ).toEqual([]);
  });

  test('are those of a version that is gone by their name, and by rules of any object, where a type is another', () => {
    const cron = (schedule: unknown, more: object = {}) => ({
      apiVersion: 'batch/v1beta1',
      kind: 'CronJob',
      metadata: { name: 'c', ...more },
      spec: { schedule },
    });
    const name = { ...cron(5), spec: undefined };
    expect(judged(cron('@daily'))).toEqual([cron('@daily')]);
    expect(judged(cron(5))).toEqual([name]);
    expect(judged(cron('@daily', { labels: 3 }))).toEqual([name]);
    expect(found([cron(5)], { gitops: true })).toEqual([
      '0 error: versions/not-served /apiVersion no version of Kubernetes that is known serves batch/v1beta1 CronJob: it was removed in 1.25',
    ]);
  });

  test('have no nulls', () => {
    expect(
      judged(pod('a', { containers: [null, main], volumes: null }), {
        apiVersion: 'a.example/v1',
        kind: 'A',
        spec: { a: null },
      }),
    ).toEqual([pod('a', { containers: [{}, main] }), { apiVersion: 'a.example/v1', kind: 'A', spec: {} }]);
  });

  test('are the very objects where nothing is wrong with them', () => {
    const good = pod('a');
    expect(judged(good)[0]).toBe(good);
  });
});
