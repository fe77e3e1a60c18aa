import type { PackedImages } from '../../data/packedImages.ts';
import type { FaceTones } from '../../interventions/measureFluoHair.ts';

/** CelebA's attributes by what they say of how light hair is; bald first, as it is said of some beside a colour. */
const toneOfAttribute = [
  ['Bald', 'none'],
  ['Black_Hair', 'dark'],
  ['Brown_Hair', 'dark'],
  ['Blond_Hair', 'light'],
  ['Gray_Hair', 'light'],
] as const;

/** How light the hair of a photograph is, by its attributes; null where they do not say, or say both. */
export function hairToneOf(
  { attributeNames, attributesOf }: Pick<PackedImages, 'attributeNames' | 'attributesOf'>,
  index: number,
): FaceTones['hair'] | null {
  if (attributeNames.length === 0) return null;
  const row = attributesOf(index);
  const said = toneOfAttribute
    .filter(([name]) => row[attributeNames.indexOf(name)] === 1)
    .map(([, tone]) => tone);
  if (said[0] === 'none') return 'none';
  return new Set(said).size === 1 ? said[0]! : null;
}
