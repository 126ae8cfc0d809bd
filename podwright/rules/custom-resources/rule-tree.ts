// Where in a schema there are rules in CEL, and the rules themselves, compiled when they are first met.
import type { CrdSchema } from '../../api/crds';
import type { Evaluate } from './cel/compile';

/** A rule as the CRD has it. */
export interface ValidationRule {
  readonly rule: string;
  readonly message?: string;
  readonly messageExpression?: string;
  readonly reason?: string;
  readonly fieldPath?: string;
  readonly optionalOldSelf?: boolean;
}

/** A rule that is evaluated when an object is made. */
export interface Compiled {
  readonly rule: ValidationRule;
  readonly evaluate: Evaluate;
  readonly message?: Evaluate;
}

type Cel = typeof import('./cel/compile') & typeof import('./cel/data') & typeof import('./cel/values');

let loaded: Cel | undefined;

/** Most programs have no custom resource with rules: what evaluates them is loaded for the first one. */
export function cel(): Cel {
  loaded ??= { ...require('./cel/compile'), ...require('./cel/data'), ...require('./cel/values') } as Cel;
  return loaded;
}

const VARIABLES = ['self', 'oldSelf'];
/** Stands for a list's items among the names of fields. */
export const ITEMS = '[]';

/** The schemas of one place that have rules for it, or for what is below it. */
export class Tree {
  private readonly schemas: readonly CrdSchema[];
  private readonly below = new Map<string, Tree | undefined>();
  private compiled: readonly Compiled[] | undefined;

  /** @param schemas the place's own, and those that a value must satisfy as well */
  constructor(schemas: readonly CrdSchema[]) {
    this.schemas = schemas.flatMap(withAllOf).filter(hasRules);
  }

  get hasRules(): boolean {
    return this.schemas.length > 0;
  }

  get rules(): readonly Compiled[] {
    this.compiled ??= this.schemas.flatMap(rulesOf);
    return this.compiled;
  }

  /** The rules of a field or of a map's values; `[]` stands for a list's items. */
  at(key: string): Tree | undefined {
    if (!this.below.has(key)) {
      const tree = new Tree(this.schemas.flatMap((schema) => schemasAt(schema, key)));
      this.below.set(key, tree.hasRules ? tree : undefined);
    }
    return this.below.get(key);
  }
}

function schemasAt({ items, properties, additionalProperties }: CrdSchema, key: string): readonly CrdSchema[] {
  if (key === ITEMS && items) return [items];
  const own = properties && Object.hasOwn(properties, key) ? properties[key] : undefined;
  if (own) return [own];
  return typeof additionalProperties === 'object' ? [additionalProperties] : [];
}

function withAllOf(schema: CrdSchema): readonly CrdSchema[] {
  const allOf = schema.allOf as readonly CrdSchema[] | undefined;
  return allOf ? [schema, ...allOf.flatMap(withAllOf)] : [schema];
}

const known = new WeakMap<CrdSchema, boolean>();

/** Whether a schema has rules, for its values or for what is in them. */
function hasRules(schema: CrdSchema): boolean {
  let has = known.get(schema);
  if (has === undefined) {
    const { items, properties, additionalProperties } = schema;
    has =
      Array.isArray(schema['x-kubernetes-validations']) ||
      (items !== undefined && hasRules(items)) ||
      (typeof additionalProperties === 'object' && hasRules(additionalProperties)) ||
      Object.values(properties ?? {}).some(hasRules) ||
      ((schema.allOf as readonly CrdSchema[] | undefined) ?? []).some(hasRules);
    known.set(schema, has);
  }
  return has;
}

function rulesOf(schema: CrdSchema): readonly Compiled[] {
  const given = (schema['x-kubernetes-validations'] ?? []) as readonly ValidationRule[];
  return given.flatMap((rule) => compiledRule(rule) ?? []);
}

/**
 * A rule that is evaluated when an object is made; undefined for one that needs an object to compare it with, and for
 * one that is not understood: the API server takes no CRD with a rule that it does not understand.
 */
function compiledRule(rule: ValidationRule): Compiled | undefined {
  if (typeof rule.rule !== 'string' || rule.rule.trim() === '') return undefined;
  // Nearly all rules with the word are about a change: they need not be compiled to be left out.
  if (!rule.optionalOldSelf && /^\s*self\s*==\s*oldSelf\s*$/.test(rule.rule)) return undefined;
  const { compile } = cel();
  try {
    const { evaluate, used } = compile(rule.rule, VARIABLES);
    if (used.has('oldSelf') && !rule.optionalOldSelf) return undefined;
    const { messageExpression } = rule;
    return {
      rule,
      evaluate,
      ...(messageExpression && { message: compile(messageExpression, VARIABLES).evaluate }),
    };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
