// The rules as a validation of cdk8s-cli, whose cdk8s.yaml names podwright/bin/validation.js.
import { dirname, relative } from 'node:path';
import { counts, type Finding } from '../report/finding';
import type { LocatedFinding } from '../report/located';
import { formatIdentity } from '../report/text';
import { saidProblem } from '../rules/cluster';
import { type CheckAllOptions, FAMILIES } from '../rules/families';
import { textOf, unknownRule } from '../rules/known';
import { type RecordedObject, readRecord, recordKey } from '../synth/construct-record';
import { importedCrds } from './crds-option';
import { judgeManifests } from './judge-manifests';

/** What cdk8s-cli gives a validation; only what is used here. */
export interface ValidationContext {
  /** The paths of the manifests. */
  readonly manifests: readonly string[];
  /** The construct paths of resources by their names; it is looked up by what a violation calls its resource. */
  readonly metadata: Record<string, { path: string }>;
  readonly report: {
    addViolation(violation: {
      readonly ruleName: string;
      readonly recommendation: string;
      readonly fix: string;
      readonly violatingResources: readonly {
        readonly resourceName: string;
        readonly locations: readonly string[];
        readonly manifestPath: string;
      }[];
    }): void;
    submit(status: 'success' | 'failure', metadata: Record<string, string>): void;
  };
}

// biome-ignore lint/suspicious/noExplicitAny: what cdk8s.yaml says is what is found out
type Any = any;

const listOf = (known: readonly string[]) => (value: Any) =>
  Array.isArray(value) && value.every((one) => known.includes(one))
    ? undefined
    : `expected a list of ${known.join(', ')}`;

/** What properties a validation takes, and what is wrong with a value. */
const PROPERTIES: { readonly [name: string]: (value: Any) => string | undefined } = {
  targets: (value) => saidProblem('targets', value),
  rules: listOf(FAMILIES),
  podSecurity: (value) => saidProblem('podSecurity', value),
  complete: (value) => (typeof value === 'boolean' ? undefined : 'expected true or false'),
  severities: (value) => {
    if (typeof value !== 'object' || value === null)
      return 'expected a mapping of rules to error, warning, info or off';
    const [id, severity] =
      Object.entries(value).find(([id, to]) => unknownRule(id) || !/^(error|warning|info|off)$/.test(String(to))) ?? [];
    if (id === undefined) return undefined;
    return unknownRule(id) ?? `expected error, warning, info or off for ${id}, not ${JSON.stringify(severity)}`;
  },
  externals: (value) => saidProblem('externals', value),
  facts: (value) => saidProblem('facts', value),
  gitops: (value) => saidProblem('gitops', value),
};

/** The validation: `class: Rules`. */
export class Rules {
  private readonly options: CheckAllOptions;

  /**
   * @param properties those of `podwright check`, as cdk8s.yaml has them: `targets`, `rules` (families), `podSecurity`,
   * `complete`, `severities`, `externals`, `facts`, `gitops`
   * @throws for another property, or one that says something else
   */
  constructor(properties: Readonly<Record<string, Any>> = {}) {
    for (const [name, value] of Object.entries(properties)) {
      const problem = Object.hasOwn(PROPERTIES, name)
        ? PROPERTIES[name]?.(value)
        : `expected ${Object.keys(PROPERTIES).join(', ')}`;
      if (problem)
        throw new Error(`podwright: property ${name} in cdk8s.yaml, got ${JSON.stringify(value)}; ${problem}`);
    }
    const { rules, ...options } = properties;
    this.options = { ...options, ...(rules && { families: rules }) };
  }

  /** Judges the manifests. Errors fail it; all that is found is in its report. */
  async validate({ manifests, metadata, report }: ValidationContext): Promise<void> {
    const { objects, findings: found } = judgeManifests(manifests, process.cwd(), {
      ...this.options,
      crds: () => importedCrds(process.cwd()),
    });
    const records = new Records(manifests);
    const findings = found.map((finding) => records.complete(finding)).filter(counts);
    for (const group of byRule(findings)) {
      const [first] = group as [LocatedFinding];
      const text = textOf(first.ruleId);
      report.addViolation({
        ruleName: first.ruleId,
        recommendation: text ? `found ${text.summary}` : first.message,
        fix: first.fix ?? 'see what the locations say',
        violatingResources: group.map((finding) => {
          const resourceName = finding.object ? formatIdentity(finding.object) : finding.file;
          if (finding.constructPath) metadata[resourceName] = { path: finding.constructPath };
          return { resourceName, locations: [locationOf(finding)], manifestPath: finding.file };
        }),
      });
    }
    const errors = findings.filter(({ severity }) => severity === 'error').length;
    const figures = { objects: `${objects}`, errors: `${errors}`, warnings: `${findings.length - errors}` };
    report.submit(errors > 0 ? 'failure' : 'success', figures);
  }
}

/** What was recorded of the constructs of the folders that manifests are in. */
class Records {
  private readonly folders = new Map<string, ReadonlyMap<string, RecordedObject>>();

  constructor(manifests: readonly string[]) {
    // The folder of the synthesis is that of a manifest, or one above it.
    for (const manifest of manifests) {
      for (let folder = dirname(manifest); !this.folders.has(folder); folder = dirname(folder)) {
        const objects = readRecord(folder).map((one) => [`${one.environment}:${one.key}`, one] as const);
        this.folders.set(folder, new Map(objects));
      }
    }
  }

  /** A finding with the construct that made its object, and the exception that the program makes there. */
  complete(finding: LocatedFinding): LocatedFinding {
    const recorded = finding.object && this.find(finding.file, recordKey(finding.object));
    if (!recorded) return finding;
    const suppressed = recorded.exceptions?.[finding.ruleId];
    return { ...finding, constructPath: recorded.constructPath, ...(suppressed && { suppressed }) };
  }

  private find(file: string, key: string): RecordedObject | undefined {
    for (const [folder, objects] of this.folders) {
      if (objects.size === 0) continue;
      const parts = relative(folder, file).replaceAll('\\', '/').split('/').slice(0, -1);
      for (let length = parts.length; length >= 0; length--) {
        const found = objects.get(`${parts.slice(0, length).join('/')}:${key}`);
        if (found) return found;
      }
    }
    return undefined;
  }
}

/** Findings of one rule and one way out together, in the order of the first of each. */
function byRule(findings: readonly LocatedFinding[]): LocatedFinding[][] {
  const groups = new Map<string, LocatedFinding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.ruleId, finding.fix]);
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()];
}

function locationOf({ pointer, message, severity, line, column }: Finding & LocatedFinding): string {
  return `${severity}: ${[pointer, message].filter(Boolean).join(': ')} (line ${line}, column ${column})`;
}
