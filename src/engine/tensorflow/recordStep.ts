import type { TFEOpAttr, TFJSBinding } from '@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js';
import { bindingId, withBinding } from './bindingId.ts';
import type { FunctionConstant, FunctionInput } from './functionBinding.ts';
import { nodeBackend } from './rawOp.ts';
import { variableOf } from './resourceVariable.ts';
import { tf } from './tf.ts';
import type { Tensor } from './tf.ts';

/** Tensors by name: what a step is given, and what it puts out. */
export type NamedTensors = Readonly<Record<string, Tensor>>;

/** Where a value in a recorded step comes from. */
export type Source =
  | { from: 'input'; index: number }
  /** The handle of a variable, in the order of their first use. */
  | { from: 'variable'; index: number }
  /** One of the fixed tensors, in the order of their first use. */
  | { from: 'fixed'; index: number }
  | { from: 'node'; index: number; output: number };

export interface RecordedOperation {
  op: string;
  attributes: TFEOpAttr[];
  inputs: Source[];
}

/** A step as a list of what it ran. */
export interface RecordedStep {
  /** In the order of the names that the step was given. */
  inputs: FunctionInput[];
  /** Handles of the variables that the step reads or writes; borrowed. */
  variables: Tensor[];
  /** Fixed tensors that it uses; borrowed. */
  fixed: Tensor[];
  nodes: (FunctionConstant | RecordedOperation)[];
  outputs: { name: string; source: Source }[];
}

/**
 * Runs a step op by op and notes every op, every constant and every variable.
 *
 * It does not count as a step: the variables are put back as they were, so the bits of a run do not depend on where it
 * was interrupted and its step recorded anew.
 *
 * @param body the step: uses `inputs` and variables, puts tensors out, reads no number in between
 * @throws Error where the body reads a number, makes a variable, or uses a tensor that an op made before and that is no input
 *   of it. (Values that are still in JavaScript are constants, whenever they were made.)
 */
export function recordStep(body: () => NamedTensors, inputs: NamedTensors): RecordedStep {
  const { binding } = nodeBackend();
  const variablesBefore = new Map<number, number>();
  try {
    const { recorded, outputs } = record(body, inputs, (op, ids) => {
      keepBeforeWrite(binding, variablesBefore, op, ids);
    });
    tf.dispose(Object.values(outputs));
    return recorded;
  } finally {
    restore(binding, variablesBefore);
  }
}

/** The recording that goes on. */
let current: Recorder | undefined;

/** Tensors that are there before a recording and after it, such as weights, by the binding's number. */
export type FixedTensors = ReadonlyMap<number, Tensor>;

/** @throws Error while something is recorded: what is uploaded then is taken for a constant */
export function fixedTensors(tensors: Iterable<Tensor>): FixedTensors {
  if (current !== undefined) throw new Error('Fixed tensors are named before anything is recorded.');
  return new Map([...tensors].map((tensor) => [bindingId(tensor), tensor]));
}

/**
 * Runs a piece of computing without variables and notes every op and constant of it. It counts: what comes out is what it
 * gives op by op.
 *
 * @param body as above; may use `fixed` too
 * @returns `outputs`: the caller's to dispose
 */
export function recordPass<Outputs extends NamedTensors>(
  body: () => Outputs,
  inputs: NamedTensors,
  fixed: FixedTensors,
): { recorded: RecordedStep; outputs: Outputs } {
  return record(body, inputs, refuseVariables, fixed);
}

/** Whether ops that are run now are recorded. If so these tensors may be used too, though they were made before. */
export function joinRecording(fixed: FixedTensors): boolean {
  current?.mayUse(fixed);
  return current !== undefined;
}

function record<Outputs extends NamedTensors>(
  body: () => Outputs,
  inputs: NamedTensors,
  beforeOp: (op: string, ids: number[]) => void,
  fixed: FixedTensors = new Map(),
): { recorded: RecordedStep; outputs: Outputs } {
  const { binding } = nodeBackend();
  const recorder = new Recorder(Object.entries(inputs));
  recorder.mayUse(fixed);
  const calls: Partial<TFJSBinding> = {
    executeOp: (op, attributes, ids, count) => {
      beforeOp(op, ids);
      return recorder.operation(op, attributes, ids, binding.executeOp(op, attributes, ids, count));
    },
    createTensor: (shape, dtype, values) =>
      recorder.constant(shape, dtype, values, binding.createTensor(shape, dtype, values)),
    tensorDataSync: () => {
      throw new Error('A step that is recorded puts tensors out; their numbers are read after it.');
    },
  };
  current = recorder;
  try {
    return withBinding(calls, () => {
      const outputs = tf.tidy(body);
      try {
        return { recorded: recorder.finish(outputs), outputs };
      } catch (error) {
        tf.dispose(Object.values(outputs));
        throw error;
      }
    });
  } finally {
    current = undefined;
  }
}

