import type { ClientContext, ClientLink, ClientOptions } from '@orpc/client';

const recipes = ['live recipes', 'export-at-hand'];
const hairGateKnown = 'live hair gate known';

/**
 * Every method of the contract that writes something, and the first words of the keys of the queries whose answers that changes.
 * None where the page hears of it otherwise: from the streams of runs, jobs and names, or by asking again.
 */
export const outdates: Readonly<Record<string, readonly string[]>> = {
  'intervene.recipes.save': recipes,
  'channels.saveScale': recipes,
  'channels.saveHybrid': recipes,
  'exports.addOriginal': recipes,
  'gates.strokes.save': ['gates strokes', 'hair gate', hairGateKnown],
  'gates.withoutLabels': [hairGateKnown],
  'gates.hair': [hairGateKnown],
  'channels.modules': ['live modules known'],
  'intervene.findModules': ['live modules known'],
  'channels.rename': [],
  'channels.top': [],
  'directions.find': [],
  'directions.rename': ['direction names'],
  'exports.start': [],
  'exchange.exportModel': [],
  'exchange.importModel': [],
  'experiments.start': [],
  'experiments.stop': [],
  'intervene.photos.store': [],
  'intervene.photos.forget': [],
  'studio.jobs.cancel': [],
  'studio.jobs.dismiss': [],
  'studio.data.make': [],
  'studio.runs.start': [],
  'studio.runs.pause': [],
  'studio.runs.stop': [],
  'studio.runs.resume': [],
  'studio.runs.extend': [],
  'studio.runs.remove': ['runs removed'],
  'queue.add': [],
  'queue.move': [],
  'queue.remove': [],
  'queue.hold': [],
  'queue.retry': [],
  'queue.pause': [],
  'queue.setThreads': [],
  'sweeps.start': ['sweeps'],
  'sweeps.resume': [],
  'sweeps.stop': [],
  'sweeps.report': [],
  'runs.label': [],
  'runs.restore': ['runs removed'],
  'runs.emptyTrash': ['runs removed'],
  // What commands ask, in a process of their own; no page does.
  'data.make': [],
  'data.pack': [],
  'runs.create': [],
  'runs.train': [],
  'runs.remove': [],
  'models.sample': [],
  'models.encode': [],
  'models.modules': [],
  'models.apply': [],
  'models.showRecipe': [],
  'models.sheet': [],
  'directions.write': [],
  'channels.writeTop': [],
  'analysis.writeSdr': [],
  'analysis.writeStretching': [],
  'exports.make': [],
  'theory.all': [],
  'demo.run': [],
  'experiments.run': [],
  'sweeps.begin': [],
  'sweeps.cell': [],
  'queue.work': [],
};

/** Passes calls on, and says which answers are outdated by those that wrote something: long work has when it is done. */
export class OutdatingLink implements ClientLink<ClientContext> {
  readonly #inner: ClientLink<ClientContext>;
  readonly #tell: (key: string) => void;

  constructor(inner: ClientLink<ClientContext>, tell: (key: string) => void) {
    this.#inner = inner;
    this.#tell = tell;
  }

  async call(
    path: readonly string[],
    input: unknown,
    options: ClientOptions<ClientContext>,
  ): Promise<unknown> {
    const answer = await this.#inner.call(path, input, options);
    const keys = outdates[path.join('.')] ?? [];
    if (keys.length > 0 && areEvents(answer)) return this.#toTheEnd(answer, keys);
    for (const key of keys) this.#tell(key);
    return answer;
  }

  async *#toTheEnd(events: Events, keys: readonly string[]): Events {
    const result = yield* events;
    for (const key of keys) this.#tell(key);
    return result;
  }
}

type Events = AsyncGenerator<unknown, unknown, undefined>;

function areEvents(answer: unknown): answer is Events {
  return typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer;
}

/** Other tabs on the same engine hold answers too: each tells the others what it outdated. */
export function tellTabs(hear: (key: string) => void): (key: string) => void {
  const tabs = new BroadcastChannel('extrapolation-outdated');
  tabs.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (typeof data === 'string') hear(data);
  });
  return (key) => {
    tabs.postMessage(key);
    hear(key);
  };
}
