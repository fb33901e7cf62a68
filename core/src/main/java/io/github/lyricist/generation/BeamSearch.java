package io.github.lyricist.generation;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.constraint.Constraints;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.Session;
import io.github.lyricist.tokens.Tokenizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Beam search: the N likeliest beginnings are kept of each length. The likeliest text is told
 * first, by its mean log probability per token, so that short ones don't win for being short. The
 * greedy path is kept beside the beam, so that no text is less likely than that. Nothing is left to
 * chance.
 */
public final class BeamSearch implements Search {
  private final RecurrentModel model;
  private final Tokenizer tokenizer;
  private final Constraints constraints;
  private final int width;
  private final int mostTokens;

  /**
   * @param constraints of the text after its prefix; they must end it
   * @param width N
   * @param mostTokens of a text, which is given up where it has more
   */
  public BeamSearch(
      RecurrentModel model,
      Tokenizer tokenizer,
      Constraints constraints,
      int width,
      int mostTokens) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.constraints = constraints;
    this.width = width;
    this.mostTokens = mostTokens;
  }

  /**
   * The likeliest texts, the likeliest first.
   *
   * @throws InvalidInputException if the beam is not as wide as texts are asked for
   */
  @Override
  public void write(String prefix, int count, Reader reader) {
    if (count > width) {
      throw InvalidInputException.ofKey(
          "count", "found " + count, "a beam of %d gives as many at most".formatted(width));
    }
    List<Hypothesis> texts = new Writing(steps -> reader.searched(0, steps)).texts(prefix);
    for (int text = 0; text < Math.min(count, texts.size()); text++) {
      Written written = texts.get(text).written();
      reader.read(text, written.text());
      reader.done(text, written);
    }
  }

  /** A text that goes on from the sequence of this row. */
  private record Branch(Hypothesis text, int row) {}

  /** The texts of one call. */
  private final class Writing {
    private final Candidates candidates = new Candidates(tokenizer);
    private final Furthest furthest = new Furthest();
    private final List<Hypothesis> done = new ArrayList<>();
    private final IntConsumer progress;

    Writing(IntConsumer progress) {
      this.progress = progress;
    }

    List<Hypothesis> texts(String prefix) {
      search(prefix, 1); // the greedy path
      if (width > 1) {
        search(prefix, width);
      }
      if (done.isEmpty()) {
        throw furthest.failure();
      }
      Set<String> told = new HashSet<>();
      return done.stream()
          .sorted(Comparator.comparingDouble(Hypothesis::meanLogProbability).reversed())
          .filter(text -> told.add(text.text()))
          .toList();
    }

    private void search(String prefix, int beamWidth) {
      float[] logits = new float[tokenizer.size()]; // float[B*V]
      try (Session session = model.newSession(1)) {
        for (int id : tokenizer.encode(prefix)) {
          session.next(new int[] {id}, logits);
        }
        List<Hypothesis> beam = new ArrayList<>();
        keep(Hypothesis.begin(tokenizer.decoder(), constraints), beam);
        int enough = done.size() + beamWidth;
        for (int step = 0; step < mostTokens && !beam.isEmpty() && done.size() < enough; step++) {
          progress.accept(step);
          List<Branch> branches = branches(beam, beamWidth, logits);
          beam.clear();
          branches.removeIf(branch -> beam.size() == beamWidth || !keep(branch.text(), beam));
          if (!beam.isEmpty()) {
            session.select(branches.stream().mapToInt(Branch::row).toArray());
            logits = new float[Math.multiplyExact(beam.size(), tokenizer.size())];
            session.next(beam.stream().mapToInt(Hypothesis::id).toArray(), logits);
          }
        }
      }
    }

    /** Sorts a text in; tells whether it goes on. */
    private boolean keep(Hypothesis text, List<Hypothesis> beam) {
      (text.isDone() ? done : beam).add(text);
      return !text.isDone();
    }

    /** What the beam's texts may become with their likeliest tokens, the likeliest first. */
    private List<Branch> branches(List<Hypothesis> beam, int beamWidth, float... logits) {
      List<Branch> branches = new ArrayList<>();
      float[] row = new float[tokenizer.size()];
      for (int i = 0; i < beam.size(); i++) {
        System.arraycopy(logits, i * row.length, row, 0, row.length);
        branches.addAll(branches(beam.get(i), i, beamWidth, row));
      }
      branches.sort(
          Comparator.<Branch>comparingDouble(branch -> branch.text().logProbability()).reversed());
      return branches;
    }

    private List<Branch> branches(Hypothesis text, int row, int most, float... logits) {
      List<Branch> branches = new ArrayList<>();
      double logSum = Logits.logSumExp(logits);
      candidates.begin(text);
      int[] likeliest =
          IntStream.range(0, logits.length)
              .boxed()
              .sorted(Comparator.comparingDouble(id -> -logits[id])) // which is stable
              .mapToInt(Integer::intValue)
              .toArray();
      for (int id : likeliest) {
        if (branches.size() == most) {
          break;
        }
        double logProbability = logits[id] - logSum;
        if (candidates.allows(text, id, Math.exp(logProbability))) {
          branches.add(new Branch(candidates.take(text, id, logProbability), row));
        }
      }
      if (branches.isEmpty()) {
        furthest.stuck(text, candidates.refused());
      }
      return branches;
    }
  }
}
