import type { ExportManifest } from '../../contract/exports.ts';

/** The set's card, as Hugging Face wants it, and what a person reads who is given the set: where it comes from, and what each recipe paints as far as it was measured. */
export function exportReadme({
  plan,
  counts,
  reaches,
}: Pick<ExportManifest, 'plan' | 'counts' | 'reaches'>): string {
  const { checkpoint, run, recipes, options, labels } = plan;
  const lines = [
    ...cardHead(counts.pictures),
    '',
    '# Pictures of a generative model',
    '',
    `${counts.pictures} pictures of ${options.size} × ${options.size} pixels, drawn by the model “${run}” at step ${checkpoint.step}, first seed ${plan.seed}: ${counts.sources === 1 ? 'one source' : `${counts.sources} sources`}, each with ${recipes.length === 1 ? 'one recipe' : `${recipes.length} recipes`}.`,
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

/**
 * Facts for programs, as Hugging Face has them at the head of a data set's card. The licence is for the person to say: it depends on
 * that of the pictures that the model was trained on.
 */
function cardHead(pictures: number): string[] {
  return [
    '---',
    'license: unknown',
    'task_categories:',
    '- unconditional-image-generation',
    'size_categories:',
    `- ${sizeCategory(pictures)}`,
    'tags:',
    '- synthetic',
    '- extrapolation-studio',
    '---',
  ];
}

/** The ranges that Hugging Face knows. */
function sizeCategory(pictures: number): string {
  const bounds = [
    [1e3, 'n<1K'],
    [1e4, '1K<n<10K'],
    [1e5, '10K<n<100K'],
    [1e6, '100K<n<1M'],
  ] as const;
  return bounds.find(([most]) => pictures < most)?.[1] ?? '1M<n<10M';
}

function sentencesOf(reach: NonNullable<ExportManifest['reaches']>[number]): string[] {
  if (reach === null) return [];
  return [reach.verdict === 'warn' ? `**Take care.** ${reach.sentence}` : reach.sentence];
}
