package io.github.lyricist.interchange;

import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.VocabularyChange;
import io.github.lyricist.tokens.Tokenizer;

/**
 * Which token each id of another program stands for, in that program's order. Ours may be another,
 * so whatever is indexed by token is put into that order.
 *
 * @param tokenizer the same tokens with the ids that we give them
 * @param ourIds by their id
 */
record TokenTable(Tokenizer tokenizer, int[] ourIds) {

  /** V. */
  int size() {
    return ourIds.length;
  }

  /** Puts what is indexed by token into our order. */
  VocabularyChange change(ModelSpec spec) {
    return new VocabularyChange(spec, ourIds, size());
  }
}
