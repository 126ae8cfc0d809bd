// Flux's variables: with them on, whatever looks like one is replaced, a shell's own too.
import { pointerOf } from '../../api/json-pointer';
import { readManifestText } from '../../api/manifests/read';
import type { Handed, HandedObject, Report } from '../../synth/clusters/hand-over';
import { shownPath } from '../../synth/tree';
import { fault } from '../validation';

/** Variables that Flux puts into the manifests, where they say `${NAME}`. */
export interface PostBuild {
  /** Variables and their values. @default - none */
  readonly substitute?: Readonly<Record<string, string>>;
  /** ConfigMaps and Secrets of the cluster that have variables. @default - none */
  readonly substituteFrom?: readonly SubstituteFrom[];
}

/** A ConfigMap or Secret with variables, in the namespace of the Kustomizations. */
export interface SubstituteFrom {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  /** Whether it may be missing. @default false */
  readonly optional?: boolean;
  /** The variables in it that the manifests mean: others are taken for a shell's. @default - none */
  readonly variables?: readonly string[];
}

/** `postBuild` as Flux takes it. */
export function postBuildSpec({ substitute, substituteFrom }: PostBuild): object {
  return {
    ...(substitute && { substitute }),
    ...(substituteFrom && { substituteFrom: substituteFrom.map(({ variables: _, ...from }) => from) }),
  };
}

/** https://github.com/fluxcd/pkg/blob/main/kustomize/kustomize_varsub.go */
const NAME = /^[_A-Za-z][_A-Za-z0-9]*$/;
const DISABLED = 'kustomize.toolkit.fluxcd.io/substitute';

export function postBuildFaults(postBuild: PostBuild): string[] {
  return [...variablesOf(postBuild)]
    .filter((name) => !NAME.test(name))
    .map((name) => fault('postBuild', 'names a variable that Flux refuses', name, "letters, digits and '_'"));
}

function variablesOf({ substitute = {}, substituteFrom = [] }: PostBuild): Set<string> {
  return new Set([...Object.keys(substitute), ...substituteFrom.flatMap(({ variables = [] }) => variables)]);
}

/**
 * Reports each `${…}` of no variable that is known: Flux would leave nothing in its place. `$${…}` is Flux's own way to
 * write it, and is left alone.
 */
export function reportSubstitutions({ files }: Handed, postBuild: PostBuild, report: Report): void {
  const known = variablesOf(postBuild);
  for (const { objects } of files) for (const object of objects) reportObject(object, known, report);
}

function reportObject({ construct, text }: HandedObject, known: ReadonlySet<string>, report: Report): void {
  const yaml = text();
  if (!/(?<!\$)\$\{/.test(yaml)) return;
  const [read] = readManifestText('', yaml).objects;
  const { annotations, labels } = read?.object.metadata ?? {};
  if (annotations?.[DISABLED] === 'disabled' || labels?.[DISABLED] === 'disabled') return;
  const visit = (value: unknown, steps: readonly (string | number)[]): void => {
    if (typeof value === 'object' && value !== null) {
      for (const [key, part] of Object.entries(value))
        visit(part, [...steps, Array.isArray(value) ? Number(key) : key]);
      return;
    }
    for (const [found, name = ''] of String(value).matchAll(/(?<!\$)\$\{([_A-Za-z0-9]*)[^}]*\}?/g)) {
      if (known.has(name)) continue;
      report({
        constructPath: shownPath(construct),
        pointer: pointerOf(steps),
        message: `is replaced by Flux, which knows no variable of that name, got ${found}; expected ${[...known].map((one) => `\${${one}}`).join(', ') || 'no variables'}`,
        fix: `Write $${name || 'NAME'} without braces, or annotate the object with ${DISABLED}: disabled`,
      });
    }
  };
  visit(read?.object, []);
}
