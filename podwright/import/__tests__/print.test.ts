import ts from 'typescript-5';
import type { Doc, FieldModel } from '../model';
import { printModule, propertyName, quote } from '../print';

/** A module with one interface of these fields. */
function print(fields: readonly FieldModel[], doc: Doc = {}): string {
  return printModule({ header: [], statements: [], classes: [], interfaces: [{ name: 'A', doc, fields }] });
}

/** The members of the module's only interface as the compiler sees them, and the comments of each. */
function parse(code: string): { name: string; comment: string; tags: string[] }[] {
  const file = ts.createSourceFile('a.ts', code, ts.ScriptTarget.ES2022, true);
  const errors = (file as unknown as { parseDiagnostics: ts.Diagnostic[] }).parseDiagnostics;
  expect(errors.map((error) => error.messageText)).toEqual([]);
  const statement = file.statements[0] as ts.InterfaceDeclaration;
  expect(file.statements).toHaveLength(1);
  return statement.members.map((member) => ({
    name: (member.name as ts.Identifier | ts.StringLiteral).text,
    comment: ts
      .getJSDocCommentsAndTags(member)
      .map((doc) => ts.getTextOfJSDocComment(doc.comment) ?? '')
      .join('|'),
    tags: ts.getJSDocTags(member).map((tag) => tag.tagName.text),
  }));
}

const HOSTILE = [
  '__proto__',
  'constructor',
  'new',
  'readonly',
  'a-b',
  '*/',
  "it's",
  'say "no"',
  'back\\slash',
  'line\nbreak',
  '\u2028',
  '\u0000',
  '$\u007bx}',
  '`',
  'größe',
  '漢字',
  '😀',
  '\ud800',
  '9lives',
  '',
  ' ',
  '</script>',
];

test('a property of any name is one property of that name', () => {
  const fields = HOSTILE.map((name) => ({ name, type: 'string', required: false, doc: {} }));
  expect(parse(print(fields)).map(({ name }) => name)).toEqual(HOSTILE);
});

test('a text is quoted so that it reads back as it was, in ASCII', () => {
  for (const text of HOSTILE) {
    expect(quote(text)).toMatch(/^[\x20-\x7e]+$/);
    expect(new Function(`return ${quote(text)}`)()).toBe(text);
  }
  expect([quote('a'), quote("it's"), quote('"')]).toEqual(["'a'", '"it\'s"', '"\\""']);
});

test('a name that is plainly an identifier is not quoted', () => {
  expect(['hostPID', '$ref', '_x', 'a-b', '__proto__'].map(propertyName)).toEqual([
    'hostPID',
    '$ref',
    '_x',
    "'a-b'",
    "'__proto__'",
  ]);
});

test('no documentation ends its comment, begins a tag or hides characters', () => {
  const texts = [
    'evil */ export const x = 1; /*',
    '/** nested **/ */',
    '@internal gone',
    'first\n  @deprecated really?\n@since 9.99',
    'carriage\r\nreturn\rtoo\u2028and\u2029more',
    'bell\u0007 bidi\u202egnol',
    '*/',
    '*',
    '/',
    '   \n\n  ',
  ];
  const members = parse(
    print(texts.map((text, index) => ({ name: `f${index}`, type: 'string', required: true, doc: { text } }))),
  );
  expect(members.map(({ comment, tags }) => [comment, tags])).toEqual([
    ['evil *\\/ export const x = 1; /*', []],
    ['/** nested **\\/ *\\/', []],
    ['\\@internal gone', []],
    ['first\n  \\@deprecated really?\n\\@since 9.99', []],
    ['carriage\nreturn\ntoo\nand\nmore', []],
    ['bell  bidi gnol', []],
    ['*\\/', []],
    ['*', []],
    ['/', []],
    ['', []],
  ]);
});

test('no name in the header ends its line', () => {
  const header = ['from a\nexport const x = 1;', 'b\rc\u2028d\u2029e\u202ef'];
  expect(printModule({ header, statements: [], classes: [], interfaces: [] })).toBe(
    '// from a export const x = 1;\n// b c d e f\n',
  );
});

test('documentation says the default, the version and that a field is deprecated', () => {
  const text = 'Old thing.\nDeprecated: use the new one.';
  const field = { name: 'a', type: 'string', required: true, doc: { text, since: '1.30', defaultValue: '"*/"' } };
  expect(print([field], { text: 'An A.', since: '1.29' })).toBe(`/**
 * An A.
 *
 * @since 1.29
 */
export interface A {
  /**
   * Old thing.
   * Deprecated: use the new one.
   *
   * @deprecated
   * @default "*\\/"
   * @since 1.30
   */
  readonly a: string;
}
`);
});

test('prints a module', () => {
  const kind = { apiVersion: 'a.b/v1', kind: "It's", doc: { text: 'A kind.' } } as const;
  const module = {
    header: ['Generated', '', 'More'],
    statements: ["import { KubeObject } from 'x';"],
    classes: [
      { ...kind, name: 'One', props: 'OneProps', needsProps: false, scope: 'Namespaced' as const },
      { ...kind, name: 'Two', props: 'TwoProps', needsProps: true, scope: 'Cluster' as const, doc: {} },
    ],
    interfaces: [{ name: 'OneProps', doc: {}, fields: [], others: 'any' }],
  };
  expect(printModule(module)).toBe(`// Generated
//
// More
// biome-ignore-all lint/suspicious/noExplicitAny: some values are left open by their schemas

import { KubeObject } from 'x';

/** A kind. */
export class One extends KubeObject {
  static readonly GVK: GroupVersionKind = { apiVersion: 'a.b/v1', kind: "It's" };

  /** The object as data, for places that take a whole object. */
  static manifest(props: OneProps = {}): OneProps & GroupVersionKind {
    return manifest(One.GVK, props);
  }

  constructor(scope: Construct, id: string, props: OneProps = {}) {
    super(scope, id, One.GVK, props);
  }
}

export class Two extends KubeObject {
  static readonly GVK: GroupVersionKind = { apiVersion: 'a.b/v1', kind: "It's" };

  /** The object as data, for places that take a whole object. */
  static manifest(props: TwoProps): TwoProps & GroupVersionKind {
    return manifest(Two.GVK, props);
  }

  constructor(scope: Construct, id: string, props: TwoProps) {
    super(scope, id, Two.GVK, props, 'Cluster');
  }
}

export interface OneProps {
  readonly [field: string]: any;
}
`);
});
