package io.github.lyricist.djl;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.backend.Use;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.RecurrentState;
import io.github.lyricist.testkit.Tiny;
import io.github.lyricist.testkit.TrainerContract;
import io.github.lyricist.training.DropoutMasks;
import io.github.lyricist.training.StepResult;
import io.github.lyricist.training.Trainer;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DjlTrainerTest extends TrainerContract {
  @Override
  protected Backend open() {
    return new DjlBackendProvider().open(DeviceRequest.CPU, 2);
  }

  @Test
  void trainsOnAnotherThreadThanTheOneThatLoadedPyTorch() {
    try (Backend backend = open();
        RecurrentModel model = backend.createModel(spec, Tiny.parameters(spec), Use.TRAINING);
        Trainer trainer = backend.createTrainer(model, Tiny.training(0.1));
        RecurrentState state = model.newState(3)) {
      StepResult result =
          CompletableFuture.supplyAsync(
                  () -> trainer.step(Tiny.batch(3, 4, 1), DropoutMasks.NONE, state, 0.5),
                  command -> new Thread(command).start())
              .join();
      assertThat(result.isFinite()).isTrue();
    }
  }
}
