package io.github.lyricist.testkit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.Use;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.RecurrentState;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.training.DropoutMasks;
import io.github.lyricist.training.OptimizerSpec;
import io.github.lyricist.training.OptimizerSpec.Adam;
import io.github.lyricist.training.OptimizerSpec.AdamW;
import io.github.lyricist.training.OptimizerSpec.RmsProp;
import io.github.lyricist.training.OptimizerSpec.Sgd;
import io.github.lyricist.training.OptimizerState;
import io.github.lyricist.training.Trainer;
import io.github.lyricist.training.TrainingSpec;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every engine's optimizers keep: PyTorch's formulas, element by element. */
public abstract class OptimizerContract {
  private static final ModelSpec MODEL = Tiny.model(Cell.LSTM, true);
  private static final int STEPS = 4;
  private static final double LEARNING_RATE = 0.05; // of the later steps half of it

  /** The engine on the CPU. */
  protected abstract Backend open();

  /** One element's parameter, with what an optimizer remembers of it. */
  private static final class Element {
    private double weight;
    private double momentum; // or the mean of the gradient
    private double square; // the mean of the gradient's square

    void step(OptimizerSpec optimizer, double g, double learningRate, int t) {
      if (optimizer instanceof Sgd sgd) {
        momentum = sgd.momentum() * momentum + g;
        weight -= learningRate * momentum;
      } else if (optimizer instanceof AdamW adamW) {
        weight -= learningRate * adamW.weightDecay() * weight;
        step(adamW.adam(), g, learningRate, t);
      } else if (optimizer instanceof Adam adam) {
        momentum = adam.beta1() * momentum + (1 - adam.beta1()) * g;
        square = adam.beta2() * square + (1 - adam.beta2()) * g * g;
        double mean = momentum / (1 - Math.pow(adam.beta1(), t));
        double meanSquare = square / (1 - Math.pow(adam.beta2(), t));
        weight -= learningRate * mean / (Math.sqrt(meanSquare) + adam.epsilon());
      } else if (optimizer instanceof RmsProp rmsProp) {
        square = rmsProp.alpha() * square + (1 - rmsProp.alpha()) * g * g;
        weight -= learningRate * g / (Math.sqrt(square) + rmsProp.epsilon());
      }
    }
  }

  static Stream<Arguments> trainings() {
    return Stream.of(
            new Sgd(1, 0),
            new Sgd(1, 0.9),
            new Adam(1, 0.9, 0.999, 1e-3),
            new Adam(1, 0.5, 0.9, 1e-8),
            new AdamW(new Adam(1, 0.9, 0.99, 1e-3), 0.5),
            new RmsProp(1, 0.99, 1e-3))
        .flatMap(
            optimizer ->
                Stream.of(
                    Arguments.of(optimizer, Tiny.training(optimizer, null, null)),
                    Arguments.of(optimizer, Tiny.training(optimizer, 0.1, null)),
                    Arguments.of(optimizer, Tiny.training(optimizer, 0.1, 0.004)),
                    Arguments.of(optimizer, Tiny.training(optimizer, null, 0.02))));
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void stepsAsPyTorchDoes(OptimizerSpec optimizer, TrainingSpec training) {
    Parameters initial = Tiny.parameters(MODEL);
    Map<String, Element[]> expected = new TreeMap<>();
    initial.forEach((name, value) -> expected.put(name, elements(value)));
    Batch batch = Tiny.batch(3, 4, 1);
    try (Backend backend = open();
        RecurrentModel model = backend.createModel(MODEL, initial, Use.TRAINING);
        Trainer trainer = backend.createTrainer(model, training)) {
      for (int t = 1; t <= STEPS; t++) {
        HiddenState zero = HiddenState.zero(MODEL, 3);
        double learningRate = t == 1 ? LEARNING_RATE : LEARNING_RATE / 2;
        Parameters gradients = Gradients.of(model, trainer, batch, DropoutMasks.NONE, zero);
        RecurrentState state = model.newState(3);
        double norm = trainer.step(batch, DropoutMasks.NONE, state, learningRate).gradientNorm();
        state.close();
        for (String name : gradients.names()) {
          step(
              requireNonNull(expected.get(name)),
              gradients.get(name),
              training,
              norm,
              learningRate,
              t);
        }
        assertClose(model.parameters(), expected);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void goesOnFromWhatAnotherOneKnew(OptimizerSpec optimizer, TrainingSpec training) {
    Batch batch = Tiny.batch(3, 4, 1);
    try (Backend backend = open();
        RecurrentModel first = backend.createModel(MODEL, Tiny.parameters(MODEL), Use.TRAINING);
        Trainer before = backend.createTrainer(first, training);
        RecurrentState state = first.newState(3)) {
      before.step(batch, DropoutMasks.NONE, state, LEARNING_RATE);
      before.step(batch, DropoutMasks.NONE, state, LEARNING_RATE);
      OptimizerState known = before.optimizerState();
      assertThat(known.steps()).isEqualTo(2);
      assertThat(known.remembered().keySet()).containsExactlyElementsOf(optimizer.remembered());
      known
          .remembered()
          .values()
          .forEach(
              memory ->
                  assertThat(memory.names())
                      .containsExactlyInAnyOrderElementsOf(
                          first.parameters().names().stream().filter(MODEL::isTrained).toList()));
      try (RecurrentModel second = backend.createModel(MODEL, first.parameters(), Use.TRAINING);
          Trainer after = backend.createTrainer(second, training);
          RecurrentState sameState = second.newState(3)) {
        sameState.set(state.copy());
        after.restore(known);
        for (int i = 0; i < STEPS; i++) {
          before.step(batch, DropoutMasks.NONE, state, LEARNING_RATE);
          after.step(batch, DropoutMasks.NONE, sameState, LEARNING_RATE);
        }
        Parameters expected = first.parameters();
        second
            .parameters()
            .forEach((name, values) -> assertThat(values).as(name).isEqualTo(expected.get(name)));
      }
    }
  }

  private static Element[] elements(float[] values) {
    Element[] elements = new Element[values.length];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = new Element();
      elements[i].weight = values[i];
    }
    return elements;
  }

  private static void step(
      Element[] elements,
      float[] gradient,
      TrainingSpec training,
      double norm,
      double learningRate,
      int t) {
    for (int i = 0; i < elements.length; i++) {
      double g = gradient[i] * training.clipFactor(norm);
      Double most = training.clipValue();
      double clipped = most == null ? g : Math.max(-most, Math.min(most, g));
      elements[i].step(training.optimizer(), clipped, learningRate, t);
    }
  }

  private static void assertClose(Parameters actual, Map<String, Element[]> expected) {
    expected.forEach(
        (name, elements) -> {
          for (int i = 0; i < elements.length; i++) {
            assertThat((double) actual.get(name)[i])
                .as("%s[%d]", name, i)
                .isCloseTo(elements[i].weight, within(2e-6 + 1e-5 * Math.abs(elements[i].weight)));
          }
        });
  }
}
