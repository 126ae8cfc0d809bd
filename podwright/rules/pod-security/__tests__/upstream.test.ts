import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkAll } from '../../families';

/** A Pod of the upstream project's tests, and the minor versions of the policy that it is for, as ranges. */
interface Fixture {
  readonly check: string;
  readonly level: 'baseline' | 'restricted';
  readonly passes: boolean;
  readonly metadata: object;
  readonly spec: object;
  readonly minors: readonly (readonly [first: number, last: number])[];
}

const lines = readFileSync(join(__dirname, '..', '__fixtures__', 'upstream.jsonl'), 'utf8')
  .trim()
  .split('\n');
const fixtures = lines.map((line) => JSON.parse(line) as Fixture);

/** What upstream calls our rules. */
const RULES: Readonly<Record<string, string>> = {
  allowprivilegeescalation: 'allow-privilege-escalation',
  apparmorprofile: 'app-armor-profile',
  capabilities_baseline: 'capabilities',
  capabilities_restricted: 'capabilities',
  hostnamespaces: 'host-namespaces',
  hostpathvolumes: 'volumes',
  hostports: 'host-ports',
  hostprobesandhostlifecycle: 'host-probes',
  privileged: 'privileged',
  procmount: 'proc-mount',
  procmount_restricted: 'proc-mount',
  restrictedvolumes: 'volumes',
  runasnonroot: 'run-as-non-root',
  runasuser: 'run-as-user',
  seccompprofile_baseline: 'seccomp-profile',
  seccompprofile_restricted: 'seccomp-profile',
  selinuxoptions: 'se-linux-options',
  sysctls: 'sysctls',
  windowshostprocess: 'windows-host-process',
};

/** Fixtures that other checks forbid as well, as what they show comes with what those look at. */
const BESIDE: Readonly<Record<string, string>> = {
  allowprivilegeescalation: 'capabilities',
  privileged: 'allow-privilege-escalation',
  windowshostprocess: 'host-namespaces',
};

/** Each fixture in each version that it is for, in a namespace that enforces that version of its level. */
function cases(): { fixture: Fixture; minor: number }[] {
  return fixtures.flatMap((fixture) =>
    fixture.minors.flatMap(([first, last]) =>
      Array.from({ length: last - first + 1 }, (_, index) => ({ fixture, minor: first + index })),
    ),
  );
}

const all = cases();
const namespaces = new Map(
  all.map(({ fixture: { level }, minor }) => {
    const labels = {
      'pod-security.kubernetes.io/enforce': level,
      'pod-security.kubernetes.io/enforce-version': `v1.${minor}`,
    };
    const name = `${level}-${minor}`;
    return [name, { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } }] as const;
  }),
);
const pods = all.map(({ fixture, minor }, index) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { ...fixture.metadata, name: `p${index}`, namespace: `${fixture.level}-${minor}` },
  spec: fixture.spec,
}));
const found = new Map<number, Set<string>>();
for (const { index, ruleId } of checkAll([...pods, ...namespaces.values()], { families: ['pod-security'] })) {
  found.set(index, (found.get(index) ?? new Set()).add(ruleId));
}

test('forbids what upstream forbids, by the same check, and nothing else, in every version', () => {
  const disagreements = all.flatMap(({ fixture, minor }, index) => {
    const { check, level, passes } = fixture;
    const rules = [...(found.get(index) ?? [])].map((id) => id.replace('pod-security/', ''));
    const others = rules.filter((rule) => rule !== RULES[check] && rule !== BESIDE[check]);
    const agrees = passes ? rules.length === 0 : rules.includes(RULES[check] as string) && others.length === 0;
    return agrees ? [] : [`${check} ${level} 1.${minor}: ${rules.join() || 'passes'}`];
  });
  expect(disagreements).toEqual([]);
});

test('every check is tried in versions from the first to 1.35', () => {
  expect(all.length).toBeGreaterThan(4000);
  expect(new Set(all.map(({ minor }) => minor)).size).toBe(36);
  const failing = fixtures.filter(({ passes }) => !passes).map(({ check }) => RULES[check]);
  expect([...new Set(failing)].sort()).toEqual([...new Set(Object.values(RULES))].sort());
});
