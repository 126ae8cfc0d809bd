// The process that traces a program: it runs the program again and again with its text instrumented, and answers with
// the places of its findings. It is a process of its own, so that whatever the program does there (print, exit, never
// end) does nothing to the one that found them.
import { readFileSync, writeSync } from 'node:fs';
import Module from 'node:module';
import { Script } from 'node:vm';
import { loadProgram, runAgain } from '../program/load';
import { transpile } from '../program/transpile';
import { setCurrentRun } from '../run';
import { Calls, ownFiles } from './calls';
import { instrument } from './instrument';
import { traceJsonFiles } from './json-files';
import { Locator, type Run } from './locate';
import { type Observation, observe, together } from './observe';
import { shortened } from './place';
import { keyOf, type TraceAnswer, type TraceRequest } from './protocol';
import { Recorder } from './recorder';
import { Sites } from './sites';

/**
 * Beyond these no run is begun: what is not found by then has the place of its construct's call. The processor's time
 * first, so that a busy machine finds the same.
 */
const PROCESSOR_MICROSECONDS = 10_000_000;
const MILLISECONDS = 50_000;

async function main(): Promise<void> {
  const request = JSON.parse(readFileSync(0, 'utf8')) as TraceRequest;
  process.argv = [...request.argv];
  process.exit = () => {
    throw new Error('the program ended itself');
  };
  const answer = await trace(request);
  writeSync(3, JSON.stringify(answer));
  process.kill(process.pid, 'SIGKILL');
}

async function trace({ main, cwd, installation, asked }: TraceRequest): Promise<TraceAnswer> {
  const isOwn = ownFiles(installation.lib);
  const sites = new Sites();
  const recorder = new Recorder();
  const calls = new Calls(isOwn);
  recorder.install();
  traceJsonFiles(isOwn, sites, recorder);
  const prepare = instrumentOnce(sites, isOwn);

  let isFirst = true;
  const run: Run = async (changes) => {
    if (process.cpuUsage().user > PROCESSOR_MICROSECONDS || performance.now() > MILLISECONDS) return undefined;
    const observations: Observation[] = [];
    calls.restart();
    recorder.change(changes);
    setCurrentRun({
      made: 0,
      plans: [],
      observe: (app, { findings }) => observations.push(observe(app, findings, calls)),
    });
    try {
      const ran = isFirst ? loadProgram(main, installation, { prepare }) : runAgain(main, isOwn);
      isFirst = false;
      await Promise.race([ran.then(ended), uncaught()]);
    } catch {
      // What it threw, it threw in the run that is traced as well, or because of what was changed.
    }
    return observations.length > 0 ? together(observations) : undefined;
  };

  const first = await run(new Map());
  if (!first) return [];
  const baseline = asked ? { ...first, findings: asked } : first;
  const places = await new Locator(baseline, sites, recorder, run).locate();
  return baseline.findings.map((finding) => {
    const place = places.get(finding);
    return [keyOf(finding), place ? shortened(place, cwd) : null];
  });
}

interface NodeModule extends NodeJS.Module {
  _compile(code: string, file: string): unknown;
}

/** Instruments each file once, however often it is run: also plain JavaScript. */
function instrumentOnce(sites: Sites, isOwn: (file: string) => boolean) {
  const texts = new Map<string, string>();
  const prepare = (text: string, file: string): string => {
    const known = texts.get(file) ?? runnable(instrument(text, file, sites), text, file);
    texts.set(file, known);
    return known;
  };
  const extensions = (Module as unknown as { _extensions: NodeJS.RequireExtensions })._extensions;
  const { '.js': js } = extensions;
  extensions['.js'] = (module, file) => {
    if (!isOwn(file)) return js?.(module, file);
    return (module as NodeModule)._compile(prepare(readFileSync(file, 'utf8').replace(/^#!.*/, ''), file), file);
  };
  return prepare;
}

/** The instrumented text, or the text itself should the other be no program any more. */
function runnable(instrumented: string, text: string, file: string): string {
  try {
    new Script(`async function module() {${transpile(instrumented, file, { esm: false })}\n}`);
    return instrumented;
  } catch {
    return text;
  }
}

/** When nothing of the program is left to run. */
function ended(): Promise<void> {
  return new Promise((resolve) => {
    process.once('beforeExit', () => resolve());
    // Something to do, so that the end is reached once more.
    setImmediate(() => {});
  });
}

function uncaught(): Promise<never> {
  return new Promise((_, reject) => {
    process.removeAllListeners('uncaughtException');
    process.once('uncaughtException', reject);
  });
}

void main();
