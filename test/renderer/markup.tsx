import { MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

/** What a component draws at first, as HTML. */
export function markupOf(node: ReactNode): string {
  return renderToStaticMarkup(
    <MantineProvider withCssVariables={false} withGlobalClasses={false} deduplicateCssVariables={false}>
      {node}
    </MantineProvider>,
  ).replaceAll(/<style[^>]*>[\s\S]*?<\/style>/g, '');
}

/** Its words as a person reads them, without what is drawn. */
export function wordsOf(node: ReactNode): string {
  return markupOf(node)
    .replaceAll(/<svg[\s\S]*?<\/svg>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&#x27;', '’')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** The buttons in order: their names, and which of them cannot be pressed. */
export function buttonsOf(node: ReactNode): { name: string; isDisabled: boolean }[] {
  return [...markupOf(node).matchAll(/<button([^>]*)>([\s\S]*?)<\/button>/g)].map(
    ([, attributes, inner]) => ({
      name:
        /aria-label="([^"]*)"/.exec(attributes!)?.[1] ??
        inner!
          .replaceAll(/<svg[\s\S]*?<\/svg>/g, '')
          .replaceAll(/<kbd aria-hidden="true">[\s\S]*?<\/kbd>/g, '')
          .replaceAll(/<[^>]+>/g, '')
          .trim(),
      isDisabled: / disabled=""/.test(attributes!),
    }),
  );
}
