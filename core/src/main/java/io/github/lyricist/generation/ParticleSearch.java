package io.github.lyricist.generation;

import io.github.lyricist.constraint.Constraint;
import io.github.lyricist.constraint.Constraints;
import io.github.lyricist.constraint.RequiredTexts;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.Session;
import io.github.lyricist.tokens.Characters;
import io.github.lyricist.tokens.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/**
 * Writes a text that keeps its constraints and is likely: sequential Monte Carlo. Several texts are
 * written side by side, each token drawn among those that the constraints allow. A text counts for
 * as much as the model gave those tokens; now and then texts that count for little make room for
 * copies of those that count for much (Gordon et al., 1993; for language models Lew et al., 2023).
 * The likeliest of them is the one that is told.
 *
 * <p>A text that is {@linkplain RequiredTexts required} comes by chance, or at a place that each of
 * the texts side by side has of its own; they are weighed against those that have as many left.
 */
public final class ParticleSearch implements Search {
  private static final double NEGLIGIBLE = 1e-7;
  private static final int PARTICLES = 32;
  private static final int TRIES = 4;
  private static final int LONGEST_WORD = 12; // which is waited for, where one ends at all

  private final RecurrentModel model;
  private final Tokenizer tokenizer;
  private final Decoding decoding;
  private final Constraints constraints;
  private final int typicalLength;
  private final int mostTokens;
  private final IntFunction<UniformRandomProvider> random;

