import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding, SourcePlace } from '../../report/finding';
import type { Installation } from '../program/installation';
import { type Asked, keyOf, type TraceAnswer, type TraceRequest } from './protocol';

/** How long a traced program may take, endless loops of its own included. */
const MILLISECONDS = 60_000;

/**
 * The findings of a program, each with the place in it that caused it as far as that can be found: the program is run
 * again in a process of its own, muted, with each literal of its text told from the others. Whatever it writes beside
 * its manifests it writes again. A program that does otherwise the second time leaves findings without a place.
 */
export function withSources(
  findings: readonly Finding[],
  main: string,
  cwd: string,
  installation: Installation,
): readonly Finding[] {
  if (findings.every(({ source }) => source)) return findings;
  const sources = ask({ main, cwd, argv: process.argv, installation });
  return findings.map((finding) => {
    const source = finding.source ?? sources.get(keyOf(finding));
    return source ? { ...finding, source } : finding;
  });
}

/** As {@link withSources}, of fields of the program's objects that nothing is wrong with. */
export function withPlaces(
  asked: readonly Asked[],
  main: string,
  cwd: string,
  installation: Installation,
): readonly Finding[] {
  if (asked.length === 0) return asked;
  const sources = ask({ main, cwd, argv: process.argv, installation, asked });
  return asked.map((finding) => ({ ...finding, source: sources.get(keyOf(finding)) ?? finding.source }));
}

function ask(request: TraceRequest): ReadonlyMap<string, SourcePlace | null> {
  const child = join(request.installation.lib, 'synth', 'trace', 'child.js');
  if (!existsSync(child)) return new Map();
  const { output } = spawnSync(process.execPath, [child], {
    cwd: request.cwd,
    input: JSON.stringify(request),
    stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
    timeout: MILLISECONDS,
    killSignal: 'SIGKILL',
    maxBuffer: 1 << 28,
  });
  try {
    return new Map(JSON.parse(String(output?.[3] ?? '')) as TraceAnswer);
  } catch {
    return new Map();
  }
}
