package io.github.lyricist.studio.openai;

import io.github.lyricist.generation.Search;
import io.github.lyricist.generation.Written;
import io.github.lyricist.generation.Written.Token;
import io.github.lyricist.studio.http.Stream;
import io.github.lyricist.studio.openai.Completion.Choice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Streams texts as they are written. */
final class Bits implements Search.Reader {
  private final Stream stream;
  private final Completion completion;
  private final int first;
  private final Prompt prompt;
  private final List<String> told = new ArrayList<>();
  private final Map<Integer, List<Token>> untold = new HashMap<>(); // tokens, by text
  private final Map<Integer, Integer> offsets = new HashMap<>(); // of what is told next

  /**
   * Of the texts of one prompt.
   *
   * @param first the number of the first of them
   */
  Bits(Stream stream, Completion completion, int first, Prompt prompt) {
    this.stream = stream;
    this.completion = completion;
    this.first = first;
    this.prompt = prompt;
  }

  /** Tells what all texts begin with. */
  void begin(int texts) {
    for (int text = 0; text < texts && !prompt.echo().isEmpty(); text++) {
      send(text, prompt.echo(), prompt.tokens(), null);
    }
  }

  @Override
  public void token(int text, Token token) {
    untold.computeIfAbsent(text, number -> new ArrayList<>()).add(token);
  }

  @Override
  public void read(int text, String more) {
    List<Token> tokens = untold.remove(text);
    send(text, more, tokens == null ? List.of() : tokens, null);
  }

  @Override
  public void done(int text, Written written) {
    told.add(written.text());
    send(
        text,
        "",
        List.of(),
        Choice.reason(written)); // what is untold is of a stop, or no character
  }

  /** The texts that are done. */
  List<String> told() {
    return told;
  }

  private void send(int text, String more, List<Token> tokens, @Nullable String reason) {
    int from = offsets.getOrDefault(text, 0);
    offsets.put(text, from + more.length());
    stream.event(
        completion.json(List.of(new Choice(first + text, more, tokens, from, reason)), null));
  }
}
