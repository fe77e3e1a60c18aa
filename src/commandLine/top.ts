import { channelsContract } from '../contract/channels.ts';
import { defineCommand, inputOf } from './commandLine.ts';

export const topCommand = defineCommand(inputOf(channelsContract.writeTop), {
  words: 'top',
  argument: { name: 'run', takes: '<run>' },
  options: {
    channel: { takes: '<n>', means: 'the channel, from 0' },
    level: { means: 'whose channel' },
    of: { means: 'where to look: the seeds 1, 2, …, or pictures of the data, encoded' },
    count: { takes: '<n>', means: 'how many of them' },
    step: { takes: '<n>', means: 'the checkpoint (default: the newest)' },
    out: { takes: '<folder>', means: 'where a PNG and a JSON are written', preset: 'top' },
  },
});
