package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.backend.Use;
import io.github.lyricist.comparison.Comparison;
import io.github.lyricist.comparison.Comparison.Verdict;
import io.github.lyricist.comparison.Judgement;
import io.github.lyricist.comparison.Trajectory;
import io.github.lyricist.comparison.Twin;
import io.github.lyricist.config.ConfigReader;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.config.Setting;
import io.github.lyricist.consistency.fault.Fault;
import io.github.lyricist.corpus.Corpus;
import io.github.lyricist.corpus.CorpusReader;
import io.github.lyricist.corpus.TextCache;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.sampling.Sampler;
import io.github.lyricist.sampling.Shard;
import io.github.lyricist.training.DivergedException;
import io.github.lyricist.training.Dropout;
import io.github.lyricist.training.EpochResult;
import io.github.lyricist.training.ShardedSteps;
import io.github.lyricist.training.Trainer;
import io.github.lyricist.training.TrainingEvent.EpochDone;
import io.github.lyricist.training.TrainingEvent.StepTaken;
import io.github.lyricist.training.TrainingLoop;
import io.github.lyricist.training.TrainingSteps;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The verdict of {@code compare} on engines with a fault, each on a config that exercises it, and
 * on engines without one, also where training is chaotic.
 */
class PlantedFaultsTest {
  /** What is trained: a shipped config, with other values for some keys. */
  private enum Training {
    /** At learning rate 100; on some seeds rounding grows to a multiple of 1e-5 on its own. */
    CONSECUTIVE("consecutive-scratch.yaml", "training.epochs=6"),
    RANDOM("random-scratch.yaml", "training.epochs=6"),
    /** Explodes in its second or third epoch, so that the steps of the first decide. */
    UNCLIPPED(
        "random-scratch.yaml",
        "model.hidden=64",
        "corpus.limit=6000",
        "training.epochs=3",
        "training.clipNorm=null",
        "training.optimizer={type: sgd, learningRate: 10}"),
    ADAM("adam-rnn.yaml", "model.hidden=64", "corpus.limit=6000", "training.epochs=6"),
    /** At learning rate 0.01. */
    FAST_ADAM("adam-gru.yaml", "model.hidden=64", "corpus.limit=6000", "training.epochs=30");

    private final String config;
    private final String settings; // one a line

    Training(String config, String... settings) {
      this.config = config;
      this.settings = String.join("\n", settings);
    }

    ExperimentSpec spec(int seed) {
      Path file = Program.ROOT.resolve("configs").resolve(config);
      List<Setting> all = new ArrayList<>();
      all.add(Setting.parse("seed=" + seed));
      settings.lines().forEach(setting -> all.add(Setting.parse(setting)));
      return ConfigReader.read(file, all, file, model -> null).spec();
    }
  }

  /** Healthy runs, by training, seed and number of the twin; 0 is the run itself. */
  private static final Map<String, Trajectory> HEALTHY = new HashMap<>();

  /** Each fault on trainings that exercise it. Adam's steps don't depend on a gradient's scale. */
  static Stream<Arguments> faults() {
    return seeds()
        .flatMap(
            seed ->
                Stream.of(
                    Arguments.of(Fault.GRADIENT, Training.CONSECUTIVE, seed),
                    Arguments.of(Fault.GRADIENT, Training.RANDOM, seed),
                    Arguments.of(Fault.GRADIENT, Training.UNCLIPPED, seed),
                    Arguments.of(Fault.EPSILON, Training.ADAM, seed),
                    Arguments.of(Fault.EPSILON, Training.FAST_ADAM, seed),
                    Arguments.of(Fault.BIAS, Training.CONSECUTIVE, seed),
                    Arguments.of(Fault.BIAS, Training.UNCLIPPED, seed),
                    Arguments.of(Fault.BIAS, Training.ADAM, seed),
                    Arguments.of(Fault.TANH, Training.CONSECUTIVE, seed),
                    Arguments.of(Fault.TANH, Training.ADAM, seed),
                    Arguments.of(Fault.TANH, Training.FAST_ADAM, seed)));
  }

