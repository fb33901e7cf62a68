package io.github.lyricist.config;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.backend.Threads;
import io.github.lyricist.corpus.CorpusSpec;
import io.github.lyricist.model.Initialization;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.sampling.SamplerSpec;
import io.github.lyricist.tokens.Excerpt;
import io.github.lyricist.training.Dropout;
import io.github.lyricist.training.ScheduleSpec;
import io.github.lyricist.training.TrainingSpec;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One experiment: everything that decides what a run computes.
 *
 * @param name names the run's folder
 * @param seed every random number derives from it
 * @param backend the engine's name
 * @param device the device asked for
 * @param threads how many threads to compute with, or null for the machine's cores
 * @param corpus the text
 * @param sampler how it is cut into batches
 * @param model the architecture
 * @param initialization how its parameters are drawn
 * @param dropoutKind which masks a sequence has in training
 * @param from a run directory or model file to start from instead, or null
 * @param training how it is trained
 * @param tensorBoard whether it also writes a file of events for TensorBoard
 * @param preview what is generated while it trains
 * @param checkpoint when its state is saved
 */
@RecordBuilder
public record ExperimentSpec(
    String name,
    long seed,
    String backend,
    DeviceRequest device,
    @Nullable Integer threads,
    CorpusSpec corpus,
    SamplerSpec sampler,
    ModelSpec model,
    Initialization initialization,
    Dropout.Kind dropoutKind,
    @Nullable String from,
    TrainingSpec training,
    boolean tensorBoard,
    PreviewSpec preview,
    CheckpointSpec checkpoint)
    implements ExperimentSpecBuilder.With {

  static final String NAME_RANGE = "up to 60 letters, digits, '.', '_' and '-'";

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}._-]{0,59}");

  /** The tutorial's from-scratch experiment. */
  public static final ExperimentSpec DEFAULT =
      new ExperimentSpec(
          "random-scratch",
          1,
          "scratch",
          DeviceRequest.AUTO,
          null,
          CorpusSpec.DEFAULT,
          SamplerSpec.DEFAULT,
          ModelSpec.DEFAULT,
          Initialization.DEFAULT,
          Dropout.Kind.EACH,
          null,
          TrainingSpec.DEFAULT,
          false,
          new PreviewSpec(50, null, 50, 0),
          new CheckpointSpec(25, 10));

  public ExperimentSpec {
    requireName(name);
    if (threads != null && !Threads.isInRange(threads)) {
      throw InvalidInputException.ofKey(
          "threads",
          "found " + threads,
          "expected auto or a whole number from 1 to " + Threads.MOST);
    }
    requireValidation(corpus, training);
    if (training.shards() > sampler.batchSize()) {
      throw InvalidInputException.ofKey(
          "training.shards",
          "found %d, but a batch has %d sequences"
              .formatted(training.shards(), sampler.batchSize()),
          "expected a whole number, from 1 to sampler.batchSize");
    }
    if (corpus.split() == CorpusSpec.Split.STREAMS
        && sampler.type() != SamplerSpec.Type.CONSECUTIVE) {
      throw InvalidInputException.ofKey(
          "corpus.split",
          "random sampling reads no streams",
          "use sampler.type: consecutive, or split: end");
    }
  }

  /** Refuses what can't name a folder. */
  static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw InvalidInputException.ofKey(
          "name",
          "found '" + Excerpt.of(name) + "'",
          "expected " + NAME_RANGE + ", for it names a folder");
    }
  }

  /** Refuses what waits for a validation perplexity that there will never be. */
  private static void requireValidation(CorpusSpec corpus, TrainingSpec training) {
    if (!corpus.validation().equals(CorpusSpec.DEFAULT.validation())) {
      return;
    }
    String whatToDo = "set corpus.validation, to 0.1 for example";
    if (training.earlyStop() != null) {
      throw InvalidInputException.ofKey(
          "training.earlyStop", "nothing is held out to judge by", whatToDo);
    }
    if (training.schedule() instanceof ScheduleSpec.Plateau) {
      throw InvalidInputException.ofKey(
          "training.schedule", "nothing is held out that could reach a plateau", whatToDo);
    }
  }

  /** The same experiment on this engine, device and number of threads. */
  public ExperimentSpec on(String backend, DeviceRequest device, int threads) {
    return with(spec -> spec.backend(backend).device(device).threads(threads));
  }

  /**
   * Text that is generated while a model trains.
   *
   * @param every after how many epochs, each time; 0 for never
   * @param prefixes what each text starts with, or null for what the corpus starts with
   * @param length characters after the prefix
   * @param temperature what logits are divided by before a character is drawn; 0 takes the
   *     likeliest
   */
  @RecordBuilder
  public record PreviewSpec(
      int every, @Nullable List<String> prefixes, int length, double temperature)
      implements ExperimentSpecPreviewSpecBuilder.With {
    public PreviewSpec {
      requireAtLeast("every", every, 0);
      requireAtLeast("length", length, 0);
      if (!(temperature >= 0 && Double.isFinite(temperature))) {
        throw InvalidInputException.ofKey(
            "temperature", "found " + temperature, "expected a number, at least 0");
      }
      prefixes = prefixes == null ? null : List.copyOf(prefixes);
      if (prefixes != null && prefixes.contains("")) {
        throw InvalidInputException.ofKey(
            "prefixes", "a prefix is empty", "give each at least one character");
      }
    }
  }

  /**
   * When a run's whole state is saved.
   *
   * @param every after how many epochs, each time; 0 for only at the end
   * @param everyMinutes and after how many minutes within a long epoch; 0 for never
   */
  @RecordBuilder
  public record CheckpointSpec(int every, int everyMinutes)
      implements ExperimentSpecCheckpointSpecBuilder.With {
    public CheckpointSpec {
      requireAtLeast("every", every, 0);
      requireAtLeast("everyMinutes", everyMinutes, 0);
    }
  }

  private static void requireAtLeast(String key, int value, int least) {
    if (value < least) {
      throw InvalidInputException.ofKey(
          key, "found " + value, "expected a whole number, at least " + least);
    }
  }
}
