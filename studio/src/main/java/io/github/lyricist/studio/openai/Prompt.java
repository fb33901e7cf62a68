package io.github.lyricist.studio.openai;

import io.github.lyricist.generation.Written.Token;
import io.github.lyricist.inspection.InspectedText;
import io.github.lyricist.studio.http.Refusal;
import io.github.lyricist.studio.models.OpenModel;
import java.util.List;

/**
 * A text that is gone on from.
 *
 * @param echo what of it is told; empty where none is
 * @param read what the model reads: the beginning of a line where the text is empty
 * @param tokens of what is told, as the model would have predicted them, where that is asked for
 * @param size how many tokens it has
 */
record Prompt(String echo, String read, List<Token> tokens, int size) {

  static List<Prompt> of(CompletionRequest request, OpenModel model) {
    return request.prompts().stream().map(text -> of(text, request, model)).toList();
  }

  private static Prompt of(String text, CompletionRequest request, OpenModel model) {
    String read = text.isEmpty() ? model.writer().opening() : text;
    if (read.isEmpty()) {
      throw Refusal.of("prompt", "it is empty", "a text to go on from");
    }
    model.known("prompt", read);
    boolean isTold = request.echo() && !text.isEmpty();
    List<Token> tokens =
        isTold && request.isScored()
            ? new InspectedText(model.model(), model.tokenizer(), "", text)
                .surprise(request.alternatives())
            : List.of();
    return new Prompt(isTold ? text : "", read, tokens, model.tokenizer().encode(read).length);
  }
}
