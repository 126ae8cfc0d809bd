import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Finding, ObjectIdentity } from '../report/finding';
import { clusterProblem } from '../rules/cluster';
import type { External, Facts, ImageFacts } from '../rules/facts';
import type { CheckAllOptions } from '../rules/families';
import type { Rule } from '../rules/rule';
import type { IndexedFinding } from '../rules/run';
import { type RecordedObject, recordKey } from './construct-record';
import { clusterOf, Environment } from './environment';
import { Exceptions } from './except';
import type { Images } from './images/images';
import { isOurs } from './ours';
import { shownPath } from './tree';

/** How the objects of a program are judged. */
export interface JudgeOptions extends Omit<CheckAllOptions, 'families' | 'rules' | 'complete' | 'recreates'> {
  /** Rules of the program's own. @default - none */
  readonly ownRules?: readonly Rule[];
  /**
   * Whether errors of all rules stop a synthesis, whoever made the object. Without it they are warnings for objects
   * that neither the toolkit's constructs made nor classes that extend them, but for what the API server would refuse.
   * @default false
   */
  readonly strict?: boolean;
}

/** What is an error whoever made the object: the API server would refuse it. */
const REFUSED = /^api\/|^versions\/not-served$/;

/** What is an error where the toolkit's constructs, or classes that extend them, make the object, and a warning elsewhere. */
const OURS_TO_KEEP = 'secrets/literal-secret';

/** What the rules are told of a GitOps controller that follows objects. */
interface Follower {
  /** What it brings there beside them. */
  readonly externals: readonly External[];
  /** Whether it deletes what it cannot change, and makes it again. */
  readonly recreates: boolean;
}

/** An object, and the construct that made it. */
interface Seen {
  readonly construct: ApiObject;
  readonly value: object;
}

/** Judges the objects of a program by the rules. What is in one environment is not seen from another. */
export class Judge {
  private readonly exceptions = new Exceptions();
  private readonly groups = new Map<IConstruct | undefined, Seen[]>();
  private readonly followed = new Map<IConstruct | undefined, readonly Follower[]>();

  /**
   * @param report whether errors become warnings, which stop nothing
   * @throws for the severity of a rule that there is not, and for what is said of the cluster and may not be
   */
  constructor(
    private readonly options: JudgeOptions,
    private readonly report = false,
    private readonly images?: Images,
  ) {
    const { severities = {}, ownRules } = options;
    for (const id of Object.keys(severities)) {
      // Loaded for a name that is to be looked at: it needs all rules.
      const { unknownRule } = require('../rules/known') as typeof import('../rules/known');
      const problem = unknownRule(id, ownRules);
      if (problem) throw new Error(`severities: ${problem}`);
    }
    const problem = clusterProblem(options);
    if (problem) throw new Error(problem);
  }

  /** Takes note of an object. It is not copied: for the most part it is made of the program's own props. */
  see(construct: ApiObject, value: object): void {
    const environment = Environment.tryOf(construct);
    const group = this.groups.get(environment);
    if (group) group.push({ construct, value });
    else this.groups.set(environment, [{ construct, value }]);
  }

  /** Takes note that a GitOps controller follows the objects of an environment. */
  follow(environment: IConstruct | undefined, follower: Follower): void {
    this.followed.set(environment, [...(this.followed.get(environment) ?? []), follower]);
  }

  /** What is wrong with the objects that it has seen, each finding at the construct that made the object. */
  findings(): Finding[] {
    // Loaded when there is something to judge: a program that is only built, as in most tests, pays nothing for it.
    const { checkAll } = require('../rules/families') as typeof import('../rules/families');
    const { ownRules, strict, severities, ...told } = this.options;
    return [...this.groups].flatMap(([environment, group]) => {
      const options = clusterOf(environment, told);
      const followed = this.followed.get(environment);
      const images = this.images?.facts(nameOf(environment)) ?? {};
      const found = checkAll(
        group.map(({ value }) => value),
        {
          ...options,
          facts: factsWith(options.facts, images),
          ...(followed && {
            gitops: options.gitops ?? true,
            externals: [...(options.externals ?? []), ...followed.flatMap(({ externals }) => externals)],
            recreates: followed.some(({ recreates }) => recreates),
          }),
          rules: ownRules,
          severities: { ...severities, ...SAID_BY_SYNTHESIS },
        },
      );
      return found.map((finding) => {
        const { construct } = group[finding.index] as Seen;
        const { index, ...rest } = finding;
        const lenient = this.isLenient(finding, construct);
        const suppressed = this.exceptions.of(finding, construct);
        return {
          ...rest,
          ...(lenient && { severity: 'warning' as const }),
          ...(this.isRaised(finding, construct) && { severity: 'error' as const }),
          constructPath: shownPath(construct),
          ...(suppressed && { suppressed }),
        };
      });
    });
  }

  /** What is wrong with the program's exceptions, once its objects are judged. */
  exceptionFaults(constructs: readonly IConstruct[]): Finding[] {
    return this.exceptions.faults(constructs, this.options.ownRules);
  }

  /** Which constructs made the objects that it has seen. */
  recorded(): RecordedObject[] {
    return [...this.groups].flatMap(([environment, group]) =>
      group.map(({ construct, value }) => {
        const exceptions = this.exceptions.at(construct);
        return {
          environment: nameOf(environment),
          key: keyOf(value),
          constructPath: shownPath(construct),
          ...(exceptions && { exceptions }),
        };
      }),
    );
  }

  private isRaised({ ruleId, severity }: IndexedFinding, construct: ApiObject): boolean {
    if (ruleId !== OURS_TO_KEEP || severity !== 'warning' || this.report) return false;
    const { strict, severities } = this.options;
    return severities?.[ruleId] === undefined && (strict === true || isOurs(construct));
  }

  private isLenient({ ruleId, severity }: IndexedFinding, construct: ApiObject): boolean {
    if (severity !== 'error' || this.report) return severity === 'error';
    const { ownRules, strict, severities } = this.options;
    const own = ownRules?.some(({ id }) => id === ruleId);
    return !(strict || REFUSED.test(ruleId) || own || severities?.[ruleId] !== undefined || isOurs(construct));
  }
}

/** An environment's name; '' for none. */
function nameOf(environment: IConstruct | undefined): string {
  return Environment.isEnvironment(environment) ? environment.name : '';
}

/** What the program says of its images, and what its lock does. */
function factsWith(facts: Facts = {}, images: Readonly<Record<string, ImageFacts>>): Facts {
  return Object.keys(images).length === 0 ? facts : { ...facts, images: { ...images, ...facts.images } };
}

/** What the record calls an object. */
function keyOf(value: object): string {
  const { apiVersion, kind, metadata } = value as ObjectIdentity & { metadata?: Record<string, string> };
  const { namespace, name = metadata?.generateName ?? '' } = metadata ?? {};
  return recordKey({ apiVersion, kind, ...(namespace && { namespace }), name });
}

/** What a synthesis says itself, with the paths of both constructs. */
const SAID_BY_SYNTHESIS = { 'start/one-identity': 'off' } as const;
