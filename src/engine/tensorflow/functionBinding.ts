import type { TFEOpAttr, TFJSBinding } from '@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js';
import { nodeBackend } from './rawOp.ts';

/** An argument of a function; without a shape where it is the handle of a variable. */
export interface FunctionInput {
  dtype: number;
  shape?: number[];
}

/** Values that the function holds: a `Const` of its graph. */
export interface FunctionConstant {
  constant: { dtype: number; shape: number[]; values: Float32Array | Int32Array | Uint8Array };
}

export interface FunctionOperation {
  op: string;
  attributes: TFEOpAttr[];
  /** [node, output, node, output, …] */
  inputs: number[];
  /** Nodes that must have run before it. */
  control: number[];
  /** So many of the first inputs are one argument of the op. */
  list?: number;
}

/** A TensorFlow function as `createFunction` takes it. Nodes are numbered: the inputs first, then `nodes` in their order. */
export interface FunctionDescription {
  name: string;
  inputs: FunctionInput[];
  nodes: (FunctionConstant | FunctionOperation)[];
  /** [node, output, node, output, …] */
  outputs: number[];
  /** Nodes that run although nothing that is put out needs them. */
  controlOutputs: number[];
}

/** What `scripts/bootstrap/functions.cc` adds to the binding. */
export interface FunctionBinding {
  /** From then on `executeOp` runs the function by its name. @throws TensorFlow's words, which name the node that is wrong */
  createFunction(description: FunctionDescription): void;
  /** Functions stay until they are removed. @throws where there is none of this name */
  removeFunction(name: string): void;
}

/** The binding's calls for functions; undefined in the package's own binary, which lacks them. */
export function functionBinding(): FunctionBinding | undefined {
  const { binding } = nodeBackend();
  return hasFunctions(binding) ? binding : undefined;
}

function hasFunctions(binding: TFJSBinding): binding is TFJSBinding & FunctionBinding {
  return 'createFunction' in binding;
}
