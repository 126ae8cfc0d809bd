import { existsSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { type Chart, App as StockApp, type AppProps as StockAppProps } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { keptCrdsIn } from '../api/crds';
import { counts, type Finding } from '../report/finding';
import { FindingsError } from '../report/findings-error';
import { formatFindings } from '../report/text';
import type { Folders } from './clusters/clusters';
import { isRecordWanted, writeRecord } from './construct-record';
import { MANIFEST } from './dist/manifest';
import type { DistPlan } from './dist/plan';
import { writeDist } from './dist/write';
import { synthesize } from './engine';
import { clusterOf } from './environment';
import type { ImageLock } from './images/image-lock';
import { Images, LOCK, ToldImages } from './images/images';
import { Judge, type JudgeOptions } from './judge';
import { orderCharts } from './order';
import { contentOf, environmentsOf } from './outputs';
import { currentRun } from './run';
import { answerFor } from './stock';
import { walk } from './tree';
import { toolkitVersion } from './version';

/** Options of an {@link App}. */
export interface AppProps extends StockAppProps, Omit<JudgeOptions, 'crds'> {
  /**
   * The folder that the manifests are written to.
   * @default 'dist', or what the command that runs the program was told: `podwright synth --output`, or the
   * environment variable CDK8S_OUTDIR, by which `cdk8s synth` names its folder
   */
  readonly outdir?: string;
  /**
   * The folder of what a GitOps controller is told about the manifests, where the program says it (FluxKustomization,
   * ArgoApplication, Kustomization, SopsFile). It is a folder beside theirs, never in it.
   * @default - `clusters`, beside the folder of the manifests
   */
  readonly clusters?: string;
  /**
   * The Kubernetes minor versions that the manifests are for: what one of them would refuse is an error.
   * @default - the three newest that the toolkit knows
   */
  readonly targets?: readonly string[];
  /**
   * The folder of the program's imports: custom resources are judged by the definitions that `podwright import` keeps
   * there.
   * @default 'imports'
   */
  readonly imports?: string;
  /**
   * The file that says which image is meant by what the program writes, with its digest: `busybox:1.37` becomes
   * `busybox:1.37@sha256:…`.
   * @default 'images.lock.yaml' - where there is none, images stay as the program writes them
   */
  readonly imageLock?: string;
  /**
   * What is done about objects of which rules find an error: 'enforce' writes nothing, 'report' writes all the same and
   * makes warnings of the errors.
   * @default 'enforce' - a manifest that is refused is of no use to anyone
   */
  readonly rules?: 'enforce' | 'report';
  /**
   * Whether findings tell the line of the program that caused them also where `podwright synth`, which finds it anyway,
   * does not run the program: under cdk8s-cli it is run again, muted, when there are findings; in a test the line is
   * looked for in the files that made the construct.
   * @default false - noting where each construct is made takes some microseconds
   */
  readonly trace?: boolean;
  /**
   * Taken for the sake of programs written for cdk8s's App, and not followed: a construct-metadata.json in the folder
   * would be refused by `kubectl apply`.
   * @default false
   */
  readonly recordConstructMetadata?: boolean;
}

/**
 * The root of a program: the charts below it are synthesized into a folder, one file a chart.
 *
 * It is cdk8s's App, and a program written for that one needs only the import changed. What differs: a file is called
 * after its chart's id exactly (`NAME.k8s.yaml`); a chart in another is in a folder of that one's name; all faults are
 * reported at once, and nothing is written when there is one.
 */
export class App extends StockApp {
  private readonly props: AppProps;

  constructor(props: AppProps = {}) {
    super({ ...props, recordConstructMetadata: false });
    this.props = props;
    const run = currentRun();
    if (run) run.made++;
    else if (props.trace) tracing().start();
  }

  /** The charts, each after those that it depends on. */
  override get charts(): Chart[] {
    return [...orderCharts(walk(this))];
  }

  /**
   * Writes the manifests. Under `podwright synth` that is done when the program has ended without an error, all at
   * once.
   *
   * @throws FindingsError when something is wrong with the program; nothing is written then.
   */
  override synth(): void {
    const run = currentRun();
    const plans = this.plans(true, run?.output);
    if (run) {
      run.plans.push(...plans);
      return;
    }
    const findings = plans.flatMap((plan) => plan.findings);
    if (findings.length > 0) process.stderr.write(formatFindings(findings));
    writeDist(plans);
  }

  /**
   * All objects of all charts as one YAML stream, not judged by the rules: whoever asks may want to see what is wrong.
   *
   * @throws FindingsError when something is wrong with the program.
   */
  override synthYaml(): string {
    const [dist] = this.plans();
    return [...dist.files.values()].map((content) => Buffer.from(content).toString()).join('---\n');
  }

  /** That of the manifests; and that of clusters, where there is anything to write or to remove. */
  private plans(judged = false, output?: string): [dist: DistPlan, ...beside: DistPlan[]] {
    const run = currentRun();
    const images = imagesOf(this);
    const isJudged = judged && !run?.image;
    const judge = isJudged ? new Judge(judging(this.props), this.props.rules === 'report', images) : undefined;
    const outdir = resolve(output ?? this.outdir);
    const clusters = resolve(dirname(outdir), this.props.clusters ?? 'clusters');
    const said = synthesize(this, { judge, images, folders: foldersOf(outdir, clusters) });
    const { charts, objects, outputs, findings: found } = said;
    if (judge && isRecordWanted()) writeRecord(output ?? this.outdir, judge.recorded());
    if (run && judged) run.objects = (run.objects ?? 0) + objects;
    run?.observe?.(this, { findings: found, outdir, outputs });
    const findings = this.props.trace && !run ? tracing().sources(this, found) : found;
    if (findings.some((finding) => finding.severity === 'error' && counts(finding))) throw new FindingsError(findings);
    const versions = new Map([['podwright', toolkitVersion()]]);
    const files = new Map(outputs.map((file) => [file.path, contentOf(file)]));
    const made = images.lock ? new Map([...versions, [LOCK, images.lock.sum]]) : versions;
    const environments = environmentsOf(outputs);
    const dist: DistPlan = { outdir, files, versions: made, environments, charts, objects, findings };
    if (said.clusters.size === 0 && !existsSync(join(clusters, MANIFEST))) return [dist];
    const told = environments.filter((name) => [...said.clusters.keys()].some((path) => path.startsWith(`${name}/`)));
    const beside = { outdir: clusters, files: said.clusters, versions, charts: 0, objects: 0, findings: [] };
    return [dist, { ...beside, environments: told, beside: true }];
  }
}

/**
 * What dist and clusters are called by those who see the program's folder.
 * @throws when one would be in the other: what applies dist would apply clusters too
 */
function foldersOf(outdir: string, clusters: string): Folders {
  const isIn = (one: string, other: string) => `${one}${sep}`.startsWith(`${other}${sep}`);
  if (isIn(clusters, outdir) || isIn(outdir, clusters)) {
    throw new Error(
      `clusters: '${clusters}' and '${outdir}' are one in the other; expected two folders beside each other`,
    );
  }
  const seen = (folder: string) => {
    const path = relative(process.cwd(), folder);
    return (path.startsWith('..') || isAbsolute(path) ? basename(folder) : path).replaceAll('\\', '/');
  };
  return { dist: seen(outdir), clusters: seen(clusters) };
}

/** Loaded when somebody asks for it. */
function tracing(): typeof import('./trace/in-app') {
  return require('./trace/in-app') as typeof import('./trace/in-app');
}

function lockIn(file: string): ImageLock {
  const { ImageLock } = require('./images/image-lock') as typeof import('./images/image-lock');
  return ImageLock.read(file);
}

/** Of an App's props those that the rules take. */
function judging({
  targets,
  ownRules,
  severities,
  strict,
  podSecurity,
  externals,
  facts,
  gitops,
  imports = 'imports',
}: AppProps): JudgeOptions {
  const crds = () => keptCrdsIn(resolve(imports));
  return { targets, ownRules, severities, strict, podSecurity, externals, facts, gitops, crds };
}

/**
 * What the rules are told by an App; a stock one tells nothing.
 * @param construct what is judged, whose environments tell of their clusters @default - what is in no environment
 */
export function judgeOptionsOf(app: object, construct?: IConstruct): JudgeOptions {
  const told = app instanceof App ? judging((app as unknown as { readonly props: AppProps }).props) : {};
  return clusterOf(construct, told);
}

/** Read once an App: a test asks for each object. */
const IMAGES = new WeakMap<App, Images>();

/**
 * What an App makes of the images of its objects; a stock one leaves them as they are.
 * @throws FindingsError for a lock with a fault, Error for one that is named and not there
 */
export function imagesOf(app: object): Images {
  if (!(app instanceof App)) return new Images(undefined);
  const images = IMAGES.get(app) ?? imagesBy((app as unknown as { readonly props: AppProps }).props);
  IMAGES.set(app, images);
  return images;
}

function imagesBy({ imageLock }: AppProps): Images {
  const file = resolve(imageLock ?? LOCK);
  const tell = currentRun()?.image;
  if (tell) return new ToldImages(file, tell);
  if (existsSync(file)) return new Images(lockIn(file));
  if (imageLock === undefined) return new Images(undefined);
  throw new Error(`imageLock: ${imageLock} is not there; expected a file. npx podwright images pin makes it`);
}

/** All that is wrong with a program, as its synthesis says it; nothing is written, and nothing thrown for it. */
export function findingsOf(app: StockApp): readonly Finding[] {
  const { rules, trace } = app instanceof App ? (app as unknown as { readonly props: AppProps }).props : {};
  const images = imagesOf(app);
  const judge = new Judge(judgeOptionsOf(app), rules === 'report', images);
  const { findings } = synthesize(app, { judge, images });
  return trace && !currentRun() ? tracing().sources(app, findings) : findings;
}

answerFor((root): root is App => root instanceof App, imagesOf);
