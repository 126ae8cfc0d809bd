// Which versions of Kubernetes serve what an object says it is.
import { type Kind, kindsOf } from '../../api/definitions';
import { groupOf } from '../../api/identity';
import { type VersionSet, versionsOf } from '../../api/versions';

let byName: Map<string, Kind[]> | undefined;

/** A kind in all the versions of its group that are known; none for kinds that are not Kubernetes' own. */
export function versionsOfKind(group: string, kind: string): readonly Kind[] {
  if (!byName) {
    byName = new Map();
    for (const one of kindsOf()) {
      const key = `${one.group}/${one.kind}`;
      byName.set(key, [...(byName.get(key) ?? []), one]);
    }
  }
  return byName.get(`${group}/${kind}`) ?? [];
}

let groups: Set<string> | undefined;

/** Whether an API group is Kubernetes' own: what it does not serve of such a group, nobody does. */
export function isOwnGroup(group: string): boolean {
  groups ??= new Set(['extensions', ...kindsOf().map((kind) => kind.group)]);
  return groups.has(group);
}

/** The version of a kind to use where targets are to serve it: the most stable, then the newest. */
export function bestVersion(apiVersion: string, kind: string, targets: VersionSet): Kind | undefined {
  const rank = ({ version }: Kind) => {
    const [, major = '0', level, minor = '0'] = /^v(\d+)(alpha|beta)?(\d+)?$/.exec(version) ?? [];
    return (level === undefined ? 2e6 : level === 'beta' ? 1e6 : 0) + Number(major) * 1000 + Number(minor);
  };
  return versionsOfKind(groupOf(apiVersion), kind)
    .filter(({ versions }) => (versions & targets) === targets)
    .sort((a, b) => rank(b) - rank(a))[0];
}

/** Whether an apiserver serves it only when it is told to: an alpha, or a beta that began in 1.24 or later. */
export function isOffByDefault({ group, version }: Kind): boolean {
  if (group === 'flowcontrol.apiserver.k8s.io') return version.includes('alpha');
  return /alpha|beta/.test(version);
}

/** Versions for a sentence: `1.33`, `1.33 and 1.37`, `1.35 to 1.37`. */
export function shown(set: VersionSet): string {
  const list = versionsOf(set);
  const [first, last] = [list[0], list.at(-1)];
  if (list.length <= 2) return list.join(' and ');
  const bits = set / (set & -set);
  const together = (bits & (bits + 1)) === 0;
  return together ? `${first} to ${last}` : `${list.slice(0, -1).join(', ')} and ${last}`;
}
