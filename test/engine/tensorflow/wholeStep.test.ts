import { afterEach, describe, expect, it, vi } from 'vitest';
import { withBinding } from '../../../src/engine/tensorflow/bindingId.ts';
import { functionBinding } from '../../../src/engine/tensorflow/functionBinding.ts';
import { nodeBackend, rawOp1 } from '../../../src/engine/tensorflow/rawOp.ts';
import { recordStep } from '../../../src/engine/tensorflow/recordStep.ts';
import { ResourceVariable } from '../../../src/engine/tensorflow/resourceVariable.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor } from '../../../src/engine/tensorflow/tf.ts';
import { numberOf } from '../../../src/engine/tensorflow/valuesOf.ts';
import { stepMode, WholeStep } from '../../../src/engine/tensorflow/wholeStep.ts';
import { countOps } from './countOps.ts';

// The package's own binary has no functions: there, all steps are op by op.
const native = functionBinding();

afterEach(() => {
  vi.unstubAllEnvs();
});

function variableOf(values: number[]): ResourceVariable {
  const initial = tf.tensor1d(values);
  const variable = new ResourceVariable(initial);
  initial.dispose();
  return variable;
}

/** The numbers of a tensor, which is disposed. */
function taken(tensor: Tensor): number[] {
  const values = [...tensor.dataSync()];
  tensor.dispose();
  return values;
}

/** What `work` hands to `createFunction` by name. */
function functionsMadeBy(work: () => void): string[] {
  const names: string[] = [];
  withBinding(
    {
      createFunction: (description) => {
        names.push(description.name);
        native!.createFunction(description);
      },
    },
    work,
  );
  return names;
}

