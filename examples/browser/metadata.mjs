// ONNX Runtime Web doesn't tell a model's metadata, so they are read from the file. It is a protobuf message,
// ModelProto of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto: fields one after another, each a number
// that says which one and of what type, then its value. All but the metadata is passed over.

const METADATA_PROPS = 14; // of ModelProto: StringStringEntryProto, any number of them
const KEY = 1; // of StringStringEntryProto
const VALUE = 2;

const VARINT = 0; // types of fields
const EIGHT_BYTES = 1;
const LENGTH_AND_BYTES = 2;
const FOUR_BYTES = 5;

/**
 * The metadata of an ONNX file: texts by their names.
 *
 * @param {Uint8Array} file all of its bytes
 * @returns {Map<string, string>}
 */
export function metadata(file) {
  const found = new Map();
  for (const [field, bytes] of fields(file)) {
    if (field === METADATA_PROPS) {
      const entry = new Map(fields(bytes));
      found.set(text(entry.get(KEY)), text(entry.get(VALUE)));
    }
  }
  return found;
}

function text(bytes) {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes ?? new Uint8Array());
}

/** Number and bytes of each field that has bytes. */
function* fields(message) {
  let at = 0;

  function varint() { // seven bits a byte, the lowest first; the top bit says that more follow
    let value = 0;
    for (let worth = 1; at < message.length; worth *= 128) {
      const byte = message[at++];
      value += (byte & 127) * worth;
      if (byte < 128) return value;
    }
    throw new Error('it is no ONNX file, or only part of one');
  }

  while (at < message.length) {
    const tag = varint();
    const [field, type] = [Math.floor(tag / 8), tag % 8];
    if (type === VARINT) varint();
    else if (type === EIGHT_BYTES) at += 8;
    else if (type === FOUR_BYTES) at += 4;
    else if (type === LENGTH_AND_BYTES) {
      const length = varint();
      yield [field, message.subarray(at, at + length)];
      at += length;
    } else throw new Error('it is no ONNX file');
    if (at > message.length) throw new Error('it is only part of an ONNX file');
  }
}
