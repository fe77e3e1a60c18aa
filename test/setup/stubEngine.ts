import { getEventIteratorSchemaDetails } from '@orpc/contract';
import type { AnySchema } from '@orpc/contract';
import { contract } from '../../src/contract/contract.ts';
import type { Progress } from '../../src/contract/progress.ts';

/**
 * Stands in for engine/engine.ts: notes what is asked, and answers what a test has set. Questions and answers that break
 * the contract fail the test, so that the stub cannot drift from the engine.
 */

interface Asked {
  readonly method: string;
  readonly input: unknown;
}
interface Call {
  readonly input: unknown;
  readonly signal: AbortSignal | undefined;
}

export const asked: Asked[] = [];
/** The threads that an engine was opened with, and the command line it may start trainers with. */
export const opened: { threads: number | undefined; commandLine: unknown }[] = [];
const answers = new Map<string, (call: Call) => unknown>();

export function forget(): void {
  asked.length = opened.length = 0;
  delete notices.first;
  answers.clear();
}

/** What a method such as `models.sample` answers, by what it is asked. */
export function answerWith(method: string, of: (call: Call) => unknown): void {
  answers.set(method, of);
}

export function answer(method: string, value: unknown): void {
  answers.set(method, () => value);
}

async function checked(schema: AnySchema | undefined, value: unknown, what: string): Promise<unknown> {
  if (schema === undefined) return value;
  const result = await schema['~standard'].validate(value);
  if (result.issues !== undefined) throw new TypeError(`${what}: ${JSON.stringify(result.issues)}`);
  return result.value;
}

/** One report of progress, then the result. */
function longWork(result: unknown): AsyncGenerator<Progress, unknown> {
  return (async function* () {
    yield await Promise.resolve({ phase: 'working', done: 1, total: 2 });
    return result;
  })();
}

type Procedure = {
  readonly '~orpc': { readonly inputSchema?: AnySchema; readonly outputSchema?: AnySchema };
};

function stubOf(method: string, { '~orpc': { inputSchema, outputSchema } }: Procedure) {
  return async (input?: unknown, options?: { signal?: AbortSignal }): Promise<unknown> => {
    await checked(inputSchema, input, `what ${method} is asked`);
    asked.push({ method, input });
    const of = answers.get(method);
    if (of === undefined) throw new TypeError(`the test has no answer of ${method}`);
    const details = getEventIteratorSchemaDetails(outputSchema);
    if (details !== undefined && options?.signal === undefined)
      throw new TypeError(`${method} is long work, and nothing could stop it`);
    const value = await of({ input, signal: options?.signal });
    if (details === undefined) return checked(outputSchema, value, `the answer of ${method}`);
    return longWork(await checked(details.returns, value, `the answer of ${method}`));
  };
}

function area(name: string, procedures: Readonly<Record<string, Procedure>>): Record<string, unknown> {
  const methods = Object.entries(procedures).map(([method, procedure]): [string, unknown] => [
    method,
    stubOf(`${name}.${method}`, procedure),
  ]);
  return Object.fromEntries(methods);
}

export function openEngine(threads?: number, commandLine?: unknown): Promise<unknown> {
  opened.push({ threads, commandLine });
  const { system, demo, data, runs, queue, sweeps, models, directions, channels } = contract;
  const { analysis, exports, experiments } = contract;
  const looking = { system, demo, data, runs, queue, sweeps, models, directions, channels };
  const areas = { ...looking, analysis, exports, experiments };
  return Promise.resolve(
    Object.fromEntries(Object.entries(areas).map(([name, procedures]) => [name, area(name, procedures)])),
  );
}

export function openTheory(): Promise<unknown> {
  return Promise.resolve(area('theory', contract.theory));
}

export function threadsOfRun(): Promise<number> {
  return Promise.resolve(3);
}

export function threadsOfSweep(): Promise<number> {
  return Promise.resolve(2);
}

/** What the engine says of a first start on this machine; a test may set it. */
export const notices: { first?: string } = {};

export function noticeBeforeStart(): Promise<string | undefined> {
  return Promise.resolve(notices.first);
}
