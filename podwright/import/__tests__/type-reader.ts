// Reads generated TypeScript back, so that tests can ask what its types hold.
import ts from 'typescript-5';

/** A generated file's classes and interfaces. */
export interface ReadTypes {
  /** Class name by `apiVersion kind`. */
  readonly classes: ReadonlyMap<string, string>;
  /** The members of an interface: the type of each, and whether it is optional; '[]' is its index signature. */
  readonly interfaces: ReadonlyMap<string, ReadonlyMap<string, Member>>;
  /** What a class takes as its props. */
  readonly props: ReadonlyMap<string, string>;
}

export interface Member {
  readonly type: ts.TypeNode;
  readonly optional: boolean;
}

export function readTypes(code: string): ReadTypes {
  const file = ts.createSourceFile('a.ts', code, ts.ScriptTarget.ES2022);
  const interfaces = new Map<string, ReadonlyMap<string, Member>>();
  const classes = new Map<string, string>();
  const props = new Map<string, string>();
  for (const statement of file.statements) {
    if (ts.isInterfaceDeclaration(statement)) interfaces.set(statement.name.text, membersOf(statement.members));
    if (!ts.isClassDeclaration(statement) || !statement.name) continue;
    const name = statement.name.text;
    for (const member of statement.members) {
      if (ts.isPropertyDeclaration(member) && member.initializer && ts.isObjectLiteralExpression(member.initializer)) {
        const [apiVersion, kind] = member.initializer.properties.map(
          (property) => ((property as ts.PropertyAssignment).initializer as ts.StringLiteral).text,
        );
        classes.set(`${apiVersion} ${kind}`, name);
      }
      if (ts.isConstructorDeclaration(member)) props.set(name, textOf(member.parameters[2]?.type as ts.TypeNode, file));
    }
  }
  return { classes, interfaces, props };
}

function membersOf(members: ts.NodeArray<ts.TypeElement>): Map<string, Member> {
  const found = new Map<string, Member>();
  for (const member of members) {
    if (ts.isIndexSignatureDeclaration(member)) found.set('[]', { type: member.type, optional: true });
    if (!ts.isPropertySignature(member) || !member.type) continue;
    const { text } = member.name as ts.Identifier | ts.StringLiteral;
    found.set(text, { type: member.type, optional: member.questionToken !== undefined });
  }
  return found;
}

function textOf(node: ts.TypeNode, file: ts.SourceFile): string {
  return node.getText(file);
}

/** A type without what only says how it may be used: `readonly`, parentheses, `| null`. */
export function bare(type: ts.TypeNode): ts.TypeNode {
  if (ts.isParenthesizedTypeNode(type) || ts.isTypeOperatorNode(type)) return bare(type.type);
  if (!ts.isUnionTypeNode(type)) return type;
  const rest = type.types.filter(
    (part) => !(ts.isLiteralTypeNode(part) && part.literal.kind === ts.SyntaxKind.NullKeyword),
  );
  return rest.length === 1 ? bare(rest[0] as ts.TypeNode) : type;
}

/** The element of an array type. */
export function elementOf(type: ts.TypeNode): ts.TypeNode | undefined {
  const array = bare(type);
  return ts.isArrayTypeNode(array) ? array.elementType : undefined;
}

/** The values of a map type: `{ readonly [key: string]: T }`. */
export function valuesOf(type: ts.TypeNode): ts.TypeNode | undefined {
  const map = bare(type);
  return ts.isTypeLiteralNode(map) ? membersOf(map.members).get('[]')?.type : undefined;
}

/** The name that a type refers to. */
export function nameOf(type: ts.TypeNode): string | undefined {
  const reference = bare(type);
  return ts.isTypeReferenceNode(reference) && ts.isIdentifier(reference.typeName) ? reference.typeName.text : undefined;
}

/** The values of a union of literals, as texts. */
export function literalsOf(type: ts.TypeNode): string[] | undefined {
  const union = bare(type);
  const parts = ts.isUnionTypeNode(union) ? [...union.types] : [union];
  const literals = parts.map((part) => (ts.isLiteralTypeNode(part) ? part.literal : undefined));
  const texts = literals.flatMap((literal) =>
    literal && (ts.isStringLiteral(literal) || ts.isNumericLiteral(literal)) ? [literal.text] : [],
  );
  return texts.length === parts.length ? texts : undefined;
}
