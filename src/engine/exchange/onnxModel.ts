/**
 * An ONNX model as data: what a file holds, as far as networks of this kind use it. Maps are [B, C, H, W], as ONNX has them.
 */
export interface OnnxModel {
  irVersion: number;
  /** Of the standard operators. */
  opset: number;
  producer: { name: string; version: string };
  graph: OnnxGraph;
  metadata: ReadonlyMap<string, string>;
}

export interface OnnxGraph {
  name: string;
  inputs: readonly OnnxValue[];
  outputs: readonly OnnxValue[];
  /** In an order in which they can be computed. */
  nodes: readonly OnnxNode[];
  /** What is known beforehand, such as kernels. */
  initialisers: ReadonlyMap<string, OnnxTensor>;
}

/** What goes in or comes out: an extent is a number, or a name where it is free. */
export interface OnnxValue {
  name: string;
  shape: readonly (number | string)[];
}

export interface OnnxNode {
  name: string;
  operator: string;
  /** An input that is left out has the empty name. */
  inputs: readonly string[];
  outputs: readonly string[];
  attributes: ReadonlyMap<string, OnnxAttribute>;
}

export type OnnxAttribute =
  | { kind: 'float'; value: number }
  | { kind: 'int'; value: number }
  | { kind: 'floats'; value: readonly number[] }
  | { kind: 'ints'; value: readonly number[] }
  | { kind: 'text'; value: string }
  | { kind: 'tensor'; value: OnnxTensor };

export type OnnxTensor =
  | { type: 'float32'; shape: readonly number[]; data: Float32Array }
  | { type: 'int64'; shape: readonly number[]; data: readonly number[] };
