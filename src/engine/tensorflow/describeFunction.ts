import type { FunctionDescription, FunctionInput, FunctionOperation } from './functionBinding.ts';
import { nodeBackend } from './rawOp.ts';
import { readOp } from './recordStep.ts';
import type { RecordedOperation, RecordedStep, Source } from './recordStep.ts';

/**
 * A recorded step as a TensorFlow function: its inputs are those of the step, then the handles of its variables, then the fixed
 * tensors that it uses.
 *
 * In a function, ops run in any order that their inputs allow. What orders those on one variable are control edges, in the
 * order of the recording: a write waits for the write before it and for the reads since, a read for the write before it.
 * (TensorFlow's `tf.function` calls them automatic control dependencies.) Without them it runs, and trains something else.
 */
export function describeFunction(name: string, step: RecordedStep): FunctionDescription {
  const backend = nodeBackend();
  const handles = step.variables.map((): FunctionInput => ({ dtype: backend.binding.TF_RESOURCE }));
  const fixed = step.fixed.map(({ dtype, shape }) => ({ dtype: backend.getDTypeInteger(dtype), shape }));
  const inputs = [...step.inputs, ...handles, ...fixed];
  const order = new VariableOrder();
  const nodeOf = (index: number): number => inputs.length + index;
  const place = (source: Source): [number, number] => {
    switch (source.from) {
      case 'input':
        return [source.index, 0];
      case 'variable':
        return [step.inputs.length + source.index, 0];
      case 'fixed':
        return [step.inputs.length + handles.length + source.index, 0];
      case 'node':
        return [nodeOf(source.index), source.output];
    }
  };
  const nodes = step.nodes.map((node, index) => {
    if ('constant' in node) return node;
    const control = order.before(node, nodeOf(index));
    const operation: FunctionOperation = {
      op: node.op,
      attributes: node.attributes,
      inputs: node.inputs.flatMap(place),
      control,
    };
    const list = listLength(node);
    return list === undefined ? operation : { ...operation, list };
  });
  const outputs = step.outputs.flatMap(({ source }) => place(source));
  return { name, inputs, nodes, outputs, controlOutputs: order.writers };
}

/** Ops whose first argument is a list of tensors, as many as their attribute N says. */
const listOps: ReadonlySet<string> = new Set(['AddN', 'ConcatV2', 'Pack']);

function listLength({ op, attributes }: RecordedOperation): number | undefined {
  if (!listOps.has(op)) return undefined;
  const length = attributes.find(({ name }) => name === 'N')?.value;
  if (typeof length !== 'number') throw new Error(`${op} was run without saying how many tensors it takes.`);
  return length;
}

/** What must have run before each op that uses variables, by the order of the recording. */
class VariableOrder {
  readonly #states = new Map<number, { write: number | undefined; reads: number[] }>();
  readonly writers: number[] = [];

  /** The nodes that an op must wait for; takes note of the op. */
  before({ op, inputs }: RecordedOperation, node: number): number[] {
    const waits = new Set<number>();
    let writes = false;
    for (const source of inputs) {
      if (source.from !== 'variable') continue;
      const state = this.#states.get(source.index) ?? { write: undefined, reads: [] };
      if (state.write !== undefined) waits.add(state.write);
      if (op === readOp) {
        state.reads.push(node);
        this.#states.set(source.index, state);
      } else {
        state.reads.forEach((read) => waits.add(read));
        this.#states.set(source.index, { write: node, reads: [] });
        writes = true;
      }
    }
    if (writes) this.writers.push(node);
    return [...waits];
  }
}
