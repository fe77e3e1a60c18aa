import { createRequire } from 'node:module';
import type * as TensorFlowModule from '@tensorflow/tfjs-node-gpu';
import { StudioError } from '../../contract/errors.ts';
import { prepareProcess } from './prepareProcess.ts';
import { readRuntimeRecord } from './runtimeRecord.ts';

export type {
  NamedTensorMap,
  Scalar,
  Tensor,
  Tensor1D,
  Tensor2D,
  Tensor3D,
  Tensor4D,
  Tensor5D,
} from '@tensorflow/tfjs-node-gpu';

type TensorFlow = typeof TensorFlowModule;

/**
 * TensorFlow.js on the TensorFlow library that the start script installed.
 * It is required, not imported, because the process must be prepared before the library starts.
 */
function load(): TensorFlow {
  prepareProcess();
  const require = createRequire(import.meta.url);
  try {
    useOwnBinding(require);
    return require('@tensorflow/tfjs-node-gpu') as TensorFlow;
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
    throw new StudioError(
      'unavailable',
      `TensorFlow's library could not be loaded (${reason.trim()}). Run "npm start" once: it installs what is missing.`,
      { cause },
    );
  }
}

/** TensorFlow.js asks node-pre-gyp where its binding lies: in its own folder, unless that could not be written. */
function useOwnBinding(require: NodeJS.Require): void {
  const binding = readRuntimeRecord()?.binding;
  if (binding === undefined) return;
  const fromPackage = createRequire(require.resolve('@tensorflow/tfjs-node-gpu/package.json'));
  const finder = fromPackage('@mapbox/node-pre-gyp/lib/pre-binding.js') as {
    find: (packageFile: string) => string;
  };
  finder.find = () => binding;
}

export const tf = load();