describe.skipIf(native === undefined)('a whole step', () => {
  it('reads and writes a variable in the order of the program', () => {
    const run = (mode: string): number[][] => {
      vi.stubEnv('EXTRAPOLATION_STEP', mode);
      const variable = variableOf([1, 2]);
      const step = new WholeStep(({ by }: { by: Tensor }) => {
        const first = variable.read();
        variable.assign(first.add(by));
        const second = variable.read();
        variable.assign(second.mul(second));
        variable.assign(variable.read().sub(1));
        return { first, second, third: variable.read() };
      });
      const numbers = [1, 2, 3].flatMap((by) => {
        const input = tf.scalar(by);
        const { first, second, third } = step.run({ by: input }, null);
        input.dispose();
        return [taken(first), taken(second), taken(third), taken(variable.read())];
      });
      step.dispose();
      variable.dispose();
      return numbers;
    };
    const [w1, w2, w3] = [
      [3, 8],
      [24, 99],
      [728, 10403],
    ];
    // (w + by)² − 1, by hand.
    const expected = [[1, 2], [2, 3], w1, w1, w1, [5, 10], w2, w2, w2, [27, 102], w3, w3];
    expect(run('eager')).toEqual(expected);
    expect(run('function')).toEqual(expected);
  });

  it('is one call without attributes: with any configuration TensorFlow would rewrite it, and change its bits', () => {
    const step = new WholeStep(({ x }: { x: Tensor }) => ({ y: x.mul(2).add(1) }));
    const x = tf.tensor1d([1, 2]);
    tf.dispose(step.run({ x }, null));
    const calls: unknown[] = [];
    const { binding } = nodeBackend();
    const executeOp: typeof binding.executeOp = (name, attributes, ids, count) => {
      calls.push({ name, attributes, inputs: ids.length, count });
      return binding.executeOp(name, attributes, ids, count);
    };
    expect(taken(withBinding({ executeOp }, () => step.run({ x }, null)).y)).toEqual([3, 5]);
    const name = expect.stringMatching(/^whole_step_\d+$/) as string;
    expect(calls).toEqual([{ name, attributes: [], inputs: 1, count: 1 }]);
    x.dispose();
    step.dispose();
  });

  it('is made once for each setting and each set of shapes and types', () => {
    const step = new WholeStep(({ x, y }: { x: Tensor; y: Tensor }, power: { of: number }) => ({
      sum: x.add(y).pow(power.of).sum(),
    }));
    const run = (x: Tensor, y: Tensor, of: number): number => {
      const { sum } = step.run({ x, y }, { of });
      const number = numberOf(sum);
      tf.dispose([sum, x, y]);
      return number;
    };
    const made = functionsMadeBy(() => {
      expect(run(tf.ones([3]), tf.scalar(1), 2)).toBe(12);
      expect(run(tf.ones([2]), tf.scalar(1), 2)).toBe(8);
      expect(run(tf.ones([2]), tf.scalar(2), 3)).toBe(54);
      expect(run(tf.ones([2]), tf.scalar(2, 'int32'), 3)).toBe(54);
      expect(run(tf.ones([3]), tf.scalar(2), 2)).toBe(27);
    });
    expect(new Set(made).size).toBe(4);
    expect(made).toHaveLength(4);
    step.dispose();
  });

  it('keeps a copy of its constants, of every type, and takes lists of tensors', () => {
    const values = Float32Array.of(1, 2);
    const step = new WholeStep(({ x }: { x: Tensor }) => {
      const constant = tf.tensor1d(values);
      const chosen = tf.where(tf.tensor1d([true, false], 'bool'), x, constant);
      return {
        joined: tf.concat([x, constant, chosen]),
        stacked: tf.stack([x, constant]),
        added: tf.addN([x, constant, chosen]),
        gathered: x.gather(tf.tensor1d([1, 1, 0], 'int32')),
        alone: tf.scalar(7),
        same: x.clone(),
      };
    });
    const run = (x: number[]): Record<string, number[]> => {
      const input = tf.tensor1d(x);
      const outputs = step.run({ x: input }, null);
      expect(outputs.stacked.shape).toEqual([2, 2]);
      input.dispose();
      return Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, taken(tensor)]));
    };
    run([5, 6]);
    values.fill(100);
    expect(run([3, 4])).toEqual({
      joined: [3, 4, 1, 2, 3, 2],
      stacked: [3, 4, 1, 2],
      added: [7, 8],
      gathered: [4, 4, 3],
      alone: [7],
      same: [3, 4],
    });
    step.dispose();
  });

  it('leaves no tensor, and no function once it is disposed', () => {
    const variable = variableOf([1, 2]);
    const { binding } = nodeBackend();
    const counts = (): number[] => [binding.getNumOfTensors(), tf.memory().numTensors];
    const before = counts();
    const made = functionsMadeBy(() => {
      const step = new WholeStep(({ x }: { x: Tensor }) => {
        const kept = tf.tidy(() => tf.keep(x.add(variable.read())));
        variable.assign(variable.read().add(x.sum()));
        return { kept };
      });
      for (let size = 1; size <= 2; size++) {
        for (let i = 0; i < 3; i++) {
          const x = tf.ones([size]);
          tf.dispose([step.run({ x }, null).kept, x]);
        }
      }
      step.dispose();
      step.dispose();
    });
    expect(made).toHaveLength(2);
    expect(() => nodeBackend().executeMultipleOutputs(made[0]!, [], [], 1)).toThrow(
      /neither a type of a primitive/,
    );
    expect(counts()).toEqual(before);
    variable.dispose();
  });
});

describe('how steps are run', () => {
  it.skipIf(native === undefined)('is as a function, unless op by op is asked for', () => {
    expect(stepMode()).toBe('function');
    vi.stubEnv('EXTRAPOLATION_STEP', 'eager');
    expect(stepMode()).toBe('eager');
  });

  it('is op by op where the binding has no functions, as the package’s own binary', () => {
    const backend = nodeBackend();
    const { binding } = backend;
    const official = Object.entries(Object.getOwnPropertyDescriptors(binding)).filter(
      ([name]) => name !== 'createFunction',
    );
    backend.binding = Object.defineProperties({}, Object.fromEntries(official)) as typeof binding;
    try {
      expect(stepMode()).toBe('eager');
      const step = new WholeStep(({ x }: { x: Tensor }) => ({ y: x.mul(2).add(1) }));
      const x = tf.scalar(3);
      for (let i = 0; i < 2; i++) {
        const { result, total } = countOps(() => step.run({ x }, null));
        expect(total).toBe(2);
        expect(taken(result.y)).toEqual([7]);
      }
      x.dispose();
      step.dispose();
    } finally {
      backend.binding = binding;
    }
  });
});

