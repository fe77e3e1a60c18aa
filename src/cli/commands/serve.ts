import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Option } from 'commander';
import type { Command } from 'commander';
import { z } from 'zod';
import { portNumber } from '../../commandLine/typed.ts';
import { StudioError } from '../../contract/errors.ts';
import { noticeBeforeStart } from '../../engine/engine.ts';
import { serveEngine } from '../../serve/serveEngine.ts';
import { superviseEngine } from '../../serve/superviseEngine.ts';
import { findCli } from '../findCli.ts';
import { parserOf } from '../options.ts';
import type { Surroundings } from '../surroundings.ts';

const optionsSchema = z.object({
  port: z.number().optional(),
  host: z.string(),
  runs: z.string().optional(),
  folder: z.array(z.string()),
  recipe: z.string().optional(),
  open: z.boolean(),
  engine: z.boolean(),
});

const examples = `
The page is for this machine alone, unless --host says otherwise. From another one: ssh -L 4810:localhost:4810 MACHINE, then open the printed address.

Examples:
  extrapolate serve
  extrapolate serve --port 8080 --runs experiments --folder /data/celeba
  extrapolate serve --open --recipe modules/fluohair.json`;

export function addServeCommand(program: Command, { terminal, signal }: Surroundings): void {
  program
    .command('serve')
    .description('open the Studio in a browser: serves its page on this machine and prints the address')
    .option('--port <n>', 'the port to listen on (default: 4810, or any that is free)', parserOf(portNumber))
    .option(
      '--host <address>',
      'the address to listen on; any but the default lets other machines in',
      '127.0.0.1',
    )
    .option('--runs <folder>', 'the folder of runs (default: EXTRAPOLATION_RUNS, or runs)')
    .option(
      '--folder <path>',
      'a folder that the page may use; repeat for more (default: this folder and your home)',
      (path: string, before: string[]) => [...before, path],
      [],
    )
    .option('--recipe <file>', 'a recipe to open first')
    .option('--open', 'open the address in a browser', false)
    .addOption(new Option('--engine', 'be the engine process of another program').default(false).hideHelp())
    .addHelpText('after', examples)
    .action(async (raw: unknown) => {
      const { port, host, runs, folder: folders, recipe, open, engine } = optionsSchema.parse(raw);
      if (runs !== undefined) process.env['EXTRAPOLATION_RUNS'] = resolve(runs);
      const cli = findCli();
      if (engine) {
        await serveEngine({ cli, host, port: port ?? 0, folders, signal });
        return;
      }
      for (const path of folders) requireFolder(path, '--folder');
      if (runs !== undefined && existsSync(runs)) requireFolder(runs, '--runs');
      const notice = await noticeBeforeStart();
      if (notice !== undefined) terminal.say(notice);
      await superviseEngine({
        cli,
        host,
        port,
        folders,
        recipe: recipe === undefined ? undefined : requireRecipe(recipe),
        signal,
        say: (sentence) => {
          terminal.say(sentence);
        },
        onReady: (url, urlOfOneVisit) => {
          terminal.result([`Extrapolation Studio is at ${url}`, 'Ctrl-C stops it; training continues.'], {
            url,
          });
          if (open) openInBrowser(urlOfOneVisit);
        },
      });
    });
}

function requireFolder(given: string, option: string): void {
  const path = resolve(given);
  const status = statSync(path, { throwIfNoEntry: false });
  if (status?.isDirectory() === true) return;
  if (status === undefined) {
    throw new StudioError('not-found', `There is no folder at ${path}. Give ${option} an existing folder.`);
  }
  throw new StudioError('wrong-usage', `${path} is a file. Give ${option} a folder.`);
}

function requireRecipe(file: string): string {
  const path = resolve(file);
  if (existsSync(path)) return path;
  throw new StudioError('not-found', `There is no recipe at ${path}.`);
}

const openers: Partial<Record<NodeJS.Platform, { program: string; args: string[] }>> = {
  darwin: { program: 'open', args: [] },
  win32: { program: 'cmd', args: ['/c', 'start', ''] },
};

/** A machine without a browser loses nothing: the address was printed. */
function openInBrowser(url: string): void {
  const { program, args } = openers[process.platform] ?? { program: 'xdg-open', args: [] };
  const child = spawn(program, [...args, url], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}
