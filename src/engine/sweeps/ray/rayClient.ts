import type { z } from 'zod';
import { StudioError } from '../../../contract/errors.ts';
import { addressWords } from './rayAddress.ts';
import {
  clusterStatusSchema,
  jobSchema,
  nodesSchema,
  stoppedSchema,
  submittedSchema,
  versionSchema,
} from './rayAnswers.ts';
import type { RayJob } from './rayAnswers.ts';
import { httpAsk } from './httpAsk.ts';
import type { HttpAnswer } from './httpAsk.ts';
import { HeadAway, lastError, noAnswer, notRay, tokenRefused } from './rayFailures.ts';
import type { JobRequest } from './rayJobRequest.ts';
import { nodesOfList, nodesOfStatus } from './rayRoom.ts';
import type { Node } from './rayRoom.ts';

export interface RayClientSettings {
  address: URL;
  /** Asked before each request: a token may be written anew while a sweep runs. */
  token: () => Promise<string | undefined>;
  /** Of a question. */
  milliseconds?: number;
  /** Of handing in, which waits for a node. */
  submitMilliseconds?: number;
}

/** A head's Jobs API, as far as a sweep needs it. @see https://docs.ray.io/en/latest/cluster/running-applications/job-submission/rest.html */
export class RayClient {
  readonly #settings: RayClientSettings;

  constructor(settings: RayClientSettings) {
    this.#settings = settings;
  }

  get address(): string {
    return addressWords(this.#settings.address);
  }

  /** Ray's version. @throws StudioError where no head answers, or wants another token */
  async version(): Promise<string> {
    const answer = await this.#ask('GET', 'api/version');
    if (answer.status !== 200) throw this.#unexpected(answer, 'its version');
    return this.#read(answer, versionSchema).ray_version;
  }

  /** The nodes with what is in use, or with all they have where the head does not say; undefined where it says nothing. */
  async nodes(): Promise<Node[] | undefined> {
    const status = tryRead(await this.#ask('GET', 'api/cluster_status'), clusterStatusSchema);
    const busy = status && nodesOfStatus(status);
    // For its first seconds a head has written no report.
    if (busy !== undefined && busy.length > 0) return busy;
    const list = tryRead(await this.#ask('GET', 'api/v0/nodes'), nodesSchema);
    return list && nodesOfList(list);
  }

  /** Undefined where the head knows no such job. */
  async job(id: string): Promise<RayJob | undefined> {
    const answer = await this.#ask('GET', `api/jobs/${id}`);
    if (this.#isUnknown(answer)) return undefined;
    if (answer.status !== 200) throw this.#unexpected(answer, `the job ${id}`);
    return this.#read(answer, jobSchema);
  }

  /** @returns `taken` where the head has a job of that id already */
  async submit(request: JobRequest): Promise<'submitted' | 'taken'> {
    const answer = await this.#ask('POST', 'api/jobs/', request);
    if (answer.status === 200) {
      this.#read(answer, submittedSchema);
      return 'submitted';
    }
    if (answer.status === 500 && answer.text.includes('already exists')) return 'taken';
    throw this.#unexpected(answer, `the job ${request.submission_id}`);
  }

  /** Asks a job to save and end. @returns whether there was anything to stop */
  async stop(id: string): Promise<boolean> {
    const answer = await this.#ask('POST', `api/jobs/${id}/stop`);
    if (this.#isUnknown(answer)) return false;
    if (answer.status !== 200) throw this.#unexpected(answer, `the job ${id}`);
    return this.#read(answer, stoppedSchema).stopped;
  }

  async #ask(method: 'GET' | 'POST', path: string, body?: JobRequest): Promise<HttpAnswer> {
    const { address, milliseconds = 10_000, submitMilliseconds = 60_000 } = this.#settings;
    const token = await this.#settings.token();
    const answer = await httpAsk(new URL(path, address), {
      method,
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      body: body && JSON.stringify(body),
      milliseconds: body === undefined ? milliseconds : submitMilliseconds,
    }).catch((error: unknown) => {
      throw noAnswer(address, error);
    });
    if (answer.status === 401 || answer.status === 403) {
      throw tokenRefused(address, answer.text, token !== undefined);
    }
    if (answer.status >= 300 && answer.status < 400) throw notRay(address);
    return answer;
  }

  /** Ray's word that there is no such job; another program's 404 is another matter. */
  #isUnknown({ status, text }: HttpAnswer): boolean {
    return status === 404 && text.includes('does not exist');
  }

  #read<T>({ text }: HttpAnswer, schema: z.ZodType<T>): T {
    const value = tryRead({ status: 200, text }, schema);
    if (value === undefined) throw notRay(this.#settings.address);
    return value;
  }

  #unexpected({ status, text }: HttpAnswer, what: string): StudioError {
    if (status === 404 || status === 405) return notRay(this.#settings.address);
    const words = `The Ray head at ${this.address} refuses ${what} (${status}): ${lastError(text)}`;
    // A head that is starting, or has lost its store or its agent, says 500 and more, and can do it a moment later.
    return status >= 500 ? new HeadAway(words) : new StudioError('wrong-usage', words);
  }
}

function tryRead<T>({ status, text }: HttpAnswer, schema: z.ZodType<T>): T | undefined {
  if (status !== 200) return undefined;
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
