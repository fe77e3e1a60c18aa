import ts from 'typescript';

/** A component's stylesheet as a component imports it. */
export interface ImportedSheet {
  /** As written: `./Panel.module.css`. */
  specifier: string;
  /** Classes that are asked for. */
  asked: string[];
  isLastImport: boolean;
}

export interface NamedClasses {
  sheets: ImportedSheet[];
  /** Class names written out as text; only those of the theme may be. */
  written: string[];
  /** What cannot be followed, in words. */
  unclear: string[];
}

/** The class names that a stylesheet defines, without those it marks as global. */
export function classesDefined(css: string): Set<string> {
  const bare = css.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/:global\([^)]*\)/g, '');
  const selectors = [...bare.matchAll(/([^{};]+)\{/g)].map(([, selector]) => selector!.trim());
  const names = selectors
    .filter((selector) => !selector.startsWith('@'))
    .flatMap((selector) => [...selector.matchAll(/\.([A-Za-z][\w-]*)/g)].map(([, name]) => name!));
  return new Set(names);
}

/** Which classes the source of a component asks for, and of which stylesheet. */
export function classesNamed(source: string): NamedClasses {
  const file = ts.createSourceFile('component.tsx', source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const imports = file.statements.filter(ts.isImportDeclaration);
  const found: NamedClasses = { sheets: [], written: [], unclear: [] };
  const asked = new Map<string, string[]>();
  for (const each of imports) {
    const specifier = (each.moduleSpecifier as ts.StringLiteral).text;
    const name = each.importClause?.name?.text;
    if (!specifier.endsWith('.module.css') || name === undefined) continue;
    const sheet = { specifier, asked: [], isLastImport: each === imports.at(-1) };
    found.sheets.push(sheet);
    asked.set(name, sheet.asked);
  }
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && asked.has(node.text) && !ts.isImportClause(node.parent)) {
      if (ts.isPropertyAccessExpression(node.parent) && node.parent.expression === node)
        asked.get(node.text)!.push(node.parent.name.text);
      else found.unclear.push(node.parent.getText());
    }
    if (ts.isJsxAttribute(node) && /className$/i.test(node.name.getText())) {
      if (node.initializer !== undefined) collect(node.initializer, found);
    } else if (isClassesCall(node)) for (const each of node.arguments) collect(each, found);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function isClassesCall(node: ts.Node): node is ts.CallExpression {
  return ts.isCallExpression(node) && node.expression.getText() === 'classes';
}

/** The texts that an expression may give; what a condition compares is none of them. */
function collect(node: ts.Node, found: NamedClasses): void {
  if (ts.isStringLiteralLike(node)) found.written.push(...node.text.split(' ').filter((name) => name !== ''));
  else if (ts.isTemplateExpression(node)) found.unclear.push(node.getText());
  else if (ts.isJsxExpression(node)) {
    if (node.expression !== undefined) collect(node.expression, found);
  } else if (ts.isParenthesizedExpression(node)) collect(node.expression, found);
  else if (ts.isConditionalExpression(node)) {
    collect(node.whenTrue, found);
    collect(node.whenFalse, found);
  } else if (ts.isBinaryExpression(node)) collect(node.right, found);
}
