import { dataPage } from '../pages/data/definition.tsx';
import { startPage } from '../pages/start/definition.tsx';
import { theoryPage } from '../pages/theory/definition.tsx';
import { trainPage } from '../pages/train/definition.tsx';
import type { PageDefinition } from './pageDefinition.ts';

/** The pages in the order of the rail, which is the order of the work. Start is the mark above them. */
export const pages: readonly PageDefinition[] = [dataPage, trainPage, theoryPage];

export const everyPage: readonly PageDefinition[] = [startPage, ...pages];
