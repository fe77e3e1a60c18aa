import { bytes } from '../../contract/figures.ts';
import type { Command } from 'commander';
import type { DoctorReport } from '../../contract/doctor.ts';
import { openEngine } from '../../engine/engine.ts';
import type { Surroundings } from '../surroundings.ts';

export function addDoctorCommand(program: Command, { terminal }: Surroundings): void {
  program
    .command('doctor')
    .description('show what this machine will use: TensorFlow, processor or GPU and why, threads, memory')
    .addHelpText('after', '\nExamples:\n  extrapolate doctor\n  extrapolate doctor --json')
    .action(async () => {
      const engine = await openEngine();
      const report = await engine.system.doctor();
      const { threads, memory } = report;
      terminal.result(
        [
          `Extrapolation Studio ${report.studio} on Node ${report.node}, ${report.platform}`,
          `Library     ${report.library} (TensorFlow.js ${report.tfjs})`,
          `Device      ${report.device.toUpperCase()}. ${report.deviceReason}`,
          ...report.gpus.map(describeGpu),
          `Processor   ${report.processor}, ${report.cores} cores${report.processorFeatures.length > 0 ? `, ${report.processorFeatures.join(' ')}` : ''}`,
          `Threads     ${threads.intraOp} within an operation, ${threads.interOp} between (EXTRAPOLATION_THREADS changes both)`,
          `Memory      ${bytes(memory.totalBytes)}, of which ${bytes(memory.freeBytes)} free`,
          `Check       a 1024 × 1024 matrix product took ${report.matrixProductMilliseconds} ms and is right`,
        ],
        report,
      );
    });
}

function describeGpu({
  name,
  computeCapability,
  memoryMebibytes,
  driver,
  hidden,
}: DoctorReport['gpus'][number]): string {
  const memory = bytes(memoryMebibytes * 2 ** 20);
  const facts = `${name}, compute capability ${computeCapability.toFixed(1)}, ${memory}, driver ${driver}`;
  return `GPU         ${facts}${hidden ? ', left out' : ''}`;
}
