import type { ClientContext, ClientLink, ClientOptions } from '@orpc/client';

/** Questions whose answers another one changes: the method that writes, and the first word of the keys of what reads. */
const outdates: Readonly<Record<string, readonly string[]>> = {
  'intervene.recipes.save': ['live recipes', 'export-at-hand'],
  'channels.saveScale': ['live recipes', 'export-at-hand'],
  'exports.addOriginal': ['live recipes', 'export-at-hand'],
};

/** Passes calls on, and says which answers are outdated by those that wrote something. */
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
    for (const key of outdates[path.join('.')] ?? []) this.#tell(key);
    return answer;
  }
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
