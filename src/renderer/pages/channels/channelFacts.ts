import type {
  ChannelRankReport,
  FaceSource,
  ModuleFacts,
  ModulesOverview,
} from '../../../contract/channels.ts';
import { isByChance } from '../../../contract/modules.ts';
import { dataNotHere } from '../../../contract/runFiles.ts';
import { takesPictures } from '../../../contract/takesPictures.ts';
import type { MayEncode } from '../../../contract/takesPictures.ts';
import type { Tone } from '../../../charts/seriesStyles.ts';
import { moduleTitle } from '../../components/moduleNames.ts';
import { figure, fixedTo, withoutEncoder } from '../../words.ts';
import type { Candidate, NamedModule } from './useNames.ts';
import type { Sort } from './useChannelsAddress.ts';

const colours: readonly Tone[] = ['s1', 's2', 's3', 's4'];

/** Letters take the series colours in turn, repeating after four. */
export function colourOf(letter: string): Tone {
  return colours[(letter.charCodeAt(0) - 65) % colours.length]!;
}

/** Where a module's name is from, and how well the best mask fits it. */
export function sourceOfName({
  name,
  score,
  given = null,
}: Pick<ModuleFacts, 'name' | 'score'> & { given?: string | null }): string {
  const mask =
    name === null
      ? 'no mask fits it'
      : score === null
        ? `${name}, by what changes`
        : `${name} mask (${fixedTo(score, 2)})`;
  return given === null ? (name === null ? mask : `named by ${mask}`) : `named by you; ${mask}`;
}

/** The number of modules that is shown first, here and on Intervene: that of the hair module, else that of the search. */
export function shownCount({ hair, count }: ModulesOverview): number {
  return hair?.count ?? count;
}

export function candidateOf(overview: ModulesOverview, count: number | null): Candidate {
  const find = (wanted: number): Candidate | undefined =>
    overview.candidates.find((candidate) => candidate.count === wanted);
  const shown = shownCount(overview);
  return find(count ?? shown) ?? find(shown) ?? overview.candidates[0]!;
}

/** The hair module; where another number of modules has it, the best that masks call hair. */
export function hairAmong(modules: readonly NamedModule[]): NamedModule | undefined {
  const named = modules.filter(({ name }) => name === 'hair').sort((a, b) => (b.score ?? 0) - (a.score ?? 0));
  return modules.find(({ isHair }) => isHair) ?? named[0];
}

/** Where a candidate's regions begin among the regions of all. */
export function firstRegion(overview: ModulesOverview, candidate: Candidate): number {
  let first = 0;
  for (const each of overview.candidates) {
    if (each === candidate) break;
    first += each.modules.length;
  }
  return first;
}

/** Why a model cannot take in the pictures of its data; null where it can. */
export function pictureRefusal(model: MayEncode, folder: string): string | null {
  if (!takesPictures(model)) return `${withoutEncoder(model)}, so it cannot take in pictures of the data.`;
  return folder === dataNotHere ? 'The pictures of this model are not on this computer.' : null;
}

/** "seed 7", "picture 12 of the data". */
export function faceName(face: FaceSource): string {
  return typeof face === 'number' ? `seed ${face}` : `picture ${face.picture} of the data`;
}

/** Channels that change a region at least twice as much as the rest, and a fifth as much as the strongest does. */
export function standingOut(ranks: readonly ChannelRankReport[]): ChannelRankReport[] {
  const strongest = Math.max(0, ...ranks.map(({ inside }) => inside));
  return ranks.filter(
    ({ inside, outside }) => inside > 0 && inside >= 2 * outside && inside >= strongest / 5,
  );
}

/** Whether no module is steadier than a random choice of as many channels: then the groups mean nothing. */
export function areAllByChance(modules: readonly ModuleFacts[], living: number): boolean {
  return modules.every((module) => isByChance(module, living));
}

/** Channels in the order of the grid. */
export function sorted(
  sort: Sort,
  strengths: readonly number[],
  modules: readonly ModuleFacts[],
  ranked: readonly number[] | null,
): number[] {
  const all = strengths.map((_, channel) => channel);
  const byEffect = (a: number, b: number): number => strengths[b]! - strengths[a]! || a - b;
  switch (sort) {
    case 'number':
      return all;
    case 'effect':
      return all.sort(byEffect);
    case 'paint':
      return ranked === null ? all : [...ranked, ...all.filter((channel) => !ranked.includes(channel))];
    case 'module': {
      const place = new Map(
        modules.flatMap(({ channels }, index) => channels.map((channel) => [channel, index] as const)),
      );
      const placeOf = (channel: number): number => place.get(channel) ?? modules.length;
      return all.sort((a, b) => placeOf(a) - placeOf(b) || byEffect(a, b));
    }
  }
}

/** "5 of them are in Hair", for what stands out. */
export function whereTheyAre(channels: readonly number[], modules: readonly NamedModule[]): string {
  const shares = modules
    .map((module) => ({
      module,
      shared: module.channels.filter((channel) => channels.includes(channel)).length,
    }))
    .sort((a, b) => b.shared - a.shared);
  const best = shares[0];
  if (best === undefined || best.shared === 0) return '';
  const name = moduleTitle(best.module);
  return best.shared === channels.length ? `All are in ${name}.` : `${best.shared} of them are in ${name}.`;
}

/** A share as people read it: "2.4 %". */
export function percent(share: number): string {
  return `${figure(share * 100, 2)} %`;
}
