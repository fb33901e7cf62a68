package io.github.lyricist.originality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which runs of some texts stand in a corpus. The corpus is only passed by, so it may be of any
 * length; the memory is that of the texts, some 150 bytes per character.
 */
public final class Recitation {
  private static final int SEPARATOR = Character.MAX_CODE_POINT + 1; // which no corpus has

  private final int[] text; // all texts, a separator behind each
  private final SuffixAutomaton automaton;
  private final int[] longest; // by state: of what leads there, the longest in the corpus
  private final long[] places; // where that ends
  private int state = SuffixAutomaton.ROOT;
  private int matched;
  private long read;

  /**
   * Of texts that may be recited.
   *
   * @param texts a million characters or so in all, at most
   */
  public Recitation(List<String> texts) {
    this.text =
        texts.stream()
            .flatMapToInt(each -> IntStream.concat(each.codePoints(), IntStream.of(SEPARATOR)))
            .toArray();
    this.automaton = new SuffixAutomaton(this.text);
    this.longest = new int[automaton.states()];
    this.places = new long[automaton.states()];
  }

  /**
   * A run of a text that stands in the corpus, too, and can't be made longer.
   *
   * @param text of it
   * @param begin in all texts, one after another, in characters
   * @param length in characters
   * @param place in the corpus where it stands, in characters
   */
  public record Run(String text, int begin, int length, long place) {}

  /** Takes the next character of the corpus, or what is none where two of its parts meet. */
  public void read(int character) {
    read++;
    while (state != SuffixAutomaton.ROOT && automaton.next(state, character) < 0) {
      state = automaton.link(state);
      matched = automaton.length(state);
    }
    int next = automaton.next(state, character);
    if (next >= 0) {
      state = next;
      matched++;
      if (matched > longest[state]) {
        longest[state] = matched;
        places[state] = read;
      }
    }
  }

  /**
   * The runs of so many characters at least, in the order of the text, of which none is in another.
   */
  public List<Run> runs(int least) {
    spread();
    List<Run> runs = new ArrayList<>();
    int separators = 0;
    for (int end = 1; end <= text.length; end++) {
      separators += text[end - 1] == SEPARATOR ? 1 : 0;
      int from = longest(end);
      int begin = end - longest[from];
      boolean goesOn = end < text.length && end + 1 - longest[longest(end + 1)] <= begin;
      if (end - begin >= least && !goesOn) {
        String run = new String(text, begin, end - begin);
        runs.add(new Run(run, begin - separators, end - begin, places[from] - (end - begin)));
      }
    }
    return runs;
  }

  /** What leads to a state leads, cut short, to those that it links to. */
  private void spread() {
    IntStream.range(1, automaton.states())
        .boxed()
        .sorted((a, b) -> automaton.length(b) - automaton.length(a))
        .forEach(
            from -> {
              int to = automaton.link(from);
              int shorter = Math.min(longest[from], automaton.length(to));
              if (to != SuffixAutomaton.ROOT && shorter > longest[to]) {
                longest[to] = shorter;
                places[to] = places[from];
              }
            });
  }

  /** The state of the longest run that ends there. */
  private int longest(int end) {
    int at = automaton.ofPrefix(end);
    while (at != SuffixAutomaton.ROOT && longest[at] == 0) {
      at = automaton.link(at);
    }
    return at;
  }

  /** How many characters the texts have. */
  public int characters() {
    return (int) Arrays.stream(text).filter(each -> each != SEPARATOR).count();
  }

  /** The share of the texts that runs of so many characters at least cover, 0 to 1. */
  public double share(int least) {
    boolean[] covered = new boolean[characters()];
    for (Run run : runs(least)) {
      Arrays.fill(covered, run.begin(), run.begin() + run.length(), true);
    }
    long count = IntStream.range(0, covered.length).filter(i -> covered[i]).count();
    return covered.length == 0 ? 0 : (double) count / covered.length;
  }
}
