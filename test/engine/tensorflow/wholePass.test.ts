import { afterEach, describe, expect, it, vi } from 'vitest';
import { withBinding } from '../../../src/engine/tensorflow/bindingId.ts';
import { functionBinding } from '../../../src/engine/tensorflow/functionBinding.ts';
import { nodeBackend } from '../../../src/engine/tensorflow/rawOp.ts';
import { ResourceVariable } from '../../../src/engine/tensorflow/resourceVariable.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor } from '../../../src/engine/tensorflow/tf.ts';
import { numberOf } from '../../../src/engine/tensorflow/valuesOf.ts';
import { WholePasses } from '../../../src/engine/tensorflow/wholePass.ts';
import { countOps } from './countOps.ts';

// The package's own binary has no functions: there, all passes are op by op.
const native = functionBinding();

afterEach(() => {
  vi.unstubAllEnvs();
});

/** The numbers of a tensor, which is disposed. */
function taken(tensor: Tensor): number[] {
  const values = [...tensor.dataSync()];
  tensor.dispose();
  return values;
}

/** Names of the ops and functions that are run. */
function opsOf(work: () => unknown): string[] {
  return [...countOps(work).byName.keys()];
}

/** The functions that `work` makes and removes, in their order. */
function functionsOf(work: () => void): { made: string[]; removed: string[] } {
  const made: string[] = [];
  const removed: string[] = [];
  withBinding(
    {
      createFunction: (description) => {
        made.push(description.name);
        native!.createFunction(description);
      },
      removeFunction: (name) => {
        removed.push(name);
        native!.removeFunction(name);
      },
    },
    work,
  );
  return { made, removed };
}

/** y = w · x + 1 of a weight that is there before. */
function affine(weight: Tensor, most?: number): { passes: WholePasses; of: (values: number[]) => number[] } {
  const passes = new WholePasses([weight], most);
  const of = (values: number[]): number[] => {
    const x = tf.tensor1d(values);
    const { y } = passes.run('affine', { x }, (inputs) => ({ y: inputs.x.mul(weight).add(1) }));
    x.dispose();
    return taken(y);
  };
  return { passes, of };
}

