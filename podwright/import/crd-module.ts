// The types of custom resources: one class a served version of a kind, interfaces for what their schemas nest.
import type { Crd, CrdSchema, CrdVersion } from '../api/crds';
import type { ClassModel, Doc, FieldModel, InterfaceModel, ModuleModel } from './model';
import { className, groupWord, pascal, unique } from './names';
import { quote } from './print';
import { newestFirst } from './version-order';

/** What a generated module imports or what a class of its name would hide. */
const TAKEN = ['Construct', 'GroupVersionKind', 'IntOrString', 'KubeObject', 'Object', 'ObjectMeta'];

/**
 * The module of one project's definitions. Types that are equal, documentation included, are one: the first to be met
 * names it, kinds in the order of their names and each kind's newest version first.
 *
 * @param header the comment that begins the file, a line an element
 */
export function crdModule(crds: readonly Crd[], header: readonly string[]): ModuleModel {
  const named = classNames(crds);
  const types = new Types(named.map(({ name }) => name));
  const classes = named.map(({ crd, version, name }) => types.classOf(crd, version, name));
  const imported = ['KubeObject', 'manifest', ...(types.hasIntOrString ? ['type IntOrString'] : []), 'type ObjectMeta'];
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

const ANY_OBJECT = '{ readonly [key: string]: any }';

/** Collects the interfaces of one module. */
class Types {
  readonly interfaces: InterfaceModel[] = [];
  hasIntOrString = false;

  private readonly names: Set<string>;
  /** The names of the interfaces by what they hold. */
  private readonly known = new Map<string, string>();

  constructor(classNames: readonly string[]) {
    this.names = new Set([...TAKEN, ...classNames]);
  }

  classOf(crd: Crd, version: CrdVersion, name: string): ClassModel {
    const apiVersion = `${crd.group}/${version.name}`;
    const { schema } = version;
    const own: FieldModel[] = [
      { name: 'apiVersion', type: quote(apiVersion), required: false, doc: {} },
      { name: 'kind', type: quote(crd.kind), required: false, doc: {} },
      { name: 'metadata', type: 'ObjectMeta', required: false, doc: { text: "The object's name, labels and so on." } },
    ];
    const fields = this.fieldsOf(schema, name).filter((field) => !own.some((other) => other.name === field.name));
    const props = unique(`${name}Props`, this.names);
    const others = schema['x-kubernetes-preserve-unknown-fields'] || !schema.properties ? 'any' : undefined;
    this.interfaces.push({
      name: props,
      doc: { text: `The fields of a ${crd.kind}.` },
      fields: [...own, ...fields],
      ...(others && { others }),
    });
    return {
      name,
      props,
      needsProps: fields.some((field) => field.required),
      apiVersion,
      kind: crd.kind,
      scope: crd.scope,
      doc: { text: classText(version) },
    };
  }

  /** TypeScript for a schema; `hint` names the interface that it may need. */
  private typeOf(schema: CrdSchema, hint: string): string {
    const type = this.plainTypeOf(schema, hint);
    return schema.nullable === true && type !== 'any' && !schema.enum?.includes(null) ? `${type} | null` : type;
  }

  private plainTypeOf(schema: CrdSchema, hint: string): string {
    if (schema['x-kubernetes-int-or-string']) {
      this.hasIntOrString = true;
      return 'IntOrString';
    }
    if (schema.enum && schema.enum.length > 0 && schema.enum.every(isScalar))
      return [...new Set(schema.enum.map((value) => (typeof value === 'string' ? quote(value) : String(value))))].join(
        ' | ',
      );
    switch (schema.type) {
      case 'string':
      case 'boolean':
      case 'number':
        return schema.type;
      case 'integer':
        return 'number';
      case 'array': {
        const element = schema.items ? this.typeOf(schema.items, hint) : 'any';
        return `readonly ${/[|{ ]/.test(element) ? `(${element})` : element}[]`;
      }
      default:
        return this.objectType(schema, hint);
    }
  }

  private objectType(schema: CrdSchema, hint: string): string {
    const { additionalProperties } = schema;
    const open = schema['x-kubernetes-preserve-unknown-fields'] === true || additionalProperties === true;
    if (schema.properties || schema['x-kubernetes-embedded-resource']) return this.interfaceOf(schema, hint, open);
    if (typeof additionalProperties === 'object')
      return `{ readonly [key: string]: ${this.typeOf(additionalProperties, hint)} }`;
    return schema.type === 'object' ? ANY_OBJECT : 'any';
  }

  private interfaceOf(schema: CrdSchema, hint: string, open: boolean): string {
    const fields = this.fieldsOf(schema, hint);
    if (schema['x-kubernetes-embedded-resource']) {
      const text = (name: string) => ({ name, type: 'string', required: true, doc: {} });
      const metadata = { name: 'metadata', type: 'ObjectMeta', required: false, doc: {} };
      for (const field of [text('apiVersion'), text('kind'), metadata])
        if (!fields.some(({ name }) => name === field.name)) fields.push(field);
    }
    const doc: Doc = schema.description === undefined ? {} : { text: schema.description };
    // An interface without fields would take any value; this one takes `{}`.
    const others = open ? 'any' : fields.length === 0 ? 'never' : undefined;
    const body = { doc, fields, ...(others && { others }) };
    const key = JSON.stringify(body);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const name = unique(hint, this.names);
    this.known.set(key, name);
    this.interfaces.push({ name, ...body });
    return name;
  }

  private fieldsOf(schema: CrdSchema, hint: string): FieldModel[] {
    return Object.entries(schema.properties ?? {}).map(([name, { description, ...field }]) => ({
      name,
      // The description is the field's: its type is shared with fields that are described otherwise.
      type: this.typeOf(field, `${hint}${className(pascal(name)) || 'Field'}`),
      required: schema.required?.includes(name) ?? false,
      doc: {
        ...(description !== undefined && { text: description }),
        ...(saysSomething(field.default) && { defaultValue: JSON.stringify(field.default) }),
      },
    }));
  }
}

function isScalar(value: unknown): boolean {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function saysSomething(value: unknown): boolean {
  return value !== undefined && !(typeof value === 'object' && value !== null && Object.keys(value).length === 0);
}

function classText({ schema, deprecated, deprecationWarning }: CrdVersion): string {
  const text = schema.description ?? '';
  if (!deprecated) return text;
  return `${text}\n\nDeprecated: ${deprecationWarning ?? 'use a newer version.'}`.trim();
}
