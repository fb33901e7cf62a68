package io.github.lyricist.config;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A search for the best of many configurations.
 *
 * @param name names the sweep's folder
 * @param base the configuration that the trials have in common
 * @param search which trials there are, and how long each is trained
 * @param trials how many are drawn; null in a grid, and in halving for every combination
 * @param seed of what is drawn
 * @param halving how halving goes on
 * @param objective what is to be least
 * @param space what differs between trials
 */
public record SweepSpec(
    String name,
    Path base,
    Search search,
    @Nullable Integer trials,
    long seed,
    Halving halving,
    Objective objective,
    Space space) {

  static final SweepSpec DEFAULT =
      new SweepSpec(
          "sweep",
          Path.of(""),
          Search.GRID,
          null,
          1,
          new Halving(3, 5),
          Objective.VALIDATION_PERPLEXITY,
          new Space(Map.of()));

  public SweepSpec {
    ExperimentSpec.requireName(name);
    if (trials == null ? search == Search.RANDOM : trials < 1 || trials > Limits.SWEEP_TRIALS) {
      throw InvalidInputException.ofKey(
          "trials",
          trials == null ? "nothing says how many are drawn" : "found " + trials,
          "expected a whole number, from 1 to " + Limits.SWEEP_TRIALS);
    }
  }

  /** Which trials there are. */
  public enum Search {
    /** Every combination of the values. */
    GRID,
    /** Some that are drawn. */
    RANDOM,
    /**
     * The same, but most of them only for a while: successive halving (Jamieson and Talwalkar,
     * 2016).
     */
    HALVING
  }

  /**
   * Of each rung the best of {@code factor} go on, {@code factor} times as long.
   *
   * @param from epochs of the first rung
   */
  public record Halving(int factor, int from) {
    public Halving {
      if (factor < 2 || factor > 100) {
        throw InvalidInputException.ofKey(
            "factor", "found " + factor, "expected a whole number, from 2 to 100");
      }
      if (from < 1) {
        throw InvalidInputException.ofKey(
            "from", "found " + from, "expected a whole number, at least 1");
      }
    }
  }

  /** What a trial is judged by; less is better. */
  public enum Objective {
    /** Of the best epoch. */
    VALIDATION_PERPLEXITY("validationPerplexity"),
    /** Of the last epoch, as training saw it. */
    PERPLEXITY("perplexity"),
    /**
     * Of the text held out, in the best epoch; without one, of the last epoch as training saw it.
     */
    BITS_PER_CHARACTER("bitsPerCharacter"),
    /** Of the test part, with the weights that are kept. */
    TEST_PERPLEXITY("testPerplexity");

    private final String key;

    Objective(String key) {
      this.key = key;
    }

    /** As it stands in a file. */
    public String key() {
      return key;
    }
  }
}