describe('recording', () => {
  it('is no step: variables are what they were', () => {
    const variables = [variableOf([1, 2]), variableOf([3])];
    const recorded = recordStep(() => {
      for (const variable of variables) {
        variable.assign(variable.read().add(1));
        variable.assign(variable.read().add(1));
      }
      return {};
    }, {});
    expect(recorded.variables).toEqual(variables.map(({ handle }) => handle));
    expect(variables.map((variable) => taken(variable.read()))).toEqual([[1, 2], [3]]);
    for (const variable of variables) variable.dispose();
  });

  it('puts variables back and the binding too where the body fails', () => {
    const variable = variableOf([1, 2]);
    const { binding } = nodeBackend();
    const failing = (): never => {
      variable.assign(variable.read().mul(2));
      throw new Error('no');
    };
    expect(() => recordStep(failing, {})).toThrow('no');
    expect(nodeBackend().binding).toBe(binding);
    expect(taken(variable.read())).toEqual([1, 2]);
    variable.dispose();
  });

  it('refuses what would be frozen, in a sentence', () => {
    const before: Tensor = tf.tidy(() => tf.tensor1d([1, 2]).add(1));
    expect(() => recordStep(() => ({ y: before.mul(2) }), {})).toThrow(
      'A step that is recorded uses a tensor that was made before it and is none of its inputs (in Mul).',
    );
    expect(() => recordStep(() => ({ y: tf.scalar(numberOf(before)) }), {})).toThrow(
      'A step that is recorded puts tensors out; their numbers are read after it.',
    );
    expect(() => recordStep(() => ({ before }), {})).toThrow('(in the output before)');
    const making = (): never => {
      throw new Error(`made ${variableOf([1]).shape.length}`);
    };
    expect(() => {
      tf.tidy(() => {
        recordStep(making, {});
      });
    }).toThrow('A step that is recorded makes no variables.');
  });

  it('says in TensorFlow’s words what is wrong with an op of a function', () => {
    if (native === undefined) return;
    const { TF_FLOAT } = nodeBackend().binding;
    const inputs = [
      { dtype: TF_FLOAT, shape: [3] },
      { dtype: TF_FLOAT, shape: [2] },
    ];
    const add = { op: 'AddV2', attributes: [], inputs: [0, 0, 1, 0], control: [] };
    const description = { name: 'wrong', inputs, nodes: [add], outputs: [2, 0], controlOutputs: [] };
    expect(() => {
      native.createFunction(description);
    }).toThrow(/Dimensions must be equal, but are 3 and 2 for .*n2_AddV2/);
    expect(() => {
      native.removeFunction('wrong');
    }).toThrow(/wrong/);
  });
});

it('noise that is asked for by a key is recorded with the key as its input', () => {
  const step = new WholeStep(({ key }: { key: Tensor }) => ({
    noise: rawOp1(
      'StatelessRandomUniform',
      {
        dtype: { type: 'dtype', value: 'float32' },
        T: { type: 'dtype', value: 'int32' },
        Tseed: { type: 'dtype', value: 'int32' },
      },
      [tf.tensor1d([2], 'int32'), key],
    ),
  }));
  const noise = [1, 2, 1].map((seed) => {
    const key = tf.tensor1d([seed, 0], 'int32');
    const values = taken(step.run({ key }, null).noise);
    key.dispose();
    return values;
  });
  expect(noise[0]).toEqual(noise[2]);
  expect(noise[0]).not.toEqual(noise[1]);
  step.dispose();
});
