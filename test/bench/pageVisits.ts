import type { Studio } from './benchStudio.ts';

/** What is there to look at while something trains. */
export interface Scene {
  /** The run that is being trained. */
  training: string;
  /** A trained run, with its newest step and a folder of pictures. */
  trained: string;
  step: number;
  pictures: string;
  /** A run of very many measurements, where there is one. */
  long?: string;
}

/** Asks one question and keeps how long its answer, or a stream's first event, took. */
export type Ask = (name: string, question: (signal: AbortSignal) => Promise<unknown>) => Promise<void>;

/** Opens a page and does one thing there. */
export type Visit = (ask: Ask, turn: number) => Promise<void>;

const seeds = Array.from({ length: 36 }, (_, index) => index);

/**
 * What the pages ask when a person opens them and does one thing on them, page after page. Questions of one page that do
 * not wait for each other are asked together, as the page asks them.
 */
export function visits(api: Studio, scene: Scene): Visit[] {
  const { training, trained, step, pictures, long } = scene;
  const model = { run: trained, step };
  const first = async (events: Promise<AsyncIterable<unknown>>): Promise<void> => {
    await (await events)[Symbol.asyncIterator]().next();
  };
  return [
    async (ask) => {
      await Promise.all([
        ask('studio.about', () => api.studio.about()),
        ask('studio.runs.list (first event)', (signal) => first(api.studio.runs.list(undefined, { signal }))),
      ]);
    },
    async (ask) => {
      await Promise.all([
        ask('studio.folders.list', () => api.studio.folders.list({ folder: pictures })),
        ask('studio.data.browse', () => api.studio.data.browse({ folder: pictures, count: 10 })),
      ]);
    },
    async (ask) => {
      await ask('studio.runs.follow (first event)', (signal) =>
        first(api.studio.runs.follow({ run: training }, { signal })),
      );
      await Promise.all([
        ask('runs.show (measurements)', () => api.runs.show({ run: training })),
        ask('studio.runs.samples', () => api.studio.runs.samples({ run: training, step: 0 })),
      ]);
    },
    ...(long === undefined
      ? []
      : [
          async (ask: Ask) => {
            await ask('studio.runs.follow, the long run', (signal) =>
              first(api.studio.runs.follow({ run: long }, { signal })),
            );
          },
        ]),
    async (ask) => {
      await Promise.all([
        ask('intervene.latents', () => api.intervene.latents({ ...model, seeds: seeds.slice(0, 1) })),
        ask('intervene.pictures, 1 picture', () =>
          api.intervene.pictures({ ...model, source: { kind: 'seeds', seeds: [7] }, recipe: null }),
        ),
      ]);
    },
    async (ask, turn) => {
      await Promise.all([
        ask('intervene.recipes.list', () => api.intervene.recipes.list({ run: trained })),
        ask('intervene.knownModules', () => api.intervene.knownModules(model)),
      ]);
      await colourVisit(api, scene)(ask, turn);
    },
    async (ask, turn) => {
      const seed = turn % 5;
      const parameters = { dimension: 2, seed } as const;
      await ask('theory.solutions', () => api.theory.solutions({ parameters }));
      await ask('theory.stretches, 1', () =>
        api.theory.stretches({ parameters, rows: 27, from: 1, count: 1 }),
      );
      for (const from of [31, 1, 16, 46]) {
        await ask('theory.stretches, 15', () =>
          api.theory.stretches({ parameters, rows: 27, from, count: 15 }),
        );
      }
      await ask('theory.fig2', () => api.theory.fig2({ parameters: { dimension: 1, seed } }));
    },
  ];
}

/** 36 faces with their hair in another colour each time: FluoHair from the question to the pixels. */
export function colourVisit(api: Studio, { trained, step }: Scene): Visit {
  return (ask, turn) =>
    ask('intervene.pictures, 36 pictures, a colour', () =>
      api.intervene.pictures({
        ...{ run: trained, step },
        source: { kind: 'seeds', seeds },
        recipe: {
          version: 1,
          name: 'bench',
          steps: [
            {
              kind: 'fluoHair',
              channels: [0, 1, 2, 3],
              map: { kind: 'target', colour: [(turn % 10) / 10, 0.3, 0.6], strength: 1 },
              enabled: true,
            },
          ],
        },
      }),
    );
}
