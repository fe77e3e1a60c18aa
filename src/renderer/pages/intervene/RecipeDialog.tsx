import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { JSX } from 'react';
import type { ListedRecipe, RecipeHistory, SavedRecipe } from '../../../contract/intervene.ts';
import type { Recipe } from '../../../contract/recipe.ts';
import { api } from '../../api/api.ts';
import { openPicture } from '../../api/openPicture.ts';
import { isPngFile } from '../../api/pictureWords.ts';
import { sentenceOf } from '../../api/errors.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { EmptyBox, Note } from '../../components/marks.tsx';
import { MenuList } from '../../components/MenuList.tsx';
import { counted, nameOf, when } from '../../words.ts';
import styles from './RecipeDialog.module.css';

export interface RecipeDialogProps {
  run: string;
  isOpen: boolean;
  onClose: () => void;
  onOpen: (recipe: Recipe, saved: SavedRecipe | null, history: RecipeHistory | null) => void;
}

/** The recipes that were saved with this run and with others, or one from a file. */
export function RecipeDialog({ run, isOpen, onClose, onOpen }: RecipeDialogProps): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  const [error, setError] = useState<string | null>(null);
  const list = useQuery({
    queryKey: ['live recipes', run],
    queryFn: ({ signal }) => api.intervene.recipes.list({ run }, { signal }),
    enabled: isOpen,
    staleTime: 0,
  });
  const take = (work: Promise<Recipe>, saved: SavedRecipe | null): void => {
    setError(null);
    const history = saved === null ? null : api.intervene.recipes.history({ recipe: saved.file });
    Promise.all([work, history]).then(
      ([recipe, kept]) => {
        onOpen(recipe, saved, kept);
      },
      (reason: unknown) => {
        setError(sentenceOf(reason));
      },
    );
  };
  const problem = error ?? (list.error === null ? null : sentenceOf(list.error));
  return (
    <Dialog
      title="Open a recipe"
      isOpen={isOpen}
      onClose={onClose}
      actions={<Button onClick={() => input.current?.click()}>From a file…</Button>}
    >
      {problem !== null && <Note tone="bad">{problem}</Note>}
      {list.data?.length === 0 && (
        <EmptyBox icon="file" title="No saved recipes">
          “Save recipe” keeps the steps here.
        </EmptyBox>
      )}
      {recipesByRun(list.data ?? []).map(({ run: name, isOwn, recipes }) => (
        <section key={`${String(isOwn)} ${name}`} className={styles.run}>
          <h3>{isOwn ? `${name} (this run)` : name}</h3>
          <MenuList role="group" label={`Recipes of ${name}`} className={styles.list}>
            {recipes.map((saved) => (
              <button
                key={saved.file}
                type="button"
                onClick={() => {
                  // What another run has stays as it is: changes are saved with this one.
                  take(api.intervene.recipes.load({ recipe: saved.file }), isOwn ? saved : null);
                }}
              >
                <b className="grow clip">{saved.name}</b>
                <span className="muted clip">{nameOf(saved.file)}</span>
                <span className="muted">
                  {counted(saved.steps, 'step')}, {when(saved.savedAt)}
                </span>
              </button>
            ))}
          </MenuList>
        </section>
      ))}
      <input
        ref={input}
        type="file"
        accept=".json,application/json,.png,image/png"
        className="visually-hidden"
        tabIndex={-1}
        aria-label="Recipe file, or a picture saved with one"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file === undefined) return;
          if (isPngFile(file)) {
            void openPicture(file).then((opened) => {
              if (opened.kind === 'opened' && opened.words === null) onClose();
              else setError(opened.kind === 'opened' ? opened.words : `${file.name} carries no recipe.`);
            });
            return;
          }
          take(
            file.text().then((text) => api.intervene.recipes.read({ name: file.name, text })),
            null,
          );
        }}
      />
    </Dialog>
  );
}

interface RecipesOfRun {
  run: string;
  isOwn: boolean;
  recipes: ListedRecipe[];
}

/** Run after run, in the order in which they come. */
export function recipesByRun(recipes: readonly ListedRecipe[]): RecipesOfRun[] {
  const runs: RecipesOfRun[] = [];
  for (const recipe of recipes) {
    const last = runs.at(-1);
    if (last?.run === recipe.run && last.isOwn === recipe.isOwn) last.recipes.push(recipe);
    else runs.push({ run: recipe.run, isOwn: recipe.isOwn, recipes: [recipe] });
  }
  return runs;
}
