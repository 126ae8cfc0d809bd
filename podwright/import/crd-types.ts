// The types of one module of custom resources: what each class takes, and the interfaces for what schemas nest.
import type { Crd, CrdSchema, CrdVersion } from '../api/crds';
import type { ClassModel, Doc, FieldModel, InterfaceModel } from './model';
import { className, pascal, unique } from './names';
import { quote } from './print';
import { ANY_OBJECT, arrayOf, mapOf, unionOf } from './type-text';

/** What a generated module imports or what a class of its name would hide. */
export const TAKEN = ['Construct', 'GroupVersionKind', 'IntOrString', 'KubeObject', 'Object', 'ObjectMeta'];

/** Collects the interfaces of one module. */
export class CrdTypes {
  readonly interfaces: InterfaceModel[] = [];
  /** Whether any of the types is IntOrString, which the module then imports. */
  hasIntOrString = false;

  private readonly names: Set<string>;
  /** The names of the interfaces by what they hold. */
  private readonly known = new Map<string, string>();

  /** @param classNames the names of all classes of the module, which no interface may take */
  constructor(classNames: readonly string[]) {
    this.names = new Set([...TAKEN, ...classNames]);
  }

  /** The class of a version, under a name; its props and what they need are added to the interfaces. */
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
    if (schema.enum && schema.enum.length > 0 && schema.enum.every(isScalar)) return unionOf(schema.enum);
    switch (schema.type) {
      case 'string':
      case 'boolean':
      case 'number':
        return schema.type;
      case 'integer':
        return 'number';
      case 'array':
        return arrayOf(schema.items ? this.typeOf(schema.items, hint) : 'any');
      default:
        return this.objectType(schema, hint);
    }
  }

  private objectType(schema: CrdSchema, hint: string): string {
    const { additionalProperties } = schema;
    const open = schema['x-kubernetes-preserve-unknown-fields'] === true || additionalProperties === true;
    if (schema.properties || schema['x-kubernetes-embedded-resource']) return this.interfaceOf(schema, hint, open);
    if (typeof additionalProperties === 'object') return mapOf(this.typeOf(additionalProperties, hint));
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
        ...(isGiven(field.default) && { defaultValue: JSON.stringify(field.default) }),
      },
    }));
  }
}

/** A default that somebody wrote tells something, `false` and 0 too; `{}` is there for the defaults below it. */
function isGiven(value: unknown): boolean {
  return value !== undefined && JSON.stringify(value) !== '{}';
}

function isScalar(value: unknown): boolean {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function classText({ schema, deprecated, deprecationWarning }: CrdVersion): string {
  const text = schema.description ?? '';
  if (!deprecated) return text;
  return `${text}\n\nDeprecated: ${deprecationWarning ?? 'use a newer version.'}`.trim();
}
