import ts from 'typescript';

/** What people read is held to: words that a person who did not write them stumbled over, one spelling, and a length. */

/** Phrases that were stumbled over, and what is said instead. */
const instead: readonly (readonly [wrong: RegExp, right: string])[] = [
  [/\bstands? here\b/i, 'appears here, or is here'],
  [/\b(is|are|be) gone on with\b/i, 'is continued'],
  [/^Go on\b/, 'Continue'],
  [/\b(training|command|start|run|export|demo) goes on\b/i, 'continues'],
  [/\bfrom [01] on\b/i, '0 or more, 1 or more'],
  [/\btake .{1,20} away\b/i, 'remove'],
  [/\bnot made again\b/i, 'reused'],
  [/\bmade again\b/i, 'reproduced, or written again'],
  [/\bPaper’s way\b/i, 'As in the paper'],
  [/^Safe to\b/, 'Saved up to step'],
  [/\bpictures?,? (are )?not here\b/i, 'not on this computer'],
  [/\b(is|are) of use with\b/i, 'works only with'],
  [/\bat hand\?/i, 'name what is missing'],
  [/\bput (right|aside)\b/i, 'corrected; kept'],
  [/\bno way (in|back)\b/i, 'cannot be undone; cannot be used'],
  [/\bmet a fault\b/i, 'something went wrong'],
  [/\bunless said\b/i, 'by default'],
  [/\btakes? in no\b/i, 'cannot use'],
  [/(?<!\bthere )\bis no (file|list|number|recipe|folder|picture in)\b/i, 'is not a'],
  [/\bby --[a-z]/i, 'with --option'],
  [/\b(please|simply|just click|basically|obviously)\b/i, 'leave it out'],
  [/\b(utilise|utilize|in order to|prior to)\b/i, 'use; to; before'],
];

/** One spelling: British, as everywhere in the project. */
const spellings: readonly (readonly [wrong: RegExp, right: string])[] = [
  [/(?<![-.\w])colou?rs? map of colou?rs\b/i, 'colour map'],
  [/(?<!-)\bcolor(s|ed|ing|ful)?\b(?![-:])/, 'colour'],
  [/\brecolor/i, 'recolour'],
  [/\bgray(s|scale)?\b/, 'grey'],
  [/\bcenter(s|ed)?\b/, 'centre'],
  [/\bbehavior/, 'behaviour'],
  [/\bneighbor/, 'neighbour'],
  [/\bfavor/, 'favour'],
  [/\banalyz/, 'analyse'],
  [/\bnormaliz/, 'normalise'],
  [/\bminimiz|\bmaximiz|\boptimiz(?!er\.safetensors)/, '-ise'],
  [/\b(recogniz|organiz|initializ|visualiz|summariz|localiz)/, '-ise'],
  [/\bcanceled\b|\bcanceling\b/, 'cancelled'],
  [/\blabeled\b|\blabeling\b/, 'labelled'],
  [/\bartifact/, 'artefact'],
  [/\bcatalog\b/, 'catalogue'],
];

/** Misspellings that people make. */
const misspelt =
  /\b(seperat|occured|recieve|lenght|heigth|informations|wich|teh|adress|neccess|succes\b|accomodat|definit(?:ly|iv ly)|existance|independan|paramter|reconstuct|strech|threshhold|untill|visable|choosen|begining|diffrent|grammer|occurence|transfered|writen\b)/i;

/** A panel's text is read at a glance. */
export const longest = 140;

/** What is wrong with a text that people read: a sentence each. */
export function complaintsAbout(text: string): string[] {
  const found = [...instead, ...spellings].filter(([wrong]) => wrong.test(text)).map(([, right]) => right);
  return misspelt.test(text) ? [...found, 'check the spelling'] : found;
}

/** Of a source what a person may read: texts of pages, and strings that are words rather than names. */
export function textsOf(file: string, content: string): string[] {
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(file, content, ts.ScriptTarget.Latest, true, kind);
  const texts: string[] = [];
  const walk = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isLiteralTypeNode(node)) return;
    if (ts.isTemplateExpression(node)) {
      // What is filled in counts as a number or a short name does.
      texts.push([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('00000'));
      for (const { expression } of node.templateSpans) walk(expression);
      return;
    }
    if (ts.isJsxText(node) || ts.isStringLiteralLike(node)) texts.push(node.text);
    node.forEachChild(walk);
  };
  walk(source);
  return texts.map((text) => text.replaceAll(/\s+/g, ' ').trim()).filter((text) => / |^[A-Z]/.test(text));
}
