import type { GivenName, ModuleFacts, ModulesOverview } from '../../../contract/channels.ts';
import type { HiddenLevel } from '../../../contract/levels.ts';
import { api } from '../../api/api.ts';
import { SharedStream, useStream } from '../../api/sharedStream.ts';
import type { Ref } from '../../shell/useModel.ts';

type Names = SharedStream<GivenName[], GivenName[]>;

const streams = new Map<string, Names>();

function streamOf(model: Ref, level: HiddenLevel): Names {
  const key = `${model.run}\n${model.step}\n${level}`;
  let stream = streams.get(key);
  if (stream === undefined) {
    stream = new SharedStream(
      (signal) => api.channels.followNames({ ...model, level }, { signal }),
      (_before, names) => names,
    );
    streams.set(key, stream);
  }
  return stream;
}

/** The names that people gave modules of a level, live: another window's too. */
export function useNames(model: Ref, level: HiddenLevel): readonly GivenName[] {
  return useStream(streamOf(model, level)).value ?? [];
}

export type Candidate = ModulesOverview['candidates'][number];

/** A module with the name that a person gave it beside the one that masks gave. */
export interface NamedModule extends ModuleFacts {
  given: string | null;
  /** The one that FluoHair takes for hair. */
  isHair: boolean;
}

/** The modules of a candidate with the names that people gave them, and which of them is the hair. */
export function withNames(
  { count, modules }: Candidate,
  hair: ModulesOverview['hair'],
  names: readonly GivenName[],
): NamedModule[] {
  return modules.map((module) => ({
    ...module,
    isHair: hair?.count === count && hair.letter === module.letter,
    given:
      names.find(
        ({ channels }) =>
          channels.length === module.channels.length &&
          channels.every((channel) => module.channels.includes(channel)),
      )?.name ?? null,
  }));
}
