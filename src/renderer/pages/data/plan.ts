import type { Finding, ImageSetCheck } from '../../../contract/dataSet.ts';
import { count, counted } from '../../words.ts';

const converted: readonly Finding['kind'][] = ['palette', 'sixteen-bit', 'cmyk', 'rotated', 'transparent'];
const lists: readonly Finding['kind'][] = ['unreadable-list', 'missing-rows'];

/** What is chosen for each finding, before anything is done: training needs no more than a click. */
export function planOf({ findings, skipped, decodable, partitions }: ImageSetCheck): string {
  const numberOf = (kinds: readonly Finding['kind'][]): number =>
    findings.filter(({ kind }) => kinds.includes(kind)).reduce((sum, finding) => sum + finding.count, 0);
  const parts = [
    ...(skipped.length > 0 ? [`leaves out ${counted(skipped.length, 'file')}`] : []),
    ...(numberOf(converted) > 0 ? [`converts ${counted(numberOf(converted), 'image')} while reading`] : []),
    ...(numberOf(lists) > 0 ? ['does without what the lists lack'] : []),
  ];
  const heldOut = decodable - partitions.train;
  const kept = heldOut > 0 ? ` and holds out ${count(heldOut)}` : '';
  const all = `${counted(partitions.train, 'image')}${kept}`;
  if (parts.length === 0) return `Training uses ${heldOut > 0 ? '' : 'all '}${all}.`;
  return `Training ${parts.join(', ')}, and uses ${all}.`;
}

/** What the button says that leads to training on a set. */
export function trainLabel(report: ImageSetCheck | undefined): string {
  return `Train on ${report === undefined ? 'these images' : counted(report.partitions.train, 'image')}`;
}
