import type { OnnxNode } from './onnxModel.ts';

/** A number that a node may say, or what it is where it does not. */
export function intOf({ attributes }: OnnxNode, name: string, otherwise: number): number {
  const attribute = attributes.get(name);
  return attribute?.kind === 'int' ? attribute.value : otherwise;
}

export function floatOf({ attributes }: OnnxNode, name: string, otherwise: number): number {
  const attribute = attributes.get(name);
  return attribute?.kind === 'float' ? attribute.value : otherwise;
}

export function intsOf(
  { attributes }: OnnxNode,
  name: string,
  otherwise: readonly number[],
): readonly number[] {
  const attribute = attributes.get(name);
  return attribute?.kind === 'ints' ? attribute.value : otherwise;
}

export function textOf({ attributes }: OnnxNode, name: string, otherwise: string): string {
  const attribute = attributes.get(name);
  return attribute?.kind === 'text' ? attribute.value : otherwise;
}
