package io.github.lyricist.consistency.fault;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.scratch.fast.ScratchOnKernels;
import io.github.lyricist.scratch.kernels.FaultyKernels;
import io.github.lyricist.training.OptimizerSpec.Adam;
import java.util.Arrays;

/** What may be wrong with an engine, planted into {@code scratch}. */
public enum Fault {
  /** One weight tensor's gradient is times 1.001. */
  GRADIENT {
    @Override
    Backend plant(Backend healthy) {
      return new FaultyBackend(
          healthy,
          (model, spec) ->
              new FaultyTrainer(model, spec, healthy) {
                @Override
                void spoil(Parameters gradient) {
                  float[] values = gradient.get("rnn.weight_hh_l0");
                  for (int i = 0; i < values.length; i++) {
                    values[i] *= 1.001f;
                  }
                }
              });
    }
  },
  /** Adam adds ε to √v, not to √v̂: the form that folds the correction into the rate. */
  EPSILON {
    @Override
    Backend plant(Backend healthy) {
      return new FaultyBackend(
          healthy,
          (model, spec) ->
              new FaultyTrainer(model, spec, healthy) {
                @Override
                Adam spoil(Adam adam, long step) {
                  return new Adam(
                      adam.learningRate(),
                      adam.beta1(),
                      adam.beta2(),
                      adam.epsilon() / adam.rootCorrection(step));
                }
              });
    }
  },
  /** A bias that is never trained. */
  BIAS {
    @Override
    Backend plant(Backend healthy) {
      return new FaultyBackend(
          healthy,
          (model, spec) ->
              new FaultyTrainer(model, spec, healthy) {
                @Override
                void spoil(Parameters gradient) {
                  Arrays.fill(gradient.get("rnn.bias_ih_l0"), 0);
                }
              });
    }
  },
  /** A tanh that is wrong by 1e-4. */
  TANH {
    @Override
    Backend plant(Backend healthy) {
      healthy.close();
      return ScratchOnKernels.open(new FaultyKernels(1e-4f), 2);
    }
  };

  abstract Backend plant(Backend healthy);

  /** The engine with this fault. */
  public Backend open() {
    return plant(BackendRegistry.installed().get("scratch").open(DeviceRequest.CPU, 2));
  }
}
