// What is measured: rows, each of subjects that are run in turn, so that what the machine does meanwhile meets all alike.
import { appendFileSync, existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { measureWatch } from './watch.mjs';

/** Numbers the folders that runs have written to. */
let outdirs = 0;

/** @returns rows: { id, name, runs, warmUps?, subjects: [{ id, name, runs?, take?, command, cwd, env, before? }] } */
export function rowsOf(project) {
  const node = process.execPath;
  const bin = join(project, 'node_modules', 'podwright', 'bin', 'podwright.js');
  const at = (folder) => join(project, folder);
  let edits = 0;

  /** One of the programs, under podwright or cdk8s, to a dist of its own that is not there yet. */
  const program = (id, name, file, library, env = {}, more = {}) => {
    const path = join('programs', file);
    const outdir = join(project, `dist-${library}`);
    const command = library === 'cdk8s' ? [node, path] : [node, bin, 'synth', '--app', path, '--output', outdir];
    return {
      id,
      name,
      command,
      cwd: project,
      env: { LIBRARY: library, CDK8S_OUTDIR: outdir, YAML: join(project, 'all.yaml'), ...env },
      // Moved and not removed: ext4 takes longer to make files for a minute after it has removed many.
      before: () => existsSync(outdir) && renameSync(outdir, `${outdir}-${outdirs++}`),
      ...more,
    };
  };
  // Without --output podwright's command has nothing to write to: the program does, and makes no App's dist.
  const unjudged = (id, name, file, env = {}) => ({
    ...program(id, name, file, 'podwright', { ...env, OUTPUT: 'yaml' }),
    command: [node, join('programs', file)],
  });
  const both = (file, env, more = {}) => [
    program('podwright', 'podwright synth', file, 'podwright', env, more.podwright),
    program('cdk8s', 'cdk8s', file, 'cdk8s', env, more.cdk8s),
  ];

  return [
    {
      id: 'start',
      name: 'one Pod, a new process',
      runs: 15,
      subjects: [
        { id: 'node', name: 'node -e 0', command: [node, '-e', '0'], cwd: project },
        { id: 'unchanged', name: 'podwright synth', command: [node, bin, 'synth'], cwd: at('start') },
        {
          id: 'pod',
          name: "podwright synth, with podwright's Pod",
          command: [node, bin, 'synth'],
          cwd: at('start-pod'),
        },
        {
          id: 'edited',
          name: 'podwright synth, main.ts edited',
          command: [node, bin, 'synth'],
          cwd: at('edited'),
          before: () => appendFileSync(join(at('edited'), 'main.ts'), `// ${edits++}\n`),
        },
        { id: 'npx', name: 'npx podwright synth', command: ['npx', 'podwright', 'synth'], cwd: at('start') },
        {
          id: 'cdk8s-ts',
          name: 'npx cdk8s synth, app: npx ts-node main.ts',
          command: ['npx', 'cdk8s', 'synth', '--no-check-upgrade'],
          cwd: at('cdk8s-ts'),
          runs: 5,
        },
        {
          id: 'cdk8s-js',
          name: 'npx cdk8s synth, app: node main.js',
          command: ['npx', 'cdk8s', 'synth', '--no-check-upgrade'],
          cwd: at('cdk8s-js'),
          runs: 5,
        },
      ],
    },
    {
      id: 'thin',
      name: '10,000 thin Pods, one chart, to dist',
      runs: 7,
      subjects: [
        ...both('thin.js', {}),
        unjudged('unjudged', 'podwright, to YAML, no rule asked', 'thin.js'),
        {
          id: 'helm',
          name: 'helm template',
          command: ['helm', 'template', '.', '--output-dir', join(project, 'dist-helm')],
          cwd: at('helm'),
          peer: ['helm', 'version', '--short'],
        },
        {
          id: 'kubeconform',
          name: 'kubeconform, of the 10,000',
          command: [
            'kubeconform',
            '-strict',
            '-schema-location',
            process.env.KUBECONFORM_SCHEMAS ?? 'default',
            'dist-podwright/pods.k8s.yaml',
          ],
          cwd: project,
          peer: ['kubeconform', '-v'],
        },
        {
          id: 'jsonnet',
          name: 'jsonnet',
          runs: 2,
          command: ['jsonnet', 'pods.jsonnet'],
          cwd: at('jsonnet'),
          peer: ['jsonnet', '--version'],
        },
      ],
    },
    {
      id: 'plus',
      name: '10,000 cdk8s-plus Pods, unmodified classes',
      runs: 5,
      subjects: both('typed.js', { CLASS: 'plus' }),
    },
    {
      id: 'typed',
      name: "10,000 Pods by each library's own class",
      runs: 5,
      subjects: [
        program('podwright', "podwright's Pod", 'typed.js', 'podwright', { CLASS: 'podwright' }),
        program('apiobject', "cdk8s's ApiObject", 'typed.js', 'cdk8s', { CLASS: 'apiobject' }),
        program('plus', "cdk8s-plus's Pod", 'typed.js', 'cdk8s', { CLASS: 'plus' }),
      ],
    },
    {
      id: 'charts',
      name: '3,000 charts of one Pod',
      runs: 5,
      subjects: [
        ...both('charts.js', { COUNT: '3000' }),
        program('twice', 'podwright, 6,000 charts', 'charts.js', 'podwright', { COUNT: '6000' }),
      ],
    },
    {
      id: 'layers',
      name: 'a graph of dependencies, 5 objects a layer',
      runs: 5,
      subjects: [
        ...[20, 40, 80, 160].map((count) =>
          program(`podwright-${count}`, `podwright, ${count} layers`, 'layers.js', 'podwright', { COUNT: `${count}` }),
        ),
        // Each layer more takes cdk8s several times as long.
        ...[4, 5, 6].map((count) =>
          program(`cdk8s-${count}`, `cdk8s, ${count} layers`, 'layers.js', 'cdk8s', { COUNT: `${count}` }, { runs: 2 }),
        ),
      ],
    },
    {
      id: 'large',
      name: '100,000 thin Pods',
      runs: 3,
      warmUps: 0,
      subjects: [
        program('podwright-10000', 'podwright, 10,000', 'thin.js', 'podwright'),
        ...both('thin.js', { COUNT: '100000' }, { cdk8s: { runs: 1 } }),
      ],
    },
    {
      id: 'watch',
      name: "save to dist, this repository's program",
      runs: 1,
      warmUps: 0,
      subjects: [
        {
          id: 'podwright',
          name: 'podwright synth --watch',
          cwd: at('own'),
          peer: [
            node,
            '-e',
            `process.exit(require('node:child_process').spawnSync(process.execPath, [${JSON.stringify(bin)}, 'synth', '--help']).stdout.includes('--watch') ? 0 : 1)`,
          ],
          take: () => measureWatch([node, bin, 'synth', '--watch'], at('own')),
        },
      ],
    },
  ];
}
