// The literals of a program's text, by TypeScript's own parser, and faulty texts to put in their places.
import ts from 'typescript-5';

/** Where a text stands in a file: offsets, and the line from 1. */
const span = (source, node) => {
  const start = node.getStart(source);
  return { start, end: node.end, line: source.getLineAndCharacterOfPosition(start).line + 1 };
};

/** Whether a literal is data on its way, and not the program's own structure. */
function isData(node) {
  const { parent } = node;
  for (let at = node; at; at = at.parent) if (ts.isTypeNode(at) || ts.isEnumDeclaration(at)) return false;
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) || ts.isCaseClause(parent)) return false;
  if (ts.isElementAccessExpression(parent) || ts.isExpressionStatement(parent)) return false;
  if (ts.isPropertyAssignment(parent) && parent.name === node) return false;
  if (ts.isForStatement(parent.parent) || ts.isForStatement(parent.parent.parent)) return false;
  if (ts.isBinaryExpression(parent) && /^([!=]==?|[<>]=?|[-+]=|in)$/.test(parent.operatorToken.getText())) return false;
  if (ts.isCallExpression(parent) && /^(require|join|readFileSync|import|pick)$/.test(parent.expression.getText()))
    return false;
  // A method of the literal itself, or of JavaScript's own classes, takes what decides how the program runs.
  return !(ts.isCallExpression(parent) && /\.(split|join|replace|resolve|includes)$/.test(parent.expression.getText()));
}

const FAULTS = {
  text: [
    ['malformed', () => "'Not valid!/'"],
    ['empty', () => "''"],
    ['another type', () => '5.5'],
    ['over a limit', (text) => `'${'x'.repeat(300)}${text.slice(1, -1).replace(/[^a-z]/g, '')}'`],
  ],
  number: [
    ['negative', () => '-7'],
    ['another type', () => "'many'"],
    ['over a limit', () => '99999999999'],
  ],
  boolean: [['another type', () => "'maybe'"]],
};

/**
 * Each fault that can be put into a file: `{ fault, start, end, line, text }`, the line being the one where the finding
 * is to be.
 */
export function faultsOf(text, file) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found = [];
  const add = (node, kind) => {
    // The property's own line where the literal is all of its value.
    const owner = ts.isPropertyAssignment(node.parent) && node.parent.initializer === node ? node.parent.name : node;
    for (const [fault, make] of FAULTS[kind]) {
      found.push({
        fault,
        ...span(source, node),
        line: span(source, owner).line,
        text: quoted(make(node.getText()), file),
      });
    }
  };
  const visit = (node) => {
    if (ts.isStringLiteral(node) && isData(node)) add(node, 'text');
    else if (ts.isNumericLiteral(node) && isData(node)) add(node, 'number');
    else if ((node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword) && isData(node))
      add(node, 'boolean');
    if (ts.isPropertyAssignment(node) && (ts.isIdentifier(node.name) || ts.isStringLiteral(node.name))) {
      const name = ts.isIdentifier(node.name) ? node.name.text : node.name.text;
      const at = span(source, node.name);
      found.push({ fault: 'misspelt name', ...at, text: quoted(`'${name}q'`, file) });
      found.push({ fault: 'malformed name', ...at, text: quoted("'not valid!/'", file) });
      const next = node.parent.properties[node.parent.properties.indexOf(node) + 1];
      const end = next ? next.getStart(source) : node.end;
      const object = span(source, node.parent);
      found.push({ fault: 'missing', start: at.start, end, line: object.line, text: '' });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function quoted(text, file) {
  return file.endsWith('.json') ? text.replace(/^'(.*)'$/s, (_, inner) => JSON.stringify(inner)) : text;
}
