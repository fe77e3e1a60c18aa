import { describe, expect, it } from 'vitest';
import type { Finding, ImageSetCheck } from '../../../../src/contract/dataSet.ts';
import { planOf, trainLabel } from '../../../../src/renderer/pages/data/plan.ts';

const finding = (kind: Finding['kind'], count: number): Finding => ({
  ...{ kind, count, severity: 'note', file: 'a', files: ['a'], evidence: '', sentence: '', fix: '' },
});
const report = (decodable: number, skipped: number, ...findings: Finding[]): ImageSetCheck => ({
  ...{
    path: '',
    layout: 'celeba',
    files: decodable + skipped,
    checked: decodable + skipped,
    decodable,
    findings,
  },
  skipped: Array.from({ length: skipped }, (_, at) => ({ file: `${at}`, reason: '' })),
  ...{ passed: [], attributes: [], sizes: [], packedBytes: 0 },
  partitions: { train: decodable, validation: 0, test: 0 },
});

describe('what training will do with a set', () => {
  it('is said beforehand, for every kind of finding', () => {
    expect(
      planOf(
        report(
          57,
          3,
          finding('truncated', 3),
          finding('palette', 1),
          finding('rotated', 2),
          finding('unreadable-list', 1),
        ),
      ),
    ).toBe(
      'Training leaves out 3 files, converts 3 images while reading, does without what the lists lack, and uses 57 images.',
    );
    expect(planOf(report(1, 0))).toBe('Training uses all 1 image.');
    expect(planOf(report(60, 0, finding('wrong-extension', 4)))).toBe('Training uses all 60 images.');
  });

  it('names the images that are trained on, and those that are held out', () => {
    const parts = { partitions: { train: 540, validation: 30, test: 28 } };
    expect(planOf({ ...report(598, 2), ...parts })).toBe(
      'Training leaves out 2 files, and uses 540 images and holds out 58.',
    );
    expect(planOf({ ...report(598, 0), ...parts })).toBe('Training uses 540 images and holds out 58.');
    expect(trainLabel({ ...report(598, 2), ...parts })).toBe('Train on 540 images');
    expect(trainLabel(report(1, 0))).toBe('Train on 1 image');
    expect(trainLabel(undefined)).toBe('Train on these images');
  });
});
