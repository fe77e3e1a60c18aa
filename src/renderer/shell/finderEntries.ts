import { useQuery } from '@tanstack/react-query';
import { modelNames } from '../../contract/hyperParameters.ts';
import { titleOf } from '../../contract/runLabels.ts';
import type { RunSummary } from '../../contract/studio.ts';
import { goTo } from '../address/address.ts';
import { api } from '../api/api.ts';
import { useRuns } from '../api/runs.ts';
import { guidePlace } from '../components/guideStore.ts';
import { useTheme } from '../theme/useTheme.ts';
import { count } from '../words.ts';
import type { Findable, GroupOf } from './finderSearch.ts';
import { focusNamed } from './focusNamed.ts';
import { chooseLevelNaming, useLevelNaming } from './levelNaming.ts';
import type { PageDefinition, PageOffer } from './pageDefinition.ts';
import { everyPage, pages } from './pages.ts';
import { chooseRun, moveStep, refOf, useModel } from './useModel.ts';

export interface FinderEntry extends Findable {
  /** What it is or where it leads, at the end of its line. */
  where: string;
  act: () => void;
}

export interface FinderActions {
  onCopy: () => void;
  onKeys: () => void;
}

type Group = GroupOf<FinderEntry>;

/** All that can be found, by kind. Recipes and the guide are read when the finder opens. */
export function useFinderGroups({ onCopy, onKeys }: FinderActions): Group[] {
  const runs = useRuns().value?.runs ?? [];
  const model = useModel();
  const { toggle } = useTheme();
  const naming = useLevelNaming();
  const everywhere: FinderEntry[] = [
    entry('do theme', 'Dark or light theme', 'everywhere', toggle, 'mode appearance night'),
    entry(
      'do levels',
      `Name levels by the maps they ${naming === 'output' ? 'take in' : 'put out'}`,
      'everywhere',
      () => {
        chooseLevelNaming(naming === 'output' ? 'input' : 'output');
      },
      'coarse intermediate fine size',
    ),
    entry('do copy', 'Copy as command', 'everywhere', onCopy, 'terminal cli'),
    entry('do keys', 'Keys of this page', 'everywhere', onKeys, 'shortcuts keyboard'),
    entry(
      'do guide',
      'User guide',
      'everywhere',
      () => {
        guidePlace.set('user-guide');
      },
      'help manual documentation',
    ),
    ...(model === null
      ? []
      : [
          entry(
            'do earlier',
            'Earlier checkpoint',
            'everywhere',
            () => {
              moveStep(model, -1);
            },
            'step before',
          ),
          entry(
            'do later',
            'Later checkpoint',
            'everywhere',
            () => {
              moveStep(model, 1);
            },
            'step after',
          ),
        ]),
  ];
  const offers = (kind: 'settings' | 'actions'): FinderEntry[] =>
    everyPage.flatMap((page) => (page[kind] ?? []).map((offer) => offerEntry(kind, page, offer)));
  return [
    { title: 'Pages', entries: everyPage.map(pageEntry), most: 6, mostAtFirst: 20 },
    { title: 'Actions', entries: [...offers('actions'), ...everywhere], most: 8, mostAtFirst: 5 },
    { title: 'Runs', entries: runs.map(runEntry), most: 8, mostAtFirst: 4 },
    { title: 'Recipes', entries: useRecipes(model?.ref ?? null), most: 8, mostAtFirst: 0 },
    { title: 'Settings', entries: offers('settings'), most: 8, mostAtFirst: 0 },
    { title: 'Guide', entries: useGuideEntries(), most: 8, mostAtFirst: 0 },
  ];
}

function entry(id: string, name: string, where: string, act: () => void, words = ''): FinderEntry {
  return { id, name, where, act, words };
}

function pageEntry({ id, title }: PageDefinition): FinderEntry {
  const place = pages.findIndex((page) => page.id === id);
  return entry(`page ${id}`, title, place < 0 ? '' : `Ctrl ${place + 1}`, () => {
    goTo(id);
  });
}

function offerEntry(kind: string, page: PageDefinition, { name, words, to, focus }: PageOffer): FinderEntry {
  const act = (): void => {
    goTo(page.id, to);
    if (focus !== undefined) focusNamed(focus);
  };
  return entry(`${kind} ${page.id} ${name}`, name, page.title, act, words);
}

/** A run is found by its name, its model and preset, and the steps that it has. */
export function runEntry(run: RunSummary): FinderEntry {
  const { model, steps } = run.run;
  const where = `${modelNames[model.kind]}, ${count(steps)} steps`;
  const words = `${run.id} ${model.kind} ${modelNames[model.kind]} ${model.preset} ${steps} ${run.state}`;
  return entry(
    `run ${run.folder}`,
    titleOf(run),
    where,
    () => {
      chooseRun(refOf(run));
    },
    words,
  );
}

function useRecipes(run: string | null): FinderEntry[] {
  const list = useQuery({
    queryKey: ['live recipes', run ?? ''],
    queryFn: ({ signal }) => api.intervene.recipes.list({ run: run ?? '' }, { signal }),
    enabled: run !== null,
    staleTime: 0,
  });
  return (list.data ?? []).map(({ file, name, run: from }) =>
    entry(
      `recipe ${file}`,
      name,
      from,
      () => {
        goTo('intervene', { open: file });
      },
      `recipe ${from}`,
    ),
  );
}

/** Chapters and headings; the guide is a part of the page of its own, fetched when it is first needed. */
function useGuideEntries(): FinderEntry[] {
  const guide = useQuery({
    queryKey: ['the guide'],
    queryFn: () => import('../guide/guideIndex.ts').then(({ headings }) => headings),
    staleTime: Infinity,
  });
  return (guide.data ?? []).map(({ slug, title, chapter }) =>
    entry(
      `guide ${slug}`,
      title,
      chapter,
      () => {
        guidePlace.set(slug);
      },
      'help guide',
    ),
  );
}

const memory = 'extrapolation-found';

/** Ids of what was chosen last, the newest first. */
export function recentChoices(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(memory) ?? '[]');
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

export function rememberRecent(ids: readonly string[]): void {
  try {
    localStorage.setItem(memory, JSON.stringify(ids));
  } catch {
    // A browser that keeps nothing finds all the same.
  }
}
