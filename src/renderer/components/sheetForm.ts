import type { Recipe } from '../../contract/recipe.ts';
import { sheetAxes } from '../../contract/sheets.ts';
import type { SheetAxis, SheetRequest } from '../../contract/sheets.ts';

/** What a person asks of a sheet; values empty: the usual ones. */
export interface SheetForm {
  rows: SheetAxis;
  rowValues: string;
  columns: SheetAxis;
  columnValues: string;
  seed: number;
}

export const axisNames: Readonly<Record<SheetAxis, string>> = {
  strength: 'Strength',
  hue: 'Hue',
  factor: 'Stretch factor',
  checkpoint: 'Checkpoint',
  seed: 'Seed',
  run: 'Run',
};

/** What stands in a field without values of its own. */
export const usualWords: Readonly<Record<SheetAxis, string>> = {
  strength: '0.5, 1, 1.5, 2, 2.5',
  hue: '0, 60, 120, 180, 240, 300',
  factor: '1, 1.15, 1.3, 1.5, 2',
  checkpoint: 'all, or 8 of them',
  seed: '1-6',
  run: '',
};

/** Whether the recipe paints in a colour, whose strength and hue can vary. */
export function paints(recipe: Recipe | null): boolean {
  return recipe?.steps.some((step) => step.kind === 'fluoHair' && step.map.kind === 'target') === true;
}

export function axesFor(recipe: Recipe | null): SheetAxis[] {
  return sheetAxes.filter((axis) => paints(recipe) || (axis !== 'strength' && axis !== 'hue'));
}

export interface SheetOf {
  run: string;
  step: number;
  recipe: Recipe | null;
}

export function sheetRequest({ run, step, recipe }: SheetOf, form: SheetForm): SheetRequest {
  const { rows, rowValues, columns, columnValues, seed } = form;
  const runValues = rows === 'run' ? rowValues : columns === 'run' ? columnValues : '';
  return {
    ...{ run, step, recipe, seed, scale: 2 },
    rows: axisText(rows, rowValues),
    columns: axisText(columns, columnValues),
    runs: listed(runValues),
  };
}

function axisText(axis: SheetAxis, values: string): string {
  const list = axis === 'run' ? '' : listed(values).join(',');
  return list === '' ? axis : `${axis}:${list}`;
}

function listed(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