describe.skipIf(native === undefined)('a whole pass', () => {
  it('is op by op at first, with its result, and one function from the second time on', () => {
    const weight = tf.scalar(3);
    const { passes, of } = affine(weight);
    const ran: { y: number[]; ops: string[] }[] = [];
    const made = functionsOf(() => {
      for (const x of [1, 5, -1]) {
        let y: number[] = [];
        const ops = opsOf(() => (y = of([x, x + 1])));
        ran.push({ y, ops });
      }
    });
    const asOne = [expect.stringMatching(/^whole_pass_\d+$/)];
    expect(ran).toEqual([
      { y: [4, 7], ops: ['Mul', 'Add'] },
      { y: [16, 19], ops: asOne },
      { y: [-2, 1], ops: asOne },
    ]);
    expect(made.made).toHaveLength(1);
    passes.dispose();
    weight.dispose();
  });

  it('has a function for each name, each set of shapes and each set of types', () => {
    const passes = new WholePasses([]);
    const run = (name: string, x: Tensor, factor: number): number[] => {
      const { y } = passes.run(name, { x }, (inputs) => ({ y: inputs.x.mul(tf.scalar(factor, x.dtype)) }));
      x.dispose();
      return taken(y);
    };
    const { made } = functionsOf(() => {
      for (let round = 0; round < 3; round++) {
        expect(run('twice', tf.tensor1d([1, 2]), 2)).toEqual([2, 4]);
        expect(run('thrice', tf.tensor1d([1, 2]), 3)).toEqual([3, 6]);
        expect(run('twice', tf.tensor1d([5]), 2)).toEqual([10]);
        expect(run('twice', tf.tensor1d([5], 'int32'), 2)).toEqual([10]);
        expect(run('twice', tf.tensor2d([[1, 2]]), 2)).toEqual([2, 4]);
      }
    });
    expect(made).toHaveLength(5);
    passes.dispose();
  });

  it('keeps so many functions, and lets go the one that was not run for longest', () => {
    const weight = tf.scalar(1);
    const { passes, of } = affine(weight, 2);
    const twice = (size: number): void => {
      for (let i = 0; i < 2; i++) of(Array<number>(size).fill(0));
    };
    const { made, removed } = functionsOf(() => {
      twice(1);
      twice(2);
      twice(1);
      twice(3);
      twice(1);
    });
    expect(made).toHaveLength(3);
    expect(removed).toEqual([made[1]]);
    passes.dispose();
    weight.dispose();
  });

  it('leaves no tensor, and no function once it is disposed', () => {
    const { binding } = nodeBackend();
    const weight = tf.scalar(2);
    tf.dispose(weight.add(1));
    const counts = (): number[] => [binding.getNumOfTensors(), tf.memory().numTensors];
    const before = counts();
    const { made, removed } = functionsOf(() => {
      const { passes, of } = affine(weight, 3);
      for (let size = 1; size <= 5; size++) for (let i = 0; i < size; i++) of(Array<number>(size).fill(i));
      expect(counts()).toEqual(before);
      passes.dispose();
      passes.dispose();
    });
    // A pass that was run once has no function.
    expect(made).toHaveLength(4);
    expect(removed).toEqual(made);
    expect(counts()).toEqual(before);
    weight.dispose();
  });

  it('within another is part of that one, with its fixed tensors, wherever they are first used', () => {
    const [inner, outer] = [tf.scalar(3), tf.scalar(5)];
    const { passes, of } = affine(inner);
    const around = new WholePasses([outer]);
    const run = (values: number[]): number[] => {
      const x = tf.tensor1d(values);
      const { y } = around.run('around', { x }, () => {
        const within = passes.run('affine', { x }, (inputs) => ({ z: inputs.x.mul(inner).add(1) }));
        return { y: within.z.mul(outer) };
      });
      x.dispose();
      return taken(y);
    };
    for (const x of [1, 2, 3]) expect(run([x])).toEqual([(3 * x + 1) * 5]);
    expect(opsOf(() => run([4]))).toEqual([expect.stringMatching(/^whole_pass_\d+$/)]);
    // What was part of another is no pass of its own yet.
    expect(opsOf(() => of([1]))).toEqual(['Mul', 'Add']);
    around.dispose();
    passes.dispose();
    tf.dispose([inner, outer]);
  });

  it('refuses what would be frozen, in a sentence, and lets go what it had computed', () => {
    const passes = new WholePasses([]);
    const stranger: Tensor = tf.tidy(() => tf.tensor1d([1, 2]).add(1));
    const x = tf.tensor1d([1, 2]);
    const failing = (body: () => Tensor) => (): void => {
      passes.run('failing', { x }, () => ({ y: body() })).y.dispose();
    };
    const { numTensors } = tf.memory();
    expect(failing(() => x.mul(stranger))).toThrow(/made before it and is none of its inputs \(in Mul\)/);
    expect(failing(() => stranger.clone())).toThrow(/\(in the output y\)/);
    expect(failing(() => tf.scalar(numberOf(x.sum())))).toThrow(/their numbers are read after it/);
    expect(tf.memory().numTensors).toBe(numTensors);
    expect(failing(() => new WholePasses([x]).run('within', { x }, (inputs) => inputs).x)).toThrow(
      'Fixed tensors are named before anything is recorded.',
    );
    // The next recording begins as if nothing had been.
    const variable = new ResourceVariable(x);
    expect(failing(() => variable.read())).toThrow('A pass that is recorded uses no variables.');
    expect(failing(() => x.mul(2))).not.toThrow();
    passes.dispose();
    variable.dispose();
    tf.dispose([stranger, x]);
  });
});

describe('passes op by op', () => {
  it('are what EXTRAPOLATION_STEP=eager asks for', () => {
    vi.stubEnv('EXTRAPOLATION_STEP', 'eager');
    const weight = tf.scalar(3);
    const { passes, of } = affine(weight);
    for (let i = 0; i < 3; i++) expect(opsOf(() => of([1]))).toEqual(['Mul', 'Add']);
    expect(of([1])).toEqual([4]);
    passes.dispose();
    weight.dispose();
  });
});