function refuseVariables(_op: string, ids: number[]): void {
  if (ids.some((id) => variableOf(id) !== undefined))
    throw new Error('A pass that is recorded uses no variables.');
}

const float32Of = (binding: TFJSBinding): TFEOpAttr[] => [
  { name: 'dtype', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
];

/** Reads each variable that an op may write, before the first one does. The value shares its memory; TensorFlow copies on writing. */
function keepBeforeWrite(binding: TFJSBinding, before: Map<number, number>, op: string, ids: number[]): void {
  if (op === readOp) return;
  for (const id of ids) {
    if (before.has(id) || variableOf(id) === undefined) continue;
    before.set(id, binding.executeOp(readOp, float32Of(binding), [id], 1)[0]!.id);
  }
}

function restore(binding: TFJSBinding, before: ReadonlyMap<number, number>): void {
  for (const [handle, value] of before) {
    binding.executeOp('AssignVariableOp', float32Of(binding), [handle, value], 0);
    binding.deleteTensor(value);
  }
}

/** The one op that uses a variable and leaves it as it is. */
export const readOp = 'ReadVariableOp';

class Recorder {
  readonly #sources = new Map<number, Source>();
  readonly #inputs: FunctionInput[];
  readonly #variables: Tensor[] = [];
  readonly #usable = new Map<number, Tensor>();
  readonly #fixed: Tensor[] = [];
  readonly #nodes: RecordedStep['nodes'] = [];

  constructor(inputs: readonly (readonly [string, Tensor])[]) {
    const backend = nodeBackend();
    this.#inputs = inputs.map(([, tensor], index) => {
      this.#sources.set(bindingId(tensor), { from: 'input', index });
      return { dtype: backend.getDTypeInteger(tensor.dtype), shape: tensor.shape };
    });
  }

  /** Tensors that may be used though they were made before. */
  mayUse(fixed: FixedTensors): void {
    for (const [id, tensor] of fixed) this.#usable.set(id, tensor);
  }

  operation(
    op: string,
    attributes: TFEOpAttr[],
    ids: number[],
    outputs: ReturnType<TFJSBinding['executeOp']>,
  ): ReturnType<TFJSBinding['executeOp']> {
    // Its reads and writes could not be told from those of any other tensor.
    if (op === 'VarHandleOp') throw new Error('A step that is recorded makes no variables.');
    const inputs = ids.map((id) => this.#sourceOf(id, op));
    const index = this.#nodes.push({ op, attributes, inputs }) - 1;
    outputs.forEach(({ id }, output) => this.#sources.set(id, { from: 'node', index, output }));
    return outputs;
  }

  constant(shape: number[], dtype: number, values: unknown, id: number): number {
    if (!(values instanceof Float32Array || values instanceof Int32Array || values instanceof Uint8Array)) {
      throw new Error('A step that is recorded has constants of float32, int32 and bool alone.');
    }
    // A copy: the array is the caller's, who may write to it after the step.
    const index = this.#nodes.push({ constant: { dtype, shape: [...shape], values: values.slice() } }) - 1;
    this.#sources.set(id, { from: 'node', index, output: 0 });
    return id;
  }

  /** @param outputs what the body put out, while the recording goes on */
  finish(outputs: NamedTensors): RecordedStep {
    const sources = Object.entries(outputs).map(([name, tensor]) => ({
      name,
      source: this.#sourceOf(bindingId(tensor), `the output ${name}`),
    }));
    return {
      inputs: this.#inputs,
      variables: this.#variables,
      fixed: this.#fixed,
      nodes: this.#nodes,
      outputs: sources,
    };
  }

  #sourceOf(id: number, user: string): Source {
    const known = this.#sources.get(id);
    if (known !== undefined) return known;
    const source = this.#sourceFromBefore(id);
    if (source === undefined) {
      throw new Error(
        `A step that is recorded uses a tensor that was made before it and is none of its inputs (in ${user}).`,
      );
    }
    this.#sources.set(id, source);
    return source;
  }

  #sourceFromBefore(id: number): Source | undefined {
    const variable = variableOf(id);
    if (variable !== undefined) {
      return { from: 'variable', index: this.#variables.push(variable.handle) - 1 };
    }
    const fixed = this.#usable.get(id);
    return fixed && { from: 'fixed', index: this.#fixed.push(fixed) - 1 };
  }
}
