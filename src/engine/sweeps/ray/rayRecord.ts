import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { rayEngineFileSchema, rayStopFileSchema } from '../../../contract/ray.ts';
import type { RayEngineFile } from '../../../contract/ray.ts';
import { removeQuietly, writeWhole } from '../../files/safeFiles.ts';
import { readJson } from '../../runs/runFolder.ts';

/** Ids of the jobs that were handed in, by cell, kept in the sweep's folder. */
export class RayRecord {
  readonly #folder: string;
  readonly #address: string;

  constructor(folder: string, address: string) {
    this.#folder = folder;
    this.#address = address;
  }

  async ids(): Promise<Map<number, string>> {
    return new Map((await this.#read()).map(({ index, id }) => [index, id]));
  }

  async note(index: number, id: string): Promise<void> {
    const jobs = (await this.#read()).filter((job) => job.index !== index);
    jobs.push({ index, id, at: new Date().toISOString() });
    const file: RayEngineFile = { version: 1, engine: 'ray', address: this.#address, jobs };
    await writeWhole(this.#path, `${JSON.stringify(file, null, 2)}\n`);
  }

  /** Tells whoever hands in cells to leave these. */
  async askToStop(cells: readonly number[]): Promise<void> {
    const all = [...new Set([...(await this.askedToStop()), ...cells])];
    await mkdir(dirname(this.#stopPath), { recursive: true });
    await writeWhole(this.#stopPath, `${JSON.stringify({ version: 1, cells: all })}\n`);
  }

  async askedToStop(): Promise<Set<number>> {
    if (!existsSync(this.#stopPath)) return new Set();
    return new Set((await readJson(this.#stopPath, rayStopFileSchema, { wayOut: 'Delete it.' })).cells);
  }

  async forgetStops(): Promise<void> {
    await removeQuietly(this.#stopPath);
  }

  get #path(): string {
    return join(this.#folder, 'engine.json');
  }

  get #stopPath(): string {
    return join(this.#folder, 'ray', 'stop.json');
  }

  /** Ids of another head's jobs mean nothing at this one. */
  async #read(): Promise<RayEngineFile['jobs']> {
    if (!existsSync(this.#path)) return [];
    const wayOut = 'Delete it: "extrapolate sweep resume" hands in again what is not finished.';
    const { address, jobs } = await readJson(this.#path, rayEngineFileSchema, { wayOut });
    return address === this.#address ? jobs : [];
  }
}
