import type { ExportManifest } from '../../contract/exports.ts';

/** What a person reads who is given the set: where it comes from, and what each recipe paints as far as it was measured. */
export function exportReadme({
  plan,
  counts,
  reaches,
}: Pick<ExportManifest, 'plan' | 'counts' | 'reaches'>): string {
  const { checkpoint, run, recipes, options, labels } = plan;
  const lines = [
    '# Pictures of a generative model',
    '',
    `${counts.pictures} pictures of ${options.size} × ${options.size} pixels, drawn by the model “${run}” at step ${checkpoint.step}: ${counts.sources === 1 ? 'one source' : `${counts.sources} sources`}, each with ${recipes.length === 1 ? 'one recipe' : `${recipes.length} recipes`}.`,
    '',
    '`metadata.jsonl` beside the pictures names the seed or the picture that each was made from, and its recipe; `manifest.json` has every setting and checksum.',
    'Where `source` is `seed`, `source_image` is empty and `draw` −1; where it is `image`, `seed` is −1. In Python: `datasets.load_dataset("imagefolder", data_dir="this folder")`.',
    ...(labels === undefined
      ? []
      : [
          '',
          'Labels are `yes`, `no` or `unknown` in `metadata.jsonl`: unknown where a recipe may have made one untrue, or the source has none. `list_attr_celeba.txt`, where it is there, has the labels that no recipe touches, of the pictures for which all of these are known.',
        ]),
    '',
    '## Recipes',
    '',
    ...recipes.flatMap(({ name, description }, at) => [
      `${at}. **${name}**${description.length === 0 ? ': the model’s own pictures' : ''}`,
      ...description.map((line) => `   - ${line}`),
      ...sentencesOf(reaches?.[at] ?? null).map((sentence) => `   - ${sentence}`),
    ]),
    '',
  ];
  return lines.join('\n');
}

function sentencesOf(reach: NonNullable<ExportManifest['reaches']>[number]): string[] {
  if (reach === null) return [];
  return [reach.verdict === 'warn' ? `**Take care.** ${reach.sentence}` : reach.sentence];
}
