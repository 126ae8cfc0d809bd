import { App, Chart, Testing } from 'cdk8s';
import type { Construct } from 'constructs';

/** The objects that a program of one chart, `test`, makes: what lands in dist. */
export function objectsOf(build: (chart: Chart) => void): Manifest[] {
  const chart = new Chart(new App(), 'test');
  build(chart);
  return Testing.synth(chart);
}

/** The only object that a program makes. */
export function objectOf(build: (chart: Chart) => void): Manifest {
  const objects = objectsOf(build);
  expect(objects).toHaveLength(1);
  return objects[0] as Manifest;
}

/** What a program's constructs say is wrong, each with its path. */
export function faultsOf(build: (chart: Chart) => void): string[] {
  const chart = new Chart(new App(), 'test');
  build(chart);
  return chart.node
    .findAll()
    .flatMap((construct: Construct) => construct.node.validate().map((fault) => `${construct.node.path}: ${fault}`));
}

// biome-ignore lint/suspicious/noExplicitAny: tests reach into objects of every kind.
export type Manifest = any;