  /**
   * @param decoding of a temperature above 0
   * @param constraints of the text after its prefix; they must end it
   * @param typicalLength about how many characters such a text has
   * @param mostTokens of a text, which is given up where it has more
   * @param random by the number of a text
   */
  public ParticleSearch(
      RecurrentModel model,
      Tokenizer tokenizer,
      Decoding decoding,
      Constraints constraints,
      int typicalLength,
      int mostTokens,
      IntFunction<UniformRandomProvider> random) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.decoding = decoding;
    this.constraints = constraints;
    this.typicalLength = typicalLength;
    this.mostTokens = mostTokens;
    this.random = random;
  }

  @Override
  public void write(String prefix, int count, Reader reader) {
    float[] logits = new float[tokenizer.size()];
    try (Session session = model.newSession(1)) {
      for (int id : tokenizer.encode(prefix)) {
        session.next(new int[] {id}, logits);
      }
      session.select(new int[PARTICLES]);
      HiddenState begun = session.state();
      for (int text = 0; text < count; text++) {
        int number = text;
        IntConsumer progress = steps -> reader.searched(number, steps);
        Written written = write(session, begun, random.apply(text), progress, logits);
        reader.read(text, written.text());
        reader.done(text, written);
      }
    }
  }

  private Written write(
      Session session,
      HiddenState begun,
      UniformRandomProvider stream,
      IntConsumer progress,
      float... logits) {
    Furthest furthest = new Furthest();
    for (int attempt = 0; attempt < TRIES; attempt++) {
      session.set(begun);
      Hypothesis best = new Writing(session, stream, furthest, logits).likeliest(progress);
      if (best != null) {
        return best.written();
      }
    }
    throw furthest.failure();
  }

  /** The texts of one try. */
  private final class Writing {
    private final Session session;
    private final UniformRandomProvider stream;
    private final Furthest furthest;
    private final Candidates candidates = new Candidates(tokenizer);
    private final List<@Nullable Particle> particles = new ArrayList<>(); // null: stuck
    private final double[] logWeights = new double[PARTICLES];
    private final double[] places = new double[PARTICLES]; // of what is required, 0 to 1
    private final float[] logits = new float[Math.multiplyExact(PARTICLES, tokenizer.size())];
    private final int[] ids = new int[PARTICLES];
    private final double[] scores = new double[tokenizer.size()];
    private final List<String> all; // texts that are required

    Writing(Session session, UniformRandomProvider stream, Furthest furthest, float... first) {
      this.session = session;
      this.stream = stream;
      this.furthest = furthest;
      Hypothesis begun = Hypothesis.begin(tokenizer.decoder(), constraints);
      RequiredTexts required = required(begun);
      this.all = required == null ? List.of() : required.missing();
      particles.addAll(Collections.nCopies(PARTICLES, new Particle(begun, List.of())));
      for (int i = 0; i < PARTICLES; i++) {
        System.arraycopy(first, 0, logits, i * first.length, first.length);
        places[i] = (i + stream.nextDouble()) / PARTICLES;
      }
    }

    @Nullable Hypothesis likeliest(IntConsumer progress) {
      for (int step = 0; step < mostTokens && !areDone(); step++) {
        progress.accept(step);
        for (int row = 0; row < PARTICLES; row++) {
          Particle particle = particles.get(row);
          if (particle != null && !particle.text().isDone()) {
            Particle longer = longer(row, particle);
            particles.set(row, longer);
            ids[row] = longer == null ? ids[row] : longer.text().id();
          }
        }
        if (particles.stream().allMatch(particle -> particle == null)) {
          return null;
        }
        resample();
        if (!areDone()) {
          session.next(ids, logits);
        }
      }
      return particles.stream()
          .flatMap(Stream::ofNullable)
          .map(Particle::text)
          .filter(Hypothesis::isDone)
          .max(Comparator.comparingDouble(Hypothesis::meanLogProbability))
          .orElse(null);
    }

    private boolean areDone() {
      return particles.stream().allMatch(each -> each == null || each.text().isDone());
    }

    /** With another token; null if none is allowed. */
    private @Nullable Particle longer(int row, Particle particle) {
      Hypothesis text = particle.text();
      float[] predicted =
          Arrays.copyOfRange(logits, row * scores.length, (row + 1) * scores.length);
      double logSum = Logits.logSumExp(predicted);
      for (int id = 0; id < scores.length; id++) {
        scores[id] = predicted[id];
      }
      if (decoding.repetitionPenalty() != 1) {
        boolean[] seen = new boolean[scores.length];
        text.mark(seen);
        new RepetitionPenalty(decoding.repetitionPenalty(), seen).process(scores);
      }
      candidates.begin(text);
      List<Integer> toCome = particle.toCome().isEmpty() ? placed(row, text) : particle.toCome();
      double allowed = toCome.isEmpty() ? allow(text) : allow(text, toCome.get(0));
      logWeights[row] += Math.log(allowed);
      if (allowed == 0) {
        furthest.stuck(text, candidates.refused());
        return null;
      }
      decoding.sharpeners().forEach(processor -> processor.process(scores));
      int id = Logits.draw(scores, stream);
      Hypothesis longer = candidates.take(text, id, predicted[id] - logSum);
      return new Particle(longer, toCome.isEmpty() ? toCome : toCome.subList(1, toCome.size()));
    }

    /** The tokens of what is required, where its place has come and it fits; else none. */
    private List<Integer> placed(int row, Hypothesis text) {
      RequiredTexts required = required(text);
      if (required == null || required.isMet() || text.decoder().isWithinCharacter()) {
        return List.of();
      }
      int placed = all.size() - required.missing().size();
      int room = Math.max(0, typicalLength - String.join("", all).length());
      double waited = text.characters() - room * (placed + places[row]) / all.size();
      String wanted = required.missing().get(0);
      boolean fits =
          waited >= 0
              && (waited > LONGEST_WORD || !Characters.areOneWord(text.text(), wanted))
              && text.constraints().after(wanted, constraint -> {}) != null;
      return fits ? Arrays.stream(tokenizer.encode(wanted)).boxed().toList() : List.of();
    }

    /** Leaves a single token, if it is allowed; returns its probability. */
    private double allow(Hypothesis text, int id) {
      double probability = probabilities()[id];
      boolean isAllowed = candidates.allows(text, id, 0);
      for (int other = 0; other < scores.length; other++) {
        scores[other] = other == id ? scores[other] : Double.NEGATIVE_INFINITY;
      }
      return isAllowed ? probability : 0;
    }

    /** Leaves what may follow a text; returns its share of the probability. */
    private double allow(Hypothesis text) {
      double[] probabilities = probabilities();
      double allowed = allow(text, probabilities, NEGLIGIBLE, 2);
      return allowed > 0 ? allowed : allow(text, probabilities, 0, NEGLIGIBLE);
    }

    /** The same of those tokens alone whose probability is within a range. */
    private double allow(Hypothesis text, double[] probabilities, double above, double upTo) {
      double allowed = 0;
      double[] left = new double[scores.length];
      Arrays.fill(left, Double.NEGATIVE_INFINITY);
      for (int id = 0; id < scores.length; id++) {
        double probability = probabilities[id];
        if (probability > above
            && probability <= upTo
            && candidates.allows(text, id, probability)) {
          allowed += probability;
          left[id] = scores[id];
        }
      }
      if (allowed > 0) {
        System.arraycopy(left, 0, scores, 0, left.length);
      }
      return allowed;
    }

    /** {@code softmax(scores / temperature)}. */
    private double[] probabilities() {
      double most = scores[Logits.likeliest(scores)];
      double[] probabilities = new double[scores.length];
      double sum = 0;
      for (int id = 0; id < scores.length; id++) {
        probabilities[id] = Math.exp((scores[id] - most) / decoding.temperature());
        sum += probabilities[id];
      }
      for (int id = 0; id < scores.length; id++) {
        probabilities[id] /= sum;
      }
      return probabilities;
    }

    /** Copies texts in proportion to their weights, among those that have as much left to do. */
    private void resample() {
      int[] rows = IntStream.range(0, PARTICLES).toArray();
      IntStream.range(0, PARTICLES)
          .boxed()
          .collect(Collectors.groupingBy(this::stage, TreeMap::new, Collectors.toList()))
          .values()
          .forEach(group -> resample(group, rows));
      List<@Nullable Particle> chosen = new ArrayList<>();
      int[] chosenIds = new int[PARTICLES];
      for (int row = 0; row < PARTICLES; row++) {
        chosen.add(particles.get(rows[row]));
        chosenIds[row] = ids[rows[row]];
      }
      Collections.copy(particles, chosen);
      System.arraycopy(chosenIds, 0, ids, 0, PARTICLES);
      session.select(rows);
    }

    /** The less, the further; a text that is stuck makes room for those that are furthest. */
    private int stage(int row) {
      Particle particle = particles.get(row);
      return particle == null
          ? particles.stream().flatMap(Stream::ofNullable).mapToInt(this::stage).min().orElseThrow()
          : stage(particle);
    }

    private int stage(Particle particle) {
      RequiredTexts required = required(particle.text());
      int missing = required == null ? 0 : required.missing().size();
      return 2 * missing + (particle.toCome().isEmpty() ? 1 : 0);
    }

    private void resample(List<Integer> group, int... rows) {
      double most = group.stream().mapToDouble(row -> logWeights[row]).max().orElseThrow();
      double[] weights =
          group.stream().mapToDouble(row -> Math.exp(logWeights[row] - most)).toArray();
      double sum = Arrays.stream(weights).sum();
      double squares = Arrays.stream(weights).map(weight -> weight * weight).sum();
      if (sum * sum / squares > weights.length / 2.0) {
        return;
      }
      double distance = sum / weights.length;
      double at = stream.nextDouble() * distance;
      double upTo = weights[0];
      for (int i = 0, from = 0; i < weights.length; i++, at += distance) {
        while (upTo < at && from < weights.length - 1) {
          upTo += weights[++from];
        }
        rows[group.get(i)] = group.get(from);
        logWeights[group.get(i)] = 0;
      }
    }
  }

  /**
   * One of the texts that are written side by side.
   *
   * @param toCome tokens that it is to go on with
   */
  private record Particle(Hypothesis text, List<Integer> toCome) {}

  private static @Nullable RequiredTexts required(Hypothesis text) {
    for (Constraint constraint : text.constraints().each()) {
      if (constraint instanceof RequiredTexts required) {
        return required;
      }
    }
    return null;
  }
}
