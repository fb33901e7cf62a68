package io.github.lyricist.scratch.fast;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.Use;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.Initialization;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.Session;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.scratch.kernels.KernelChoice;
import io.github.lyricist.scratch.kernels.Kernels;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A model for writing keeps its weights in another form, much of it made where they lay. */
class WritingWeightsTest {

  static Stream<Arguments> models() {
    return Stream.of(KernelChoice.here().kernels(), KernelChoice.plain().kernels())
        .flatMap(
            kernels ->
                Stream.of(
                    // V a multiple of a panel's width, and not; tied; one-hot input that is large
                    Arguments.of(kernels, 128, new ModelSpec(Cell.GRU, 64, 2, 32, false, 0, true)),
                    Arguments.of(kernels, 53, new ModelSpec(Cell.RNN, 61, 2, null, false, 0, true)),
                    Arguments.of(kernels, 128, new ModelSpec(Cell.LSTM, 64, 1, 64, true, 0, true)),
                    Arguments.of(
                        kernels, 4099, new ModelSpec(Cell.LSTM, 256, 1, null, false, 0, true))));
  }

  @ParameterizedTest
  @MethodSource("models")
  void areThoseThatWereGiven(Kernels kernels, int vocabularySize, ModelSpec spec) {
    float[] logits = new float[vocabularySize];
    float[] ofTraining = new float[vocabularySize];
    try (Backend backend = new ScratchBackend(kernels, 2);
        RecurrentModel model =
            backend.createModel(spec, draw(spec, vocabularySize), Use.INFERENCE);
        RecurrentModel trained =
            backend.createModel(spec, draw(spec, vocabularySize), Use.TRAINING);
        Session session = model.newSession(1);
        Session other = trained.newSession(1)) {
      Parameters given = draw(spec, vocabularySize);
      Parameters kept = model.parameters();
      given.forEach((name, values) -> assertThat(kept.get(name)).as(name).isEqualTo(values));
      session.next(new int[] {7}, logits);
      other.next(new int[] {7}, ofTraining);
      assertThat(logits).isEqualTo(ofTraining);
    }
  }

  private static Parameters draw(ModelSpec spec, int vocabularySize) {
    return new Initialization(Initialization.Type.PYTORCH, 0.01)
        .draw(spec, vocabularySize, new RandomStreams(1));
  }
}
