// A model that `lyricist export --format onnx` wrote, computed by ONNX Runtime Web.
import { metadata } from './metadata.mjs';
import { tokenizer } from './tokenizer.mjs';

const READ_AT_ONCE = 64; // tokens; their logits are all kept, T * V of them

export class Model {
  #ort;
  #session;

  /**
   * Opens a model.
   *
   * @param ort the module onnxruntime-web
   * @param {Uint8Array} file all bytes of the ONNX file
   */
  static async open(ort, file) {
    const described = metadata(file);
    if (described.get('format') !== 'lyricist') {
      throw new Error('it was not written by lyricist export --format onnx');
    }
    const model = new Model();
    model.#ort = ort;
    model.spec = JSON.parse(described.get('model'));
    model.tokenizer = tokenizer(described);
    model.#session = await ort.InferenceSession.create(file, { executionProviders: ['wasm'] });
    return model;
  }

  /** The state before any token: zeros, `float[L, 1, H]`, by the names of the model's inputs. */
  begin() {
    const { layers, hidden } = this.spec;
    const names = this.#session.inputNames.filter((name) => name.startsWith('state_'));
    return Object.fromEntries(
      names.map((name) => [
        name,
        new this.#ort.Tensor('float32', new Float32Array(layers * hidden), [layers, 1, hidden]),
      ]),
    );
  }

  /**
   * Reads tokens, and predicts the one after them.
   *
   * @param {number[]} ids at least one
   * @param state the one before them
   * @returns {Promise<{logits: Float32Array, state}>} `float[V]`; minus infinity for what is never written
   */
  async read(ids, state) {
    const { size, unknownId } = this.tokenizer;
    let after;
    for (let from = 0; from < ids.length; from += READ_AT_ONCE) {
      const part = ids.slice(from, from + READ_AT_ONCE);
      const tokens = new this.#ort.Tensor('int64', BigInt64Array.from(part, BigInt), [part.length, 1]);
      after = await this.#session.run({ ids: tokens, ...state });
      state = Object.fromEntries(
        Object.keys(state).map((name) => [name, after[name.replace('state_', 'next_')]]),
      );
    }
    const logits = after.logits.data.slice(-size); // of the last token
    if (unknownId >= 0) logits[unknownId] = -Infinity;
    return { logits, state };
  }

  async close() {
    await this.#session.release();
  }
}