  private static Stream<Integer> seeds() {
    return IntStream.rangeClosed(1, 3).boxed();
  }

  static Stream<Arguments> healthy() {
    return seeds()
        .flatMap(
            seed -> Stream.of(Training.values()).map(training -> Arguments.of(training, seed)));
  }

  private static Trajectory train(
      String name, ExperimentSpec spec, int twin, Supplier<Backend> engine) {
    RandomStreams random = new RandomStreams(spec.seed());
    Corpus corpus =
        new CorpusReader(spec.corpus(), 1, TextCache.none(), notice -> {}).read().whole();
    Parameters initial =
        spec.initialization().draw(spec.model(), corpus.tokenizer().size(), random);
    if (twin > 0) {
      Twin.move(initial, spec.model(), random, twin);
    }
    List<EpochResult> epochs = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    Sampler sampler = spec.sampler().over(corpus, random);
    try (Backend backend = engine.get();
        RecurrentModel model = backend.createModel(spec.model(), initial, Use.TRAINING);
        Trainer trainer = backend.createTrainer(model, spec.training());
        TrainingSteps steps =
            new ShardedSteps(
                sampler,
                new Dropout(spec.model(), spec.dropoutKind(), random),
                trainer,
                Shard.of(spec.sampler().batchSize(), spec.training().shards()),
                model::newState)) {
      new TrainingLoop(sampler, steps, spec.training())
          .run(
              event -> {
                if (event instanceof EpochDone done) {
                  epochs.add(done.result());
                } else if (event instanceof StepTaken step && step.epoch() == 1) {
                  losses.add(step.result().loss());
                }
              },
              () -> false);
    } catch (DivergedException e) {
      // as compare has it, a result: the run has no more epochs
    }
    return new Trajectory(name, epochs, losses);
  }

  private static Backend scratch(int threads) {
    return BackendRegistry.installed().get("scratch").open(DeviceRequest.CPU, threads);
  }

  private static Trajectory healthy(Training training, int seed, int twin) {
    return HEALTHY.computeIfAbsent(
        training.name() + seed + "-" + twin,
        key -> train("run " + twin, training.spec(seed), twin, () -> scratch(2)));
  }

  private static Comparison compare(Training training, int seed, Supplier<Backend> other) {
    Trajectory tested = train("tested", training.spec(seed), 0, other);
    return compare(training, seed, tested);
  }

  private static Comparison compare(Training training, int seed, Trajectory tested) {
    return Comparison.byTwins(
        List.of(healthy(training, seed, 0), tested), twin -> healthy(training, seed, twin));
  }

  private static String largest(Comparison comparison) {
    return comparison.deciding().judged() == 0 ? "none" : "" + comparison.deciding().largest();
  }

  private static void requireVerdict(Comparison comparison, Verdict expected) {
    assertThat(comparison.verdict())
        .as("%d judged, the largest %s", comparison.deciding().judged(), largest(comparison))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void everyFaultIsFound(Fault fault, Training training, int seed) {
    requireVerdict(compare(training, seed, fault::open), Verdict.APART);
  }

  @ParameterizedTest
  @MethodSource("healthy")
  void anEngineWithoutOneIsNot(Training training, int seed) {
    requireVerdict(
        compare(
            training,
            seed,
            () -> BackendRegistry.installed().get("djl").open(DeviceRequest.CPU, 2)),
        Verdict.AGREE);
  }

  @Test
  void someOfTheseTrainingsAreChaotic() {
    assertThat(seeds())
        .allSatisfy(seed -> assertThat(twinsOf(Training.UNCLIPPED, seed).isByEpochs()).isFalse());
    assertThat(seeds())
        .anySatisfy(
            seed ->
                assertThat(twinsOf(Training.CONSECUTIVE, seed).epochs().at(6).allowed())
                    .isGreaterThan(Judgement.LEAST));
  }

  /** A healthy run, judged against one of its own twins. */
  private static Comparison twinsOf(Training training, int seed) {
    return compare(training, seed, healthy(training, seed, 1));
  }
}
