package io.github.lyricist.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.config.ExperimentSpec.CheckpointSpec;
import io.github.lyricist.config.ExperimentSpec.PreviewSpec;
import io.github.lyricist.corpus.CorpusSpec;
import io.github.lyricist.corpus.HeldOut;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.Initialization;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.sampling.SamplerSpec;
import io.github.lyricist.training.Dropout;
import io.github.lyricist.training.OptimizerSpec;
import io.github.lyricist.training.ScheduleSpec;
import io.github.lyricist.training.TrainingSpec;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is written is read back as the same. */
class ConfigRoundTripTest {
  private static final int LEAST_BATCH_SIZE = 3;

  private static final Path FOLDER = Path.of("/");
  private static final Context CONTEXT = new Context(FOLDER, FOLDER, model -> null);

  @Property(tries = 300)
  void everyExperimentSurvives(@ForAll("experiments") ExperimentSpec spec) {
    String yaml = ConfigWriter.write(spec);
    assertThat(ConfigReader.read("c.yaml", yaml, List.of(), CONTEXT).spec()).isEqualTo(spec);
  }

  @Provide
  Arbitrary<ExperimentSpec> experiments() {
    return Combinators.combine(
            names(), Arbitraries.longs(), devices(), corpora(), samplers(), models(), trainings())
        .flatAs(
            (name, seed, device, corpus, sampler, model, training) ->
                Combinators.combine(
                        Arbitraries.integers().between(1, 64).injectNull(0.3),
                        Arbitraries.of(Initialization.Type.values()),
                        positive(),
                        texts().list().ofMaxSize(3).injectNull(0.2),
                        Arbitraries.integers().between(0, 1000))
                    .as(
                        (threads, init, scale, prefixes, number) ->
                            new ExperimentSpec(
                                name,
                                seed,
                                "scratch",
                                device,
                                threads,
                                corpus,
                                sampler,
                                model,
                                new Initialization(init, scale),
                                number % 3 == 1 ? Dropout.Kind.LOCKED : Dropout.Kind.EACH,
                                null,
                                training,
                                number % 2 == 1,
                                new PreviewSpec(number, prefixes, number / 2, number % 7 / 4.0),
                                new CheckpointSpec(number / 3, number / 5))));
  }

  private static Arbitrary<String> names() {
    return Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(12);
  }

