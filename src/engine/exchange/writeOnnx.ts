import type { OnnxAttribute, OnnxModel, OnnxTensor, OnnxValue } from './onnxModel.ts';
import { attributeTypes, elementTypes, modelProto } from './onnxSchema.ts';

/** The bytes of an ONNX file. The same model gives the same bytes. */
export function encodeOnnx({ irVersion, opset, producer, graph, metadata }: OnnxModel): Uint8Array {
  const message = {
    irVersion,
    producerName: producer.name,
    producerVersion: producer.version,
    opsetImport: [{ domain: '', version: opset }],
    metadataProps: [...metadata].map(([key, value]) => ({ key, value })),
    graph: {
      name: graph.name,
      input: graph.inputs.map(valueInfo),
      output: graph.outputs.map(valueInfo),
      initializer: [...graph.initialisers].map(([name, tensor]) => tensorProto(name, tensor)),
      node: graph.nodes.map(({ name, operator, inputs, outputs, attributes }) => ({
        name,
        opType: operator,
        input: inputs,
        output: outputs,
        attribute: [...attributes].map(([key, value]) => attributeProto(key, value)),
      })),
    },
  };
  return modelProto.encode(message).finish();
}

function valueInfo({ name, shape }: OnnxValue): object {
  const dim = shape.map((extent) =>
    typeof extent === 'number' ? { dimValue: extent } : { dimParam: extent },
  );
  return { name, type: { tensorType: { elemType: elementTypes.float32, shape: { dim } } } };
}

function tensorProto(name: string, tensor: OnnxTensor): object {
  const { data, shape, type } = tensor;
  const common = { name, dims: shape, dataType: elementTypes[type] };
  if (tensor.type === 'int64') return { ...common, int64Data: tensor.data };
  const floats = data as Float32Array;
  return { ...common, rawData: new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength) };
}

function attributeProto(name: string, attribute: OnnxAttribute): object {
  const common = { name, type: attributeTypes[attribute.kind] };
  switch (attribute.kind) {
    case 'float':
      return { ...common, f: attribute.value };
    case 'int':
      return { ...common, i: attribute.value };
    case 'floats':
      return { ...common, floats: attribute.value };
    case 'ints':
      return { ...common, ints: attribute.value };
    case 'text':
      return { ...common, s: new TextEncoder().encode(attribute.value) };
    case 'tensor':
      return { ...common, t: tensorProto('', attribute.value) };
  }
}
