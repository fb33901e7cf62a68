package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.corpus.CorpusSpec;
import io.github.lyricist.corpus.CorpusSpec.Tokens;
import io.github.lyricist.corpus.HeldOut;
import io.github.lyricist.experiment.Experiment;
import io.github.lyricist.experiment.TrainedModel;
import io.github.lyricist.generation.Decoding;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.run.SavedModel;
import io.github.lyricist.sampling.SamplerSpec;
import io.github.lyricist.training.OptimizerSpec;
import io.github.lyricist.training.TrainingEvent;
import io.github.lyricist.training.TrainingListener;
import io.github.lyricist.training.TrainingSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A model trained on texts in memory is the one that a run on the same texts in files gives. */
class LearningInMemoryTest {
  private static final List<String> TEXTS =
      List.of("row, row, row your boat\n".repeat(8), "gently down the stream\n".repeat(8));
  private static final ExperimentSpec SPEC =
      ExperimentSpec.DEFAULT
          .withThreads(1)
          .withModel(ModelSpec.DEFAULT.withCell(Cell.GRU).withHidden(12).withEmbedding(5))
          .withSampler(SamplerSpec.DEFAULT.withBatchSize(3).withSteps(7))
          .withTraining(
              TrainingSpec.DEFAULT.withEpochs(3).withOptimizer(OptimizerSpec.Adam.DEFAULT))
          .withPreview(ExperimentSpec.DEFAULT.preview().withEvery(0));

  @TempDir
  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  @ParameterizedTest
  @EnumSource
  void theParametersAreThoseOfARun(Tokens tokens) throws IOException {
    CorpusSpec corpus =
        CorpusSpec.DEFAULT
            .withNewlines(CorpusSpec.Newlines.KEEP)
            .withTokens(tokens, tokens == Tokens.BPE ? 260 : null, 1)
            .withValidation(new HeldOut.Share(tokens == Tokens.WORD ? 0 : 0.2));
    ExperimentSpec spec = SPEC.withCorpus(corpus);
    Path run = folder.resolve("run");
    List<String> files = new ArrayList<>();
    for (String text : TEXTS) {
      files.add(Files.writeString(folder.resolve(files.size() + ".txt"), text).toString());
    }
    new Experiment(spec.withCorpus(corpus.withSources(files))).run(run);
    try (TrainedModel model = new Experiment(spec).learn(TEXTS)) {
      Parameters learned = model.model().parameters();
      Parameters kept = SavedModel.open(run).parameters();
      assertThat(learned.names()).isEqualTo(kept.names());
      learned.names().forEach(name -> assertThat(learned.get(name)).isEqualTo(kept.get(name)));
      assertThat(model.tokenizer().identity())
          .isEqualTo(SavedModel.open(run).tokenizer().identity());
    }
  }

  @Test
  void theBestByValidationAreKept() {
    ExperimentSpec spec =
        SPEC.withCorpus(CorpusSpec.DEFAULT.withValidation(new HeldOut.Share(0.2)))
            .withTraining(
                SPEC.training().withEpochs(40).withOptimizer(new OptimizerSpec.Sgd(1, 0)));
    List<Double> perplexities = new ArrayList<>();
    try (TrainedModel model =
        experiment(
                spec,
                event -> {
                  if (event instanceof TrainingEvent.Validated validated) {
                    perplexities.add(validated.perplexity());
                  }
                })
            .learn(List.of("abcabcab".repeat(40) + "zyxzyx".repeat(14)))) {
      double best = perplexities.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
      assertThat(best).isLessThan(perplexities.get(perplexities.size() - 1));
      assertThat(model.model().parameters().areFinite()).isTrue();
    }
    assertThat(perplexities).hasSize(40);
  }

  private static Experiment experiment(ExperimentSpec spec, TrainingListener listener) {
    return new Experiment(spec, BackendRegistry.installed(), listener, () -> false);
  }

  @Test
  void whatWasSavedWritesTheSame() {
    Path file = folder.resolve("model.safetensors");
    String learned;
    double perplexity;
    try (TrainedModel model = new Experiment(SPEC).learn(TEXTS)) {
      learned = model.generate("row", 50, Decoding.sampling(1), 7);
      perplexity = model.evaluate("row your boat").perplexity();
      model.save(file);
    }
    assertThat(learned).startsWith("row").hasSize(53);
    try (TrainedModel model = TrainedModel.open(file)) {
      assertThat(model.generate("row", 50, Decoding.sampling(1), 7)).isEqualTo(learned);
      assertThat(model.generate("row", 50, Decoding.sampling(1), 8)).isNotEqualTo(learned);
      assertThat(model.evaluate("row your boat").perplexity()).isEqualTo(perplexity);
    }
    try (TrainedModel model =
        TrainedModel.open(file, BackendRegistry.installed(), "reference", DeviceRequest.AUTO, 1)) {
      assertThat(model.generate("row", 50, Decoding.sampling(1), 7)).isEqualTo(learned);
    }
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> new Experiment(SPEC).learn(List.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("no text was given; give one at least");
    assertThatThrownBy(() -> new Experiment(SPEC).learn(List.of("short")))
        .hasMessageStartingWith("the text given: the corpus has 5 characters, but one batch of 3");
    try (TrainedModel model = new Experiment(SPEC).learn(TEXTS)) {
      assertThatThrownBy(() -> model.generate("row Q", 5, Decoding.GREEDY, 1))
          .hasMessage(
              "the model does not know the character 'Q' (U+0051) of the prefix 'row Q';"
                  + " use what stands in the text that it was trained on");
      assertThatThrownBy(() -> model.generate("", 5, Decoding.GREEDY, 1))
          .hasMessage("it is empty; give at least one character");
      assertThatThrownBy(() -> model.evaluate("Q"))
          .hasMessageContaining("the text has characters that the model does not know");
    }
  }
}