  /** Texts that YAML could mistake for something else among them. */
  private static Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            "null", "true", "12", "1e3", "~", "- a", "a: b", "#x", " ", "\n", "'\"", "分开"),
        Arbitraries.strings().withCharRange(' ', '~').ofMinLength(1).ofMaxLength(8));
  }

  private static Arbitrary<Double> positive() {
    return Arbitraries.doubles().ofScale(12).between(1e-9, 1e9);
  }

  private static Arbitrary<Double> fractions() {
    return Arbitraries.doubles().ofScale(6).between(0, 0.99);
  }

  private static Arbitrary<DeviceRequest> devices() {
    return Arbitraries.of("auto", "cpu", "cuda", "cuda:3").map(DeviceRequest::parse);
  }

  private static Arbitrary<CorpusSpec> corpora() {
    return Combinators.combine(
            Arbitraries.of("bundled:songs", "/a b.txt", "/词.zip!/x.txt", "/s/**/*.txt", "/0.5")
                .list()
                .ofMinSize(1)
                .ofMaxSize(3),
            Arbitraries.of("\n", "", " ", "null", "0.5", "\0\r\u2028"),
            Arbitraries.of(CorpusSpec.Newlines.values()),
            Arbitraries.integers().greaterOrEqual(1).injectNull(0.3),
            tokens(),
            heldOut(0.005), // some schedules need a validation
            heldOut(0),
            Arbitraries.of(CorpusSpec.Unknown.values()))
        .as(
            (sources, separator, newlines, limit, tokens, validation, test, unknown) ->
                new CorpusSpec(
                    sources,
                    separator,
                    newlines,
                    limit,
                    tokens.tokens(),
                    tokens.vocabulary(),
                    tokens.minCount(),
                    validation,
                    test,
                    CorpusSpec.Split.END,
                    unknown));
  }

  /** What allows which vocabulary. */
  private static Arbitrary<CorpusSpec> tokens() {
    CorpusSpec spec = CorpusSpec.DEFAULT;
    Arbitrary<Integer> counts = Arbitraries.integers().greaterOrEqual(1);
    return Arbitraries.oneOf(
        counts.map(count -> spec.withTokens(CorpusSpec.Tokens.CHARACTER, null, count)),
        Arbitraries.just(spec.withTokens(CorpusSpec.Tokens.BYTE, null, 1)),
        counts.map(count -> spec.withTokens(CorpusSpec.Tokens.WORD, 2 + count % 1000, count)),
        counts.map(count -> spec.withTokens(CorpusSpec.Tokens.BPE, 256 + count % 1000, 1)),
        Arbitraries.just(spec.withTokens(CorpusSpec.Tokens.BPE, null, 1)));
  }

  private static Arbitrary<HeldOut> heldOut(double least) {
    return Arbitraries.oneOf(
        fractions().map(fraction -> new HeldOut.Share(fraction / 2 + least)),
        Arbitraries.of("/valid.txt", "bundled:songs", "/0.1").map(HeldOut.OwnText::new));
  }

  private static Arbitrary<SamplerSpec> samplers() {
    return Combinators.combine(
            Arbitraries.of(SamplerSpec.Type.values()),
            Arbitraries.integers().between(LEAST_BATCH_SIZE, 1000),
            Arbitraries.integers().between(1, 1000),
            Arbitraries.of(true, false))
        .as(
            (type, batchSize, steps, carry) ->
                new SamplerSpec(
                    type, batchSize, steps, carry && type == SamplerSpec.Type.CONSECUTIVE));
  }

  private static Arbitrary<ModelSpec> models() {
    return Combinators.combine(
            Arbitraries.of(Cell.all()),
            Arbitraries.integers().between(1, 5000),
            Arbitraries.integers().between(1, 9),
            Arbitraries.integers().between(1, 5000).injectNull(0.5),
            fractions(),
            Arbitraries.of(true, false))
        .as(
            (cell, hidden, layers, embedding, dropout, bias) ->
                new ModelSpec(
                    cell, hidden, layers, embedding, hidden.equals(embedding), dropout, bias));
  }

  private static Arbitrary<TrainingSpec> trainings() {
    Arbitrary<OptimizerSpec> optimizers =
        Combinators.combine(positive(), fractions(), Arbitraries.integers().between(0, 3))
            .as(
                (rate, fraction, kind) ->
                    switch (kind) {
                      case 0 -> new OptimizerSpec.Sgd(rate, fraction);
                      case 1 -> new OptimizerSpec.Adam(rate, fraction, fraction / 2, rate);
                      case 2 ->
                          new OptimizerSpec.AdamW(
                              new OptimizerSpec.Adam(rate, fraction, fraction / 2, rate), fraction);
                      default -> new OptimizerSpec.RmsProp(rate, fraction, rate);
                    });
    Arbitrary<ScheduleSpec> schedules =
        Arbitraries.of(
            new ScheduleSpec.Constant(),
            new ScheduleSpec.Step(0.5, 3, 7),
            new ScheduleSpec.Plateau(0.1, 4),
            new ScheduleSpec.Cosine(9, 0.1, null),
            new ScheduleSpec.Linear(0, 0, 7));
    return Combinators.combine(
            Arbitraries.integers().between(0, 10_000),
            optimizers,
            positive().injectNull(0.3),
            positive().injectNull(0.3),
            schedules,
            Arbitraries.integers().between(1, 9),
            Arbitraries.integers().between(1, LEAST_BATCH_SIZE),
            Arbitraries.integers().between(1, 50).injectNull(0.5))
        .as(TrainingSpec::new);
  }
}
