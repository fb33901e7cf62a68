package io.github.lyricist.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import io.github.lyricist.backend.Use;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.Session;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.testkit.Tiny;
import io.github.lyricist.training.Trainer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A state lives as long as a run: what it owns must not grow from step to step. */
class DjlStateTest {
  private final Engine engine = NativeLibraries.onClassPath().load(1, notice -> {});

  static Stream<ModelSpec> architectures() {
    return Tiny.architectures();
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void ownsItsArraysAndNothingOfTheStepsThatChangedThem(ModelSpec spec) {
    Batch batch = Tiny.batch(3, 4, 1);
    try (NDManager base = engine.newBaseManager(Device.cpu());
        DjlBackend backend = new DjlBackend(engine, "", Device.cpu(), List.of());
        RecurrentModel model = backend.createModel(spec, Tiny.parameters(spec), Use.TRAINING);
        Trainer trainer = backend.createTrainer(model, Tiny.training(0.1));
        NDManager manager = base.newSubManager();
        DjlState state = new DjlState(spec, 3, manager)) {
      int arrays = spec.layers() * spec.cell().states().size();
      assertThat(manager.getManagedArrays()).hasSize(arrays);
      trainer.step(batch, Tiny.dropout(spec, batch, 1), state, 0.1);
      assertThat(manager.getManagedArrays()).hasSize(arrays);
      HiddenState copy = state.copy();
      state.select(2, 0);
      state.clear();
      state.set(copy);
      assertThat(manager.getManagedArrays()).hasSize(arrays);
    }
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void aModelOwnsNothingOfWhatItsSessionsTracesAndAttributionsComputed(ModelSpec spec) {
    Batch batch = Tiny.batch(3, 4, 1);
    try (NDManager base = engine.newBaseManager(Device.cpu());
        NDManager manager = base.newSubManager();
        RecurrentModel model =
            new DjlRecurrentModel(manager, spec, Tiny.parameters(spec), Use.INFERENCE)) {
      int arrays = manager.getManagedArrays().size();
      try (Session session = model.newSession(3)) {
        session.evaluate(batch);
        model.trace(batch, session.state());
        model.attribution(batch, session.state(), new int[3]);
      }
      model.parameters();
      assertThat(manager.getManagedArrays()).hasSize(arrays);
    }
  }
}
