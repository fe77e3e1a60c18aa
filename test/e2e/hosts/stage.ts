import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

export const cli = join(import.meta.dirname, '../../../out/main/cli.js');
export const project = join(import.meta.dirname, '../../..');

/** Folders that one story has for itself. */
export interface Place {
  root: string;
  runs: string;
  data: string;
  env: NodeJS.ProcessEnv;
  remove: () => void;
}

/** A Studio on one host, with a page that shows it. */
export interface Stage {
  page: Page;
  place: Place;
  /** The process that owns the engine. */
  ownerPid: number;
  /** What the page complained about since the last look: faults and console errors. */
  complaints: () => string[];
  /**
   * Closes the Studio as a person does, and leaves runs and trainers as they are. Where it asks about training, this is the answer.
   * @returns what it asked; null where it asked nothing
   */
  leave: (answer: LeavingAnswer) => Promise<string | null>;
  /** Ends it with its trainers, and removes its place. */
  close: () => Promise<void>;
}

export const leavingAnswers = ['Keep training', 'Save and pause'] as const;
export type LeavingAnswer = (typeof leavingAnswers)[number];

/** One of the two ways to run the Studio, or the reason why this machine cannot. */
export interface HostKind {
  name: 'browser' | 'desktop';
  missing: string | undefined;
  /** In a place of its own, or in one that another stage was left in. */
  open: (place?: Place) => Promise<Stage>;
}

export function makePlace(): Place {
  const root = mkdtempSync(join(tmpdir(), 'extrapolation-e2e-'));
  const [runs, data] = [join(root, 'runs'), join(root, 'data')];
  mkdirSync(runs);
  mkdirSync(data);
  const env = { ...process.env, EXTRAPOLATION_RUNS: runs, EXTRAPOLATION_CACHE: join(root, 'cache') };
  const remove = (): void => {
    rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  };
  return { root, runs, data, env, remove };
}

/** Collects what goes wrong in a page; a broken connection is no fault of the page. */
export function listen(page: Page): () => string[] {
  let heard: string[] = [];
  page.on('pageerror', (error) => heard.push(error.message));
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && !/WebSocket connection|ERR_CONNECTION_REFUSED/.test(text))
      heard.push(text);
  });
  return () => {
    const all = heard;
    heard = [];
    return all;
  };
}

interface Running {
  pid: number;
  parent: number;
  command: string;
}

function processes(): Running[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  return lines.flatMap((line) => {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command: command ?? '' }];
  });
}

/** The engine that this owner started. */
export function enginePid(ownerPid: number): number {
  const engine = processes().find(
    ({ parent, command }) => parent === ownerPid && command.includes('serve --engine'),
  );
  if (engine === undefined) throw new Error(`process ${ownerPid} owns no engine`);
  return engine.pid;
}

/** The trainer of the run in this folder. */
export function trainerPid(folder: string): number | undefined {
  return processes().find(({ command }) => command.includes(`train --resume ${folder}`))?.pid;
}

/** Shows another page, or the same with other settings, as a link would. */
export async function show(page: Page, hash: string): Promise<void> {
  await page.evaluate((next) => {
    location.hash = next;
  }, hash);
}

/** Ends trainers that a failed story left behind. */
export function endTrainers(runs: string): void {
  for (const { pid, command } of processes()) {
    if (command.includes(`train --resume ${runs}`)) process.kill(pid, 'SIGKILL');
  }
}
