import protobuf from 'protobufjs/light.js';
import { modelProto } from './onnxSchema.ts';

/** What is read of an ONNX file before it is taken apart, so that a small file cannot become a large memory. */

export interface OnnxExtent {
  /** Fields of all messages, but for unpacked numbers as many objects. */
  fields: number;
  /** Bytes of numbers that are not written as raw data, each of which becomes a number of its own. */
  packed: number;
}

const wireTypes = { varint: 0, fixed64: 1, lengthDelimited: 2, fixed32: 5 } as const;
/** Nothing in an ONNX file of plain layers is deeper: model, graph, node, attribute, tensor, entry. */
const deepest = 8;

/**
 * @param most fields; beyond them no more are counted
 * @throws RangeError for bytes that are no message
 */
export function extentOfOnnx(bytes: Uint8Array, most: number): OnnxExtent {
  const counting = { fields: 0, packed: 0, most };
  count(protobuf.Reader.create(bytes), bytes.length, modelProto, counting, 0);
  return { fields: counting.fields, packed: counting.packed };
}

function count(
  reader: protobuf.Reader,
  end: number,
  type: protobuf.Type,
  extent: OnnxExtent & { most: number },
  depth: number,
): void {
  while (reader.pos < end) {
    const tag = reader.uint32();
    extent.fields += 1;
    if (extent.fields > extent.most) return;
    const field = type.fieldsById[tag >>> 3];
    if ((tag & 7) !== wireTypes.lengthDelimited) {
      reader.skipType(tag & 7);
      continue;
    }
    const length = reader.uint32();
    const until = reader.pos + length;
    if (until > end) throw new RangeError('a field is longer than its message');
    const inner = field?.resolve().resolvedType;
    if (inner instanceof protobuf.Type && depth < deepest) count(reader, until, inner, extent, depth + 1);
    else {
      if (field?.repeated === true && field.type !== 'string' && field.type !== 'bytes')
        extent.packed += length;
      reader.skip(length);
    }
    if (extent.fields <= extent.most && reader.pos !== until)
      throw new RangeError('a message does not end where it says');
  }
}
