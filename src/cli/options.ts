import { Argument, InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { flagOf, readOptions } from '../commandLine/commandLine.ts';
import type { CommandLine, TypedEntry } from '../commandLine/commandLine.ts';
import { UnreadableText } from '../commandLine/typed.ts';

/** Makes a command take what its words say, and do `act` with the input that was typed. */
export function addInput<Out, In>(
  command: Command,
  words: CommandLine<Out, In>,
  act: (input: Out) => Promise<void>,
): Command {
  if (words.argument !== undefined) command.addArgument(argumentOf(words.argument));
  for (const entry of words.options) command.addOption(optionOf(entry));
  return command.action(async () => {
    await act(readOptions(words, typedIn(command, words)));
  });
}

/** What was typed, by the names of the options, and the argument by its own. */
function typedIn(command: Command, { argument }: CommandLine<unknown, unknown>): Record<string, unknown> {
  // "sweep" takes what stands after "sweep resume" too, where it has an option of that name.
  const options: Record<string, unknown> = command.optsWithGlobals();
  const value: unknown = command.processedArgs[0];
  return argument === undefined ? options : { ...options, [argument.name]: value };
}

function argumentOf({ takes, means, kind }: TypedEntry): Argument {
  const argument = new Argument(takes, means);
  if (kind.choices !== undefined) return argument.choices(kind.choices);
  return kind.isMany === true ? argument : argument.argParser(parserOf(kind.read));
}

/** An option as commander shows and reads it; its parser asks for none where `isNeeded` says so. */
export function optionOf(entry: TypedEntry, isNeeded = entry.isNeeded): Option {
  const { kind, takes, means, preset, bare, saysAll } = entry;
  const option = new Option(takes === '' ? flagOf(entry) : `${flagOf(entry)} ${takes}`, means);
  option.makeOptionMandatory(isNeeded);
  if (bare !== undefined) option.preset(bare);
  if (preset !== undefined && !saysAll) {
    // A list stands in the help as it is typed.
    if (Array.isArray(preset) && kind.isMany !== true) option.default(preset, kind.write(preset));
    else option.default(preset);
  }
  if (kind.isFlag === true || kind.isMany === true) return option;
  return kind.choices === undefined || saysAll
    ? option.argParser(parserOf(kind.read))
    : option.choices(kind.choices);
}

/** A reader whose refusal commander puts after the option's name. */
export function parserOf(read: (text: string) => unknown): (text: string) => unknown {
  return (text) => {
    try {
      return read(text);
    } catch (error) {
      if (error instanceof UnreadableText) throw new InvalidArgumentError(error.message);
      throw error;
    }
  };
}
