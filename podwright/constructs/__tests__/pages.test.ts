import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Construct } from 'constructs';
import * as podwright from '../../index';
import { App } from '../../synth/app';
import { HandOver } from '../../synth/clusters/hand-over';
import { Environment } from '../../synth/environment';
import { CLAIM_DEFAULTS } from '../claim';
import { CONFIG_DEFAULTS } from '../hashed-config-map';
import { JOB_DEFAULTS } from '../job-spec';
import { SERVER_DEFAULTS } from '../model-server';
import { SCHEDULE_DEFAULTS } from '../scheduled-job';
import { POD_DEFAULTS } from '../security';
import { TEAM_DEFAULTS } from '../team';
import { TEMPLATE_DEFAULTS } from '../template-workload';
import { TRAINING_DEFAULTS } from '../training-job';

/** The defaults that each construct's page explains; those that it shares with others it refers to. */
const explained: Record<string, readonly string[]> = {
  Claim: CLAIM_DEFAULTS,
  HashedConfigMap: CONFIG_DEFAULTS,
  Job: [...JOB_DEFAULTS, 'labels'],
  ModelServer: [...SERVER_DEFAULTS, 'labels'],
  Pod: POD_DEFAULTS,
  ScheduledJob: SCHEDULE_DEFAULTS,
  Team: TEAM_DEFAULTS,
  TrainingJob: [...TRAINING_DEFAULTS, 'labels'],
};

const folder = join(__dirname, '..', '..', '..', 'docs', 'constructs');
const page = (name: string) => join(folder, `${name.replace(/(?<!^)(?=[A-Z])/g, '-').toLowerCase()}.md`);

// Abstract classes and what synthesis is made of have no page here.
const others: unknown[] = [App, Environment, podwright.Workload, podwright.TemplateWorkload];
const classes = Object.entries(podwright).filter(
  ([, value]) => typeof value === 'function' && value.prototype instanceof Construct && !others.includes(value),
);
const isHandOver = (value: unknown) => (value as typeof HandOver).prototype instanceof HandOver;
const constructs = classes.filter(([, value]) => !isHandOver(value)).map(([name]) => name);

test('every construct of the package has its page', () => {
  expect(constructs.filter((name) => !existsSync(page(name)))).toEqual([]);
  expect(constructs.sort()).toEqual(Object.keys(explained).sort());
});

test('what is told to a GitOps controller has one page for all of it', () => {
  const text = readFileSync(join(folder, '..', 'clusters.md'), 'utf8');
  const names = classes.filter(([, value]) => isHandOver(value)).map(([name]) => name);
  expect(names.filter((name) => !text.includes(`## ${name}\n`))).toEqual([]);
});

test.each(Object.entries(explained))('the page of %s explains each of its defaults', (name, defaults) => {
  const text = readFileSync(page(name), 'utf8');
  const rows = text.split('\n').filter((line) => line.startsWith('| `'));
  const named = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name));
  expect(defaults.filter((name) => !named.includes(name))).toEqual([]);
});

test('the defaults of pods made from a template are those of a Pod, and labels', () => {
  expect(TEMPLATE_DEFAULTS).toEqual([...POD_DEFAULTS, 'labels']);
});
