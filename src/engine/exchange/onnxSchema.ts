import protobuf from 'protobufjs/light.js';

/*
 * The messages of an ONNX file, as far as they are read and written here; numbers and names are those of the ONNX
 * specification (onnx.proto3). What a reader does not know is skipped, as protocol buffers have it.
 */

const repeated = (type: string, id: number) => ({ rule: 'repeated', type, id });
/** With presence, as the format has it: a number that is 0 is written, and OpenCV reads no attribute without its value. */
const options = { features: { field_presence: 'EXPLICIT' } };
const field = (type: string, id: number) => ({ type, id, options });

const messages = {
  ModelProto: {
    irVersion: field('int64', 1),
    producerName: field('string', 2),
    producerVersion: field('string', 3),
    graph: field('GraphProto', 7),
    opsetImport: repeated('OperatorSetIdProto', 8),
    metadataProps: repeated('StringStringEntryProto', 14),
  },
  OperatorSetIdProto: { domain: field('string', 1), version: field('int64', 2) },
  StringStringEntryProto: { key: field('string', 1), value: field('string', 2) },
  GraphProto: {
    node: repeated('NodeProto', 1),
    name: field('string', 2),
    initializer: repeated('TensorProto', 5),
    input: repeated('ValueInfoProto', 11),
    output: repeated('ValueInfoProto', 12),
    sparseInitializer: repeated('bytes', 15),
  },
  NodeProto: {
    input: repeated('string', 1),
    output: repeated('string', 2),
    name: field('string', 3),
    opType: field('string', 4),
    attribute: repeated('AttributeProto', 5),
    domain: field('string', 7),
  },
  AttributeProto: {
    name: field('string', 1),
    f: field('float', 2),
    i: field('int64', 3),
    s: field('bytes', 4),
    t: field('TensorProto', 5),
    floats: repeated('float', 7),
    ints: repeated('int64', 8),
    type: field('int32', 20),
  },
  TensorProto: {
    dims: repeated('int64', 1),
    dataType: field('int32', 2),
    floatData: repeated('float', 4),
    int32Data: repeated('int32', 5),
    int64Data: repeated('int64', 7),
    name: field('string', 8),
    rawData: field('bytes', 9),
    doubleData: repeated('double', 10),
    externalData: repeated('StringStringEntryProto', 13),
    dataLocation: field('int32', 14),
  },
  ValueInfoProto: { name: field('string', 1), type: field('TypeProto', 2) },
  TypeProto: { tensorType: field('TensorTypeProto', 1) },
  TensorTypeProto: { elemType: field('int32', 1), shape: field('TensorShapeProto', 2) },
  TensorShapeProto: { dim: repeated('DimensionProto', 1) },
  DimensionProto: { dimValue: field('int64', 1), dimParam: field('string', 2) },
};

const root = protobuf.Root.fromJSON({
  nested: Object.fromEntries(Object.entries(messages).map(([name, fields]) => [name, { fields }])),
});

/** The outermost message of an ONNX file. */
export const modelProto = root.lookupType('ModelProto');

/** Numbers that stand for the kinds of an attribute, and for the types of a tensor's elements. */
export const attributeTypes = { float: 1, int: 2, text: 3, tensor: 4, floats: 6, ints: 7 } as const;
export const elementTypes = { float32: 1, int32: 6, int64: 7, float64: 11 } as const;
/** Where the elements of a tensor lie: in a file beside. */
export const externalLocation = 1;
