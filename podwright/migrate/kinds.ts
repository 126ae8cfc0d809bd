// The class of a kind: of the Kubernetes API, of an imported definition, or none.
import type { Crd, CrdVersion } from '../api/crds';
import { kindOf } from '../api/definitions';
import * as k8s from '../api/k8s';
import { crdModule } from '../import/crd-module';
import { crdMisfit, misfit } from './fits';
import type { Any } from './path';

/** A class, and where it is imported from. */
export interface KindClass {
  readonly name: string;
  /** As a chart imports it: `podwright/k8s`, `../imports/kueue`. */
  readonly module: string;
}

/** Where an object has what its kind's class does not take. */
export interface Misfit {
  /** A pointer. */
  readonly misfit: string;
}

/** An import of a program. */
export interface Import {
  /** Its file's name, without the extension. */
  readonly name: string;
  readonly crds: readonly Crd[];
}

interface CustomKind extends KindClass {
  readonly crd: Crd;
  readonly version: CrdVersion;
}

/** By apiVersion and kind: the classes of podwright/k8s. */
let builtIn: Map<string, string> | undefined;

function builtInClass(apiVersion: string, kind: string): string | undefined {
  if (!builtIn) {
    builtIn = new Map();
    for (const [name, value] of Object.entries(k8s)) {
      const gvk = (value as { GVK?: { apiVersion: string; kind: string } }).GVK;
      if (gvk) builtIn.set(`${gvk.apiVersion} ${gvk.kind}`, name);
    }
  }
  return builtIn.get(`${apiVersion} ${kind}`);
}

/** What is known of the kinds of a program. */
export class Kinds {
  private readonly custom = new Map<string, CustomKind>();

  constructor(imports: readonly Import[]) {
    for (const { name, crds } of imports) {
      const { classes } = crdModule(crds, []);
      for (const crd of crds) {
        for (const version of crd.versions) {
          const apiVersion = `${crd.group}/${version.name}`;
          const own = classes.find((each) => each.apiVersion === apiVersion && each.kind === crd.kind);
          if (own)
            this.custom.set(`${apiVersion} ${crd.kind}`, {
              name: own.name,
              module: `../imports/${name}`,
              crd,
              version,
            });
        }
      }
    }
  }

  private readonly known = new WeakMap<object, KindClass | Misfit | undefined>();

  /** The class that takes an object as it is, or the pointer to what it does not take; none for unknown kinds. */
  classOf(object: Any): KindClass | Misfit | undefined {
    if (!this.known.has(object)) this.known.set(object, this.findClass(object));
    return this.known.get(object);
  }

  private findClass(object: Any): KindClass | Misfit | undefined {
    const { apiVersion, kind, ...fields } = object;
    const name = builtInClass(apiVersion, kind);
    const definition = kindOf(apiVersion, kind)?.definition;
    if (name !== undefined && definition !== undefined) {
      const found = misfit(fields, definition);
      return found === undefined ? { name, module: 'podwright/k8s' } : { misfit: found };
    }
    const custom = this.custom.get(`${apiVersion} ${kind}`);
    if (!custom) return undefined;
    const found = crdMisfit(object, custom.version.schema);
    return found === undefined ? { name: custom.name, module: custom.module } : { misfit: found };
  }

  /** Whether a chart's namespace becomes the object's: all but those of classes that know better. */
  takesNamespace(object: Any): boolean {
    const { apiVersion, kind } = object;
    const known = kindOf(apiVersion, kind);
    const isNamespaced = known ? known.namespaced : this.custom.get(`${apiVersion} ${kind}`)?.crd.scope !== 'Cluster';
    return isNamespaced || !('name' in (this.classOf(object) ?? {}));
  }
}
