// What torchrun is told by its options, which go before the PET_… variables.
// Source: torch/distributed/run.py.
import type { Any, Step } from '../engine/cursor';
import type { PodView } from '../rule';

/** A value, and where it is: of a variable, or of an option. */
export interface Told {
  readonly value: string;
  /** From the pod to the value. */
  readonly steps: readonly Step[];
}

/** Options by their names, without dashes before them, and with dashes in them: `nproc-per-node`. */
export type Options = ReadonlyMap<string, Told>;

const SWITCHES = new Set(['standalone', 'm', 'module', 'no-python', 'run-path', 'use-env']);
const VALUED = new Set([
  'nnodes',
  'nproc-per-node',
  'rdzv-backend',
  'rdzv-endpoint',
  'rdzv-id',
  'rdzv-conf',
  'max-restarts',
  'monitor-interval',
  'start-method',
  'event-log-handler',
  'role',
  'log-dir',
  'r',
  'redirects',
  't',
  'tee',
  'local-ranks-filter',
  'node-rank',
  'master-addr',
  'master-port',
  'local-addr',
  'logs-specs',
  'numa-binding',
  'signals-to-handle',
]);

/**
 * The options of the container that runs torchrun, with its number; undefined where none does. A shell's script is not
 * read, nor what stands behind an option that is not known.
 */
export function torchrunOf({ spec }: PodView): { readonly container: number; readonly options: Options } | undefined {
  for (const [container, one] of (spec.containers ?? []).entries()) {
    const words = ['command', 'args'].flatMap((field): Told[] =>
      (one?.[field] ?? []).map((value: unknown, index: number) => ({
        value: String(value),
        steps: ['spec', 'containers', container, field, index],
      })),
    );
    const first = words.findIndex(
      ({ value }, at) =>
        /(^|\/)torchrun$/.test(value) || (value === 'torch.distributed.run' && words[at - 1]?.value === '-m'),
    );
    if (first >= 0) return { container, options: optionsOf(words.slice(first + 1), one.env ?? []) };
  }
  return undefined;
}

function optionsOf(words: readonly Told[], env: readonly Any[]): Options {
  const options = new Map<string, Told>();
  for (let at = 0; at < words.length; at++) {
    const { value: word, steps } = words[at] as Told;
    const [, flag = '', given] = /^--?([a-z][a-z_-]*)(?:=(.*))?$/s.exec(word) ?? [];
    const name = flag.replaceAll('_', '-');
    if (SWITCHES.has(name)) options.set(name, { value: '', steps });
    else if (!VALUED.has(name)) break;
    else if (given !== undefined) options.set(name, { value: expanded(given, env), steps });
    else {
      const next = words[++at];
      if (next) options.set(name, { value: expanded(next.value, env), steps: next.steps });
    }
  }
  return options;
}

/** A value that is one of the container's variables, as that. */
function expanded(value: string, env: readonly Any[]): string {
  const name = /^\$\((\w+)\)$/.exec(value)?.[1];
  return (name !== undefined && env.find((one) => one?.name === name)?.value) || value;
}
