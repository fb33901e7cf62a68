package io.github.lyricist.training;

import io.github.lyricist.model.Evaluation;
import io.github.lyricist.sampling.Sampler;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Goes through the epochs: has the steps taken, scores the held-out text. */
public final class TrainingLoop {
  private final Sampler sampler;
  private final TrainingSteps steps;
  private final TrainingSpec spec;
  private final LearningRate learningRate;
  private Patience patience = Patience.INITIAL;
  private @Nullable Validation validation;
  private Previews previews = (epoch, last, stopRequested) -> List.of();
  private int epoch = 1;
  private EpochTotals totals = EpochTotals.NONE;

  /** Scores the held-out text with the model as it is at the moment. */
  @FunctionalInterface
  public interface Validation {
    /**
     * Scores it.
     *
     * @param stopRequested asked between batches
     * @return null if a stop was requested before the end
     */
    @Nullable Evaluation score(BooleanSupplier stopRequested);

    /** How many characters a token of it has on average. */
    default double charactersPerToken() {
      return 1;
    }
  }

  /** Writes the texts that show what a model has learned. */
  @FunctionalInterface
  public interface Previews {
    /**
     * The previews of an epoch.
     *
     * @param epoch the epoch whose batches were trained
     * @param last whether the training ends with it
     * @param stopRequested asked now and then
     * @return empty where the epoch has none; null if a stop was requested before they were written
     */
    @Nullable List<Preview> write(int epoch, boolean last, BooleanSupplier stopRequested);
  }

  /**
   * @param sampler the one that the steps have their batches from
   */
  public TrainingLoop(Sampler sampler, TrainingSteps steps, TrainingSpec spec) {
    this.sampler = sampler;
    this.steps = steps;
    this.spec = spec;
    this.learningRate = new LearningRate(spec, spec.updates(sampler.batchesPerEpoch()));
  }

  /** Scores the held-out text after each epoch. */
  public TrainingLoop validatedBy(Validation heldOut) {
    this.validation = heldOut;
    return this;
  }

  /** Writes previews after each epoch. */
  public TrainingLoop previewedBy(Previews writer) {
    this.previews = writer;
    return this;
  }

  /**
   * Continues from where another loop stood, as if it were that one.
   *
   * @param from what {@link #state} gave; the model has the parameters of that moment
   * @param past the results of all epochs before {@code from.epoch()}
   */
  public void resume(TrainingState from, List<EpochResult> past) {
    for (EpochResult result : past) {
      if (result.validationPerplexity() != null) {
        observe(result.validationPerplexity());
      }
    }
    epoch = from.epoch();
    totals = from.totals();
    steps.restore(from.hidden(), from.optimizer());
  }

  /** A copy of where the training stands; to be asked for between two batches. */
  public TrainingState state() {
    return new TrainingState(epoch, totals, steps.hidden(), steps.optimizerState());
  }

  /** The epoch that is under way or begins next, from 1. */
  public int epoch() {
    return epoch;
  }

  /** Whether there is nothing to train any more. */
  public boolean isDone() {
    return epoch > spec.epochs() || hasStoppedEarly();
  }

  /**
   * Whether the validation perplexity has stayed without improvement for as long as the spec
   * allows.
   */
  public boolean hasStoppedEarly() {
    return isExhausted(patience);
  }

  private boolean isExhausted(Patience after) {
    return spec.earlyStop() != null && after.epochsWithoutBetter() >= spec.earlyStop();
  }

  /**
   * Trains until it is done. An epoch counts once its batches are trained, the held-out text is
   * scored and the previews are written: a stop before that leaves it to be completed by whoever
   * resumes.
   *
   * @param stopRequested asked after every batch, and during validation and previews; true ends the
   *     training there
   * @return whether training came to its end; false if a stop was requested before
   * @throws DivergedException if the loss or the gradient stops being finite
   */
  public boolean run(TrainingListener listener, BooleanSupplier stopRequested) {
    while (!isDone()) {
      if (!trainBatches(listener, stopRequested) || !completeEpoch(listener, stopRequested)) {
        return false;
      }
    }
    return true;
  }

  /** Does what follows an epoch's batches; returns false if a stop was requested before its end. */
  private boolean completeEpoch(TrainingListener listener, BooleanSupplier stopRequested) {
    Evaluation heldOut = validation == null ? Evaluation.NONE : validation.score(stopRequested);
    if (heldOut == null) {
      return false;
    }
    EpochResult result = result(validation, heldOut);
    Double perplexity = result.validationPerplexity();
    Patience after = perplexity == null ? patience : patience.after(perplexity);
    boolean last = epoch == spec.epochs() || isExhausted(after);
    List<Preview> texts = previews.write(epoch, last, stopRequested);
    if (texts == null) {
      return false;
    }
    epoch++;
    totals = EpochTotals.NONE;
    if (perplexity != null) {
      boolean best = after.epochsWithoutBetter() == 0;
      observe(perplexity);
      listener.on(new TrainingEvent.Validated(result.epoch(), perplexity, best));
    }
    if (last || !texts.isEmpty()) {
      listener.on(new TrainingEvent.Previewed(result, texts));
    }
    listener.on(new TrainingEvent.EpochDone(result));
    return true;
  }

  /** Takes note of a validation. */
  private void observe(double perplexity) {
    learningRate.epochDone(perplexity);
    patience = patience.after(perplexity);
  }

  /** Trains what is left of an epoch; returns false if a stop was requested before its end. */
  private boolean trainBatches(TrainingListener listener, BooleanSupplier stopRequested) {
    int count = sampler.batchesPerEpoch();
    while (totals.batches() < count) {
      int first = totals.batches();
      int end = first + Math.min(spec.accumulate(), count - first);
      double rate = learningRate.of(epoch, first / spec.accumulate());
      long start = System.nanoTime();
      TrainingSteps.Measured measured = steps.take(epoch, first, end, rate);
      Evaluation predicted = measured.predicted();
      StepResult step = new StepResult(predicted.loss(), measured.gradientNorm());
      requireFinite(step, epoch, end, rate);
      double seconds = (System.nanoTime() - start) / 1e9;
      totals = totals.plus(step, end - first, predicted.predictions(), seconds);
      listener.on(new TrainingEvent.StepTaken(epoch, end, count, step, rate, totals));
      if (stopRequested.getAsBoolean()) {
        return false;
      }
    }
    return true;
  }

  private EpochResult result(@Nullable Validation scored, Evaluation heldOut) {
    double charactersPerToken = sampler.charactersPerToken();
    int updates = spec.updates(totals.batches());
    Evaluation total = totals.evaluation();
    return new EpochResult(
        epoch,
        total.perplexity(),
        total.loss(),
        total.bitsPerCharacter(charactersPerToken),
        totals.seconds(),
        totals.predictions() * charactersPerToken / totals.seconds(),
        totals.gradientNorms() / updates,
        learningRate.of(epoch, updates - 1),
        scored == null ? null : heldOut.perplexity(),
        scored == null ? null : heldOut.bitsPerCharacter(scored.charactersPerToken()));
  }

  private static void requireFinite(StepResult step, int epoch, int batch, double learningRate) {
    if (!step.isFinite()) {
      throw new DivergedException(
          "training diverged in epoch %d, batch %d: loss %s, learning rate %s, gradient norm %s"
              .formatted(epoch, batch, step.loss(), learningRate, step.gradientNorm()));
    }
  }
}
