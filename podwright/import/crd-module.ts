// The types of custom resources: one class a served version of a kind, interfaces for what their schemas nest.
import type { Crd, CrdVersion } from '../api/crds';
import { newestFirst } from '../api/version-order';
import { CrdTypes, TAKEN } from './crd-types';
import type { ModuleModel } from './model';
import { className, groupWord, pascal, unique } from './names';

/**
 * The module of one project's definitions. Types that are equal, documentation included, are one: the first to be met
 * names it, kinds in the order of their names and each kind's newest version first.
 *
 * @param header the comment that begins the file, a line an element
 */
export function crdModule(crds: readonly Crd[], header: readonly string[]): ModuleModel {
  const named = classNames(crds);
  const types = new CrdTypes(named.map(({ name }) => name));
  const classes = named.map(({ crd, version, name }) => types.classOf(crd, version, name));
  const imported = [...(types.hasIntOrString ? ['type IntOrString'] : []), 'KubeObject', 'manifest', 'type ObjectMeta'];
  return {
    header,
    statements: [
      "import type { GroupVersionKind } from 'cdk8s';",
      "import type { Construct } from 'constructs';",
      `import { ${imported.join(', ')} } from 'podwright/k8s';`,
    ],
    classes,
    interfaces: types.interfaces,
  };
}

/**
 * Each version's class name: the kind's own for the newest stable one (else beta, else alpha) that is not deprecated,
 * with the version for the others. Kinds of one name in two groups have their group's name, too.
 */
function classNames(crds: readonly Crd[]): { crd: Crd; version: CrdVersion; name: string }[] {
  const taken = new Set(TAKEN);
  const sorted = [...crds].sort((a, b) => compare(a.kind, b.kind) || compare(a.group, b.group));
  return sorted.flatMap((crd) => {
    const alike = crds.filter(({ kind }) => className(pascal(kind)) === className(pascal(crd.kind)));
    const sameWord = alike.filter(({ group }) => groupWord(group) === groupWord(crd.group));
    const group = alike.length === 1 ? '' : sameWord.length === 1 ? groupWord(crd.group) : pascal(crd.group);
    const versions = newestFirst(crd.versions);
    return versions.map((version, index) => {
      const suffix = index === 0 ? '' : pascal(version.name);
      return { crd, version, name: unique(`${className(pascal(crd.kind)) || 'Kind'}${group}${suffix}`, taken) };
    });
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
