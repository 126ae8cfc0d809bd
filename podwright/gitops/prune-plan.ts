// What a change takes from the cluster, as a file for `kubectl delete -f`.
import { kindName } from '../api/identity';
import type { DiffReport, ObjectDiff } from '../report/diff';

import { groupsOf, objectName, outcomeText, titleText } from '../report/diff/words';
import { emit } from '../synth/yaml/emit';
import type { Generation } from './diff/generations';

/** Kinds that hold others: they go last, in this order. */
const LAST = ['Namespace', 'apiextensions.k8s.io/CustomResourceDefinition'];

/**
 * What is deleted, as YAML; what stays in the cluster is named in comments, so that all that git no longer has is there.
 *
 * @param report of one environment: another's cluster has other objects
 * @param earlier the generations of configuration that git had before, of any environment
 */
export function prunePlan(report: DiffReport, earlier: readonly Generation[] = []): string {
  const lines = [`# What leaves the cluster: ${titleText(report)}`];
  const documents: string[] = [];
  const gone = report.objects.filter(({ effect }) => effect === 'gone');
  for (const { heading, title, objects } of groupsOf({ ...report, objects: gone })) {
    if (heading === 'deleted') documents.push(...[...objects].sort(byRank).map(document));
    // What is in a namespace goes with it: it is told, and needs no deletion of its own.
    else lines.push(`# ${title}:`, ...objects.map((object) => `#   ${objectName(object)}`));
  }
  if (earlier.length > 0)
    lines.push(
      '# Left by earlier commits, where the cluster still has them:',
      ...earlier.map((one) => `#   ${objectName(one)}`),
    );
  if (documents.length === 0) lines.push('# Nothing is deleted.');
  return `${lines.join('\n')}\n${documents.join('---\n')}`;
}

function document({ object, outcomes }: ObjectDiff): string {
  const { apiVersion, kind, name, namespace } = object;
  const comments = outcomes.map((outcome) => `# ${outcomeText(outcome)}\n`).join('');
  return `${comments}${emit({ apiVersion, kind, metadata: { name, ...(namespace && { namespace }) } })}`;
}

function byRank(a: ObjectDiff, b: ObjectDiff): number {
  return LAST.indexOf(kindName(a.object)) - LAST.indexOf(kindName(b.object));
}
