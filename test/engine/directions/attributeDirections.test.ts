import { expect, it } from 'vitest';
import { attributeDirection } from '../../../src/engine/directions/attributeDirections.ts';
import type { LabelledLatents } from '../../../src/engine/directions/attributeDirections.ts';

/** Faces whose latents are (a, b), as many with the attribute as without it. */
function faces(
  count: number,
  latentsOf: (index: number, label: number) => [number, number],
): LabelledLatents {
  const labels = Array.from({ length: count }, (_, index) => (index % 2 === 0 ? 1 : -1));
  return { latents: Float32Array.from(labels.flatMap((label, index) => latentsOf(index, label))), labels };
}

it('goes from the mean without the attribute to the mean with it, and says how many faces it tells', () => {
  const made = faces(80, (index, label) => [3 * label, 4 * label + (index % 4 < 2 ? 1 : -1)]);
  // Of those it is tried on one in four is on the wrong side.
  const others = faces(80, (index, label) =>
    index % 8 < 2 ? [-3 * label, -4 * label] : [3 * label, 4 * label],
  );
  const found = attributeDirection(made, others, 2);
  if ('reason' in found) throw new Error(found.reason);
  expect(found.vector[0]).toBeCloseTo(0.6, 6);
  expect(found.vector[1]).toBeCloseTo(0.8, 6);
  expect(found.told.accuracy).toBeCloseTo(0.75, 12);
  expect(found.told).toMatchObject({ with: 40, without: 40 });
  // The standard error of a fair coin: √(¼/40 + ¼/40) / 2.
  expect(found.told.error).toBeCloseTo(Math.sqrt(0.5 / 40) / 2, 12);
});

it('has none where others are told no better than by chance, or worse', () => {
  const made = faces(80, (_, label) => [label, 0]);
  const chance = faces(80, (index) => [index % 4 < 2 ? 1 : -1, 0]);
  expect(attributeDirection(made, chance, 2)).toEqual({
    reason: 'told no better than by chance (balanced accuracy 0.50)',
  });
  const worse = faces(80, (_, label) => [-label, 0]);
  expect(attributeDirection(made, worse, 2)).toEqual({
    reason: 'told no better than by chance (balanced accuracy 0.00)',
  });
});

it('has none where too few faces have it, or have it not, and leaves out faces of which nothing is known', () => {
  const good = faces(80, (_, label) => [label, 0]);
  const few = {
    ...good,
    labels: Array.from(good.labels, (label, index) => (label > 0 && index > 20 ? 0 : label)),
  };
  expect(attributeDirection(few, good, 2)).toEqual({
    reason: '11 pictures with it and 40 without; at least 20 of each are needed',
  });
  expect(
    attributeDirection(
      good,
      faces(10, (_, label) => [label, 0]),
      2,
    ),
  ).toEqual({
    reason: '5 pictures with it and 5 without; at least 10 of each are needed',
  });
  const same = faces(80, () => [1, 1]);
  expect(attributeDirection(same, good, 2)).toEqual({
    reason: 'pictures with and without it have the same latents',
  });
});
