import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { Option } from 'commander';
import type { Command } from 'commander';
import { z } from 'zod';
import { serveEngine } from '../../serve/serveEngine.ts';
import { superviseEngine } from '../../serve/superviseEngine.ts';
import { wholeNumber } from '../arguments.ts';
import { findCli } from '../findCli.ts';
import type { Surroundings } from '../surroundings.ts';

const optionsSchema = z.object({
  port: z.number().optional(),
  runs: z.string().optional(),
  folder: z.array(z.string()),
  open: z.boolean(),
  engine: z.boolean(),
});

const examples = `
The page is for this machine alone. From another one: ssh -L 4810:localhost:4810 MACHINE, then open the printed address.

Examples:
  extrapolate serve
  extrapolate serve --port 8080 --runs experiments --folder /data/celeba`;

export function addServeCommand(program: Command, { terminal, signal }: Surroundings): void {
  program
    .command('serve')
    .description('the Studio in a browser: serves its page on this machine and prints the address')
    .option('--port <n>', 'where it listens (default: 4810, or any that is free)', wholeNumber)
    .option('--runs <folder>', 'the folder of runs (default: EXTRAPOLATION_RUNS, or runs)')
    .option(
      '--folder <path>',
      'a folder that the page may use, again for more (default: this folder and your home)',
      (path: string, before: string[]) => [...before, path],
      [],
    )
    .option('--open', 'open the address in a browser', false)
    .addOption(new Option('--engine', 'be the engine process of another program').default(false).hideHelp())
    .addHelpText('after', examples)
    .action(async (raw: unknown) => {
      const { port, runs, folder: folders, open, engine } = optionsSchema.parse(raw);
      if (runs !== undefined) process.env['EXTRAPOLATION_RUNS'] = resolve(runs);
      const cli = findCli();
      if (engine) {
        await serveEngine({ cli, port: port ?? 0, folders, signal });
        return;
      }
      await superviseEngine({
        cli,
        port,
        folders,
        signal,
        say: (sentence) => {
          terminal.say(sentence);
        },
        onReady: (url) => {
          terminal.result([`Extrapolation Studio is at ${url}`, 'Ctrl-C stops it; training goes on.'], {
            url,
          });
          if (open) openInBrowser(url);
        },
      });
    });
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
