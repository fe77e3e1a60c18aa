import { Command } from 'commander';
import { studioVersion } from '../contract/studioVersion.ts';
import { addAnalyseCommand } from './commands/analyse.ts';
import { addDataCommand } from './commands/data.ts';
import { addDemoCommand } from './commands/demo.ts';
import { addDirectionsCommand } from './commands/directions.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addExportCommand } from './commands/export.ts';
import { addModelCommand } from './commands/model.ts';
import { addModelCommands } from './commands/models.ts';
import { addModulesCommand } from './commands/modules.ts';
import { addQueueCommand } from './commands/queue.ts';
import { addRecipeCommand } from './commands/recipe.ts';
import { addReproduceCommand } from './commands/reproduce.ts';
import { addRunsCommand } from './commands/runs.ts';
import { addSheetCommand } from './commands/sheet.ts';
import { addSweepCommand } from './commands/sweep.ts';
import { addTheoryCommand } from './commands/theory.ts';
import { addTopCommand } from './commands/top.ts';
import { addTrainCommand } from './commands/train.ts';
import { addServeCommand } from './commands/serve.ts';
import type { Surroundings } from './surroundings.ts';

export function createProgram(surroundings: Surroundings): Command {
  const program = new Command('extrapolate')
    .description(
      'Extrapolation Studio: trains β-VAEs on faces, finds the channels that make hair, recolours it, stretches hidden layers instead of pictures, and measures with spectra whether a model’s parts are independent.',
    )
    .version(studioVersion)
    .option('--json', 'print results as JSON on stdout; everything else goes to stderr')
    .showHelpAfterError('("--help" lists the options)')
    .exitOverride()
    .addHelpText(
      'after',
      '\nA trained model is included; use “bundled” wherever a run is named:\n  extrapolate sample bundled --out samples.png\n\nThe whole workflow on synthetic faces, in about ten minutes:\n  extrapolate demo --out demo-output',
    );
  addDoctorCommand(program, surroundings);
  addDemoCommand(program, surroundings);
  addDataCommand(program, surroundings);
  addTrainCommand(program, surroundings);
  addQueueCommand(program, surroundings);
  addSweepCommand(program, surroundings);
  addRunsCommand(program, surroundings);
  addModelCommands(program, surroundings);
  addModelCommand(program, surroundings);
  addModulesCommand(program, surroundings);
  addSheetCommand(program, surroundings);
  addRecipeCommand(program, surroundings);
  addTopCommand(program, surroundings);
  addDirectionsCommand(program, surroundings);
  addAnalyseCommand(program, surroundings);
  addExportCommand(program, surroundings);
  addTheoryCommand(program, surroundings);
  addReproduceCommand(program, surroundings);
  addServeCommand(program, surroundings);
  inheritSettings(program);
  return program;
}

/** Commander's settings do not reach commands that were added before: hand them on, with --json for each. */
function inheritSettings(command: Command): void {
  for (const child of command.commands) {
    child.copyInheritedSettings(command);
    if (child.commands.length === 0) child.option('--json', 'print the result as JSON on stdout');
    inheritSettings(child);
  }
}
