// Text into token ids and back, as Lyricist's tokenizers of these kinds do it.

/**
 * @typedef {object} Tokenizer
 * @property {string} kind character, byte, word or bpe
 * @property {number} size V
 * @property {number} unknownId of the token that stands for all that is unknown, which is never written; -1 for none
 * @property {(text: string) => {ids: number[], known: string, unknown: string[]}} encode the tokens of a text, the
 *   text that they are, and what was left out because the model doesn't know it
 * @property {(id: number) => string} text of one token, to be shown
 * @property {() => {next: (id: number) => string, end: () => string}} decoder tokens of one text into that text, as
 *   they come
 */

/**
 * The tokenizer of a model.
 *
 * @param {Map<string, string>} metadata of its file
 * @returns {Tokenizer}
 */
export function tokenizer(metadata) {
  switch (metadata.get('tokenizer')) {
    case 'character':
      return characters([...metadata.get('vocabulary')], metadata.has('unknown'));
    case 'byte':
      return bytes();
    case 'word':
      return words(JSON.parse(metadata.get('tokenizer.json')).words);
    case 'bpe':
      return subwords(JSON.parse(metadata.get('tokenizer.json')).model);
    default:
      throw new Error(`its tokens are of a kind that this page can't read: ${metadata.get('tokenizer')}`);
  }
}

function characters(vocabulary, knowsOthers) {
  const all = knowsOthers ? [...vocabulary, '<unk>'] : vocabulary;
  return ofPieces('character', all, knowsOthers ? vocabulary.length : -1, (text) => [...text]);
}

function words(vocabulary) { // the first stands for all that are not there
  const segmenter = new Intl.Segmenter('und', { granularity: 'word' }); // as ICU cuts words, in Java, too
  const cut = (text) => Array.from(segmenter.segment(text), ({ segment }) => segment);
  return ofPieces('word', vocabulary, 0, cut);
}

/** Tokens that are texts, each piece of a text one. */
function ofPieces(kind, vocabulary, unknownId, cut) {
  const ids = new Map(vocabulary.map((piece, id) => [piece, id]));
  if (unknownId >= 0) ids.delete(vocabulary[unknownId]);
  return {
    kind,
    size: vocabulary.length,
    unknownId,
    encode(text) {
      const pieces = cut(text);
      const known = pieces.filter((piece) => ids.has(piece));
      return {
        ids: known.map((piece) => ids.get(piece)),
        known: known.join(''),
        unknown: pieces.filter((piece) => !ids.has(piece)),
      };
    },
    text: (id) => vocabulary[id],
    decoder: () => ({ next: (id) => vocabulary[id], end: () => '' }),
  };
}

function bytes() {
  const isShown = (id) => id >= 0x20 && id <= 0x7e;
  const hex = (id) => `<0x${id.toString(16).toUpperCase().padStart(2, '0')}>`;
  return {
    kind: 'byte',
    size: 256,
    unknownId: -1,
    encode: (text) => ({ ids: [...new TextEncoder().encode(text)], known: text, unknown: [] }),
    text: (id) => (isShown(id) ? String.fromCharCode(id) : hex(id)),
    decoder: () => utf8((id) => Uint8Array.of(id)),
  };
}

/** Bytes into characters, which may begin in one token and end in another. */
function utf8(bytesOf) {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return { next: (id) => decoder.decode(bytesOf(id), { stream: true }), end: () => decoder.decode() };
}

/** Byte-level byte-pair encoding, as GPT-2's. */
function subwords({ vocab, merges }) {
  const spellings = [];
  for (const [spelling, id] of Object.entries(vocab)) spellings[id] = spelling;
  const ids = new Map(Object.entries(vocab));
  const ranks = new Map(merges.map((merge, rank) => [merge, rank]));
  const letters = byteLetters();
  const byteOf = new Map(letters.map((letter, byte) => [letter, byte]));
  const bytesOf = (id) => Uint8Array.from(spellings[id], (letter) => byteOf.get(letter));
  const spell = (text) => Array.from(new TextEncoder().encode(text), (byte) => letters[byte]);
  const piece = /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu;
  return {
    kind: 'bpe',
    size: spellings.length,
    unknownId: -1,
    encode(text) {
      const pieces = text.match(piece) ?? [];
      return {
        ids: pieces.flatMap((each) => merged(spell(each), ranks)).map((spelling) => ids.get(spelling)),
        known: text,
        unknown: [],
      };
    },
    text(id) {
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytesOf(id));
      return spell(text).join('') === spellings[id] ? text : spellings[id];
    },
    decoder: () => utf8(bytesOf),
  };
}

/** Joins neighbours, the pair that was learned first before all others, until there is none that was learned. */
function merged(parts, ranks) {
  for (;;) {
    let best = -1;
    let least = Infinity;
    for (let i = 0; i + 1 < parts.length; i++) {
      const rank = ranks.get(`${parts[i]} ${parts[i + 1]}`) ?? Infinity;
      if (rank < least) [best, least] = [i, rank];
    }
    if (best < 0) return parts;
    parts.splice(best, 2, parts[best] + parts[best + 1]);
  }
}

/** The letter that stands for each byte in GPT-2's vocabularies: itself, or where it can't be seen one from 256 up. */
function byteLetters() {
  const letters = [];
  let next = 256;
  for (let byte = 0; byte < 256; byte++) {
    const isSeen = (byte > 0x20 && byte < 0x7f) || (byte > 0xa0 && byte !== 0xad);
    letters.push(String.fromCharCode(isSeen ? byte : next++));
  }
  return letters;
}
