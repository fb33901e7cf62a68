package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.backend.Use;
import io.github.lyricist.comparison.Comparison;
import io.github.lyricist.comparison.Comparison.Verdict;
import io.github.lyricist.comparison.Trajectory;
import io.github.lyricist.comparison.Twin;
import io.github.lyricist.config.ConfigReader;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.config.Setting;
import io.github.lyricist.consistency.fault.Fault;
import io.github.lyricist.corpus.Corpus;
import io.github.lyricist.corpus.CorpusReader;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.RecurrentState;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.training.Dropout;
import io.github.lyricist.training.EpochResult;
import io.github.lyricist.training.Trainer;
import io.github.lyricist.training.TrainingEvent.EpochDone;
import io.github.lyricist.training.TrainingEvent.StepTaken;
import io.github.lyricist.training.TrainingLoop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The verdict of {@code compare} on engines with a fault, each on a config that exercises it, and
 * on engines without one, also where training is chaotic.
 */
class PlantedFaultsTest {
  private static final String SGD = "consecutive-scratch.yaml";
  private static final String RANDOM_SGD = "random-scratch.yaml";
  private static final String ADAM = "adam-rnn.yaml";
  private static final String FAST_ADAM = "adam-gru.yaml";
  private static final int EPOCHS = 6;

  /** A healthy run and its twins, by config and seed. */
  private static final Map<String, List<Trajectory>> HEALTHY = new HashMap<>();

  static Stream<Arguments> faults() {
    return seeds()
        .flatMap(
            seed ->
                Stream.of(
                    Arguments.of(Fault.GRADIENT, SGD, seed),
                    Arguments.of(Fault.GRADIENT, RANDOM_SGD, seed),
                    Arguments.of(Fault.EPSILON, ADAM, seed),
                    Arguments.of(Fault.BIAS, SGD, seed),
                    Arguments.of(Fault.BIAS, ADAM, seed)));
  }

  private static Stream<Integer> seeds() {
    return IntStream.rangeClosed(1, 3).boxed();
  }

  static Stream<Arguments> healthy() {
    return seeds()
        .flatMap(
            seed -> Stream.of(SGD, RANDOM_SGD, ADAM, FAST_ADAM).map(c -> Arguments.of(c, seed)));
  }

  private static ExperimentSpec spec(String config, int seed) {
    Path file = Program.ROOT.resolve("configs").resolve(config);
    List<Setting> settings =
        List.of(
            Setting.parse("seed=" + seed),
            Setting.parse("model.hidden=64"),
            Setting.parse("corpus.limit=6000"),
            Setting.parse("training.epochs=" + EPOCHS));
    return ConfigReader.read(file, settings, file, model -> null).spec();
  }

  private static Trajectory train(
      String name, ExperimentSpec spec, int twin, Supplier<Backend> engine) {
    RandomStreams random = new RandomStreams(spec.seed());
    Corpus corpus = CorpusReader.read(spec.corpus());
    Parameters initial =
        spec.initialization().draw(spec.model(), corpus.tokenizer().size(), random);
    if (twin > 0) {
      Twin.move(initial, spec.model(), random, twin);
    }
    List<EpochResult> epochs = new ArrayList<>();
    List<Double> steps = new ArrayList<>();
    try (Backend backend = engine.get();
        RecurrentModel model = backend.createModel(spec.model(), initial, Use.TRAINING);
        Trainer trainer = backend.createTrainer(model, spec.training());
        RecurrentState state = model.newState(spec.sampler().batchSize())) {
      new TrainingLoop(
              spec.sampler().over(corpus, random),
              trainer,
              state,
              spec.training(),
              new Dropout(spec.model(), random))
          .run(
              event -> {
                if (event instanceof EpochDone done) {
                  epochs.add(done.result());
                } else if (event instanceof StepTaken step && step.epoch() == 1) {
                  steps.add(step.result().loss());
                }
              },
              () -> false);
    }
    return new Trajectory(name, epochs, steps);
  }

  private static Backend scratch(int threads) {
    return BackendRegistry.installed().get("scratch").open(DeviceRequest.CPU, threads);
  }

  private static List<Trajectory> healthyRuns(String config, int seed) {
    return HEALTHY.computeIfAbsent(
        config + seed,
        key ->
            IntStream.rangeClosed(0, 2)
                .mapToObj(twin -> train("" + twin, spec(config, seed), twin, () -> scratch(2)))
                .toList());
  }

  private static Comparison compare(String config, int seed, Supplier<Backend> other) {
    List<Trajectory> healthy = healthyRuns(config, seed);
    Trajectory tested = train("tested", spec(config, seed), 0, other);
    return new Comparison(List.of(healthy.get(0), tested), healthy.subList(1, 3));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void everyFaultIsFound(Fault fault, String config, int seed) {
    Comparison comparison = compare(config, seed, fault::open);
    assertThat(comparison.verdict())
        .as("%s at %s", comparison.deciding().judged(), comparison.deciding().largest())
        .isEqualTo(Verdict.APART);
  }

  @ParameterizedTest
  @MethodSource("healthy")
  void anEngineWithoutOneIsNot(String config, int seed) {
    Comparison comparison =
        compare(
            config, seed, () -> BackendRegistry.installed().get("djl").open(DeviceRequest.CPU, 2));
    assertThat(comparison.verdict())
        .as("%s at %s", comparison.deciding().judged(), comparison.deciding().largest())
        .isEqualTo(Verdict.AGREE);
  }
}
