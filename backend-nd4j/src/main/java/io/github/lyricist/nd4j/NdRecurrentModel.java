package io.github.lyricist.nd4j;

import io.github.lyricist.model.Evaluation;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.sampling.Batch;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/** A recurrent language model of one layer on one-hot input. */
final class NdRecurrentModel implements RecurrentModel {
  private final NdWeights weights;
  private final RnnSequence sequence;
  private final OutputLayer output;
  private @Nullable Activations latest; // of the batch shape seen last
  private boolean closed;

  NdRecurrentModel(ModelSpec spec, Parameters initial) {
    int vocabularySize = initial.shape("linear.weight").dimension(0);
    initial.requireShapes(spec.shapes(vocabularySize));
    this.weights = new NdWeights(spec, vocabularySize);
    weights.load(initial);
    this.sequence = new RnnSequence(weights);
    this.output = new OutputLayer(weights);
  }

  @Override
  public ModelSpec spec() {
    return weights().spec();
  }

  @Override
  public int vocabularySize() {
    return weights().vocabularySize();
  }

  /** The parameters, not a copy: an optimizer changes them. */
  NdWeights weights() {
    if (closed) {
      throw new IllegalStateException("the model is closed");
    }
    return weights;
  }

  RnnSequence sequence() {
    return sequence;
  }

  OutputLayer output() {
    return output;
  }

  @Override
  public Parameters parameters() {
    return weights().toParameters(name -> true);
  }

  @Override
  public Evaluation evaluate(Batch batch, HiddenState state) {
    Activations activations = forward(batch.inputs(), state);
    double total = output.crossEntropy(batch.targets(), activations);
    return new Evaluation(total, batch.predictions());
  }

  @Override
  public void nextLogits(int[] ids, HiddenState state, float[] logits) {
    Activations activations = forward(ids, state);
    new FloatPointer(activations.logits.data().pointer()).get(logits, 0, logits.length);
  }

  /** From token ids, {@code int[T*B]}, to logits; the state goes on. */
  Activations forward(int[] ids, HiddenState state) {
    weights();
    Activations activations = activations(state.batchSize(), ids.length / state.batchSize());
    activations.takeState(state);
    sequence.forward(ids, activations);
    output.forward(activations);
    activations.leaveState(state);
    return activations;
  }

  private Activations activations(int batchSize, int steps) {
    Activations activations = latest;
    if (activations == null || !activations.areFor(batchSize, steps)) {
      free();
      activations = new Activations(batchSize, steps, spec().hidden(), vocabularySize());
      latest = activations;
    }
    return activations;
  }

  private void free() {
    if (latest != null) {
      latest.close();
      latest = null;
    }
  }

  @Override
  public void close() {
    closed = true;
    free();
    output.close();
    weights.close();
  }
}
