import { describe, expect, it } from 'vitest';
import { decodeOnnx } from '../../../src/engine/exchange/readOnnx.ts';
import { referenceRun } from '../../../src/engine/exchange/referenceRun.ts';
import oracle from '../../oracles/onnxOperators.json' with { type: 'json' };

/** Numbers of ONNX Runtime, from test/oracles/onnxOperators.py. */
describe('an operator, run in double precision, is what ONNX Runtime makes of it', () => {
  it.each(oracle.cases)('$name', ({ name, model, x, y }) => {
    const { graph } = decodeOnnx(Buffer.from(model, 'base64'), `${name}.onnx`);
    const input = { shape: x.shape, data: Float64Array.from(x.data) };
    const result = referenceRun(graph, new Map([['x', input]])).get('y')!;
    expect(result.shape).toEqual(y.shape);
    // Of sums of about a hundred products of 32 bits.
    result.data.forEach((value, at) => {
      expect(Math.abs(value - y.data[at]!)).toBeLessThan(1e-5);
    });
  });
});

it('names the node and the operator that is not understood', () => {
  const node = {
    name: 'attention_3',
    operator: 'Attention',
    inputs: ['x'],
    outputs: ['y'],
    attributes: new Map(),
  };
  const graph = { name: 'g', inputs: [], outputs: [], nodes: [node], initialisers: new Map() };
  expect(() => referenceRun(graph, new Map())).toThrow(
    'The node “attention_3” is of the operator Attention, which is not understood here.',
  );
});
