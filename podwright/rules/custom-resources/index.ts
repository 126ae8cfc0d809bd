// Custom resources: their definitions, and by them what the API server would say of one.
import { isCrd } from '../../api/crd-object';
import type { Crd } from '../../api/crds';
import { groupOf } from '../../api/identity';
import type { Any, Check } from '../engine/cursor';
import { definitionOf } from './definition';

/** The definitions that objects are judged by: those that are given, and those among the objects, which come first. */
export class CustomResources {
  #kinds: Map<string, Crd> | undefined;
  readonly #checks = new Map<string, Check | undefined>();

  /** @param crds asked when there is a custom resource */
  constructor(
    private readonly objects: readonly Any[],
    private readonly crds: () => readonly Crd[] = () => [],
  ) {}

  /** The definition of a kind, whether it serves the version or not; undefined for a kind of which there is none. */
  crdOf(apiVersion: unknown, kind: unknown): Crd | undefined {
    if (typeof apiVersion !== 'string' || !apiVersion.includes('/')) return undefined;
    this.#kinds ??= new Map(
      [...this.crds(), ...crdsAmong(this.objects)].map((crd) => [`${crd.group} ${crd.kind}`, crd]),
    );
    return this.#kinds.get(`${groupOf(apiVersion)} ${kind}`);
  }

  /** The check of a kind's objects; undefined for a kind, or a version of it, that no definition serves. */
  checkOf(apiVersion: unknown, kind: unknown): Check | undefined {
    const key = `${apiVersion} ${kind}`;
    if (!this.#checks.has(key)) this.#checks.set(key, this.#made(apiVersion, kind));
    return this.#checks.get(key);
  }

  #made(apiVersion: unknown, kind: unknown): Check | undefined {
    const crd = this.crdOf(apiVersion, kind);
    const version = crd?.versions.find(({ name }) => apiVersion === `${crd.group}/${name}`);
    if (!crd || !version) return undefined;
    // Most programs have no custom resources: what judges them is loaded for the first one.
    const { checkOf } = require('./check') as typeof import('./check');
    return checkOf(crd, version);
  }
}

/** What is no sound definition is for its own check to say. */
function crdsAmong(objects: readonly Any[]): Crd[] {
  return objects.filter(isCrd).flatMap((object) => {
    const crd = definitionOf(object);
    return typeof crd === 'string' ? [] : [crd];
  });
}
