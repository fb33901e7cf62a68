package io.github.lyricist.scratch.reference;

import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.Trace;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.scratch.reference.RecurrentLayers.Position;
import io.github.lyricist.training.DropoutMasks;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A recurrent language model, to be read: one sequence at a time, one time step after the other,
 * forward and then backward through time. The sequences of a batch don't see each other. It keeps
 * nothing but weights, so that several threads may read with it at once.
 */
public final class ReferenceNetwork {
  private final ModelSpec spec;
  private final Weights weights;
  private final Precision precision;
  private final RecurrentCell.Factory factory;
  private final RecurrentLayers layers;
  private final Linear linear;

  /** A network of the project's own cells; takes the parameters over. */
  public ReferenceNetwork(
      ModelSpec spec, int vocabularySize, Parameters initial, Precision precision) {
    this(Weights.of(spec, vocabularySize, initial), precision, RecurrentCell::of);
  }

  ReferenceNetwork(Weights weights, Precision precision, RecurrentCell.Factory factory) {
    this.spec = weights.spec();
    this.weights = weights;
    this.precision = precision;
    this.factory = factory;
    this.layers = new RecurrentLayers(weights, precision, factory);
    this.linear = new Linear(weights, "linear.weight", "linear.bias", precision);
  }

  /** The same weights, not a copy of them, with all that is computed in double precision. */
  ReferenceNetwork inDoublePrecision() {
    return new ReferenceNetwork(weights, Precision.DOUBLE, factory);
  }

  ModelSpec spec() {
    return spec;
  }

  Precision precision() {
    return precision;
  }

  /** The parameters, not a copy: an optimizer changes them. */
  public Weights weights() {
    return weights;
  }

  public NetworkState initialState(int batchSize) {
    return NetworkState.zero(spec, batchSize);
  }

  /**
   * One time step of one sequence, and what comes next.
   *
   * @param state {@code [L]}, advanced
   * @return the logits, {@code double[V]}
   */
  double[] logits(int id, LayerState[] state) {
    return linear.forward(layers.forward(0, id, state, DropoutMasks.NONE).output());
  }

  /** Total cross-entropy of a batch, without dropout; the state advances. */
  double crossEntropy(Batch batch, NetworkState state) {
    double total = 0;
    for (int b = 0; b < batch.batchSize(); b++) {
      for (int t = 0; t < batch.steps(); t++) {
        int index = t * batch.batchSize() + b;
        double[] logits = logits(batch.inputs()[index], state.ofSequence(b));
        total += SoftmaxCrossEntropy.forward(logits, batch.targets()[index]);
      }
    }
    return total;
  }

  /** Reads sequence b of a batch; its state, {@code [L]}, advances by T time steps. */
  private Position[] read(Batch batch, int b, LayerState[] state, DropoutMasks dropout) {
    Position[] positions = new Position[batch.steps()];
    for (int t = 0; t < positions.length; t++) {
      int index = t * batch.batchSize() + b;
      positions[t] = layers.forward(index, batch.inputs()[index], state, dropout);
    }
    return positions;
  }

  /**
   * Total cross-entropy of a batch, and its gradient in every parameter, by truncated
   * backpropagation through time (Williams and Peng, 1990): the state before the first time step is
   * a constant. The state advances.
   *
   * @param predictions what the gradient is divided by
   * @param gradients overwritten
   */
  public double learn(
      Batch batch, DropoutMasks dropout, NetworkState state, long predictions, Weights gradients) {
    gradients.clear();
    double total = 0;
    for (int b = 0; b < batch.batchSize(); b++) {
      Position[] positions = read(batch, b, state.ofSequence(b), dropout);
      total += learn(positions, batch.targets(), dropout, 1.0 / predictions, gradients);
    }
    gradients.round(precision);
    return total;
  }

  /**
   * Through one sequence, backward: adds to the gradients, times {@code scale}. What the loss ℓ of
   * time step t and those of all later ones say about its state comes together in
   *
   * <pre>{@code
   * dL/dh_t = dℓ_t/dh_t · scale + (dh_{t+1}/dh_t)ᵀ dL/dh_{t+1},  dL/dh_{T+1} = 0
   * }</pre>
   *
   * <p>with t from 1 to T. A weight's gradient is the sum over all time steps.
   */
  private double learn(
      Position[] positions, int[] targets, DropoutMasks dropout, double scale, Weights gradients) {
    double total = 0;
    double[][] logits = new double[positions.length][];
    for (int t = 0; t < positions.length; t++) {
      logits[t] = linear.forward(positions[t].output());
      total += SoftmaxCrossEntropy.forward(logits[t], targets[positions[t].index()]);
    }
    LayerState[] later = initialState(1).ofSequence(0); // gradient through later time steps
    for (int t = positions.length - 1; t >= 0; t--) {
      Position at = positions[t];
      double[] dLogits = SoftmaxCrossEntropy.backward(logits[t], targets[at.index()], scale);
      double[] dOutput = linear.backward(at.output(), dLogits, gradients);
      layers.backward(at, dOutput, later, dropout, gradients);
    }
    return total;
  }

  /**
   * The gradient of one logit after the last time step in what each time step read, times what it
   * read; the state advances.
   *
   * @param explained {@code int[B]}: the tokens whose logits they are
   * @return {@code double[T*B]}
   */
  double[] attribution(Batch batch, NetworkState state, int[] explained) {
    double[] attribution = new double[batch.predictions()];
    Weights unused = weights.zeros(); // the gradients in the parameters come along
    for (int b = 0; b < batch.batchSize(); b++) {
      Position[] positions = read(batch, b, state.ofSequence(b), DropoutMasks.NONE);
      LayerState[] later = initialState(1).ofSequence(0);
      double[] dOutput = linear.row(explained[b]);
      for (int t = positions.length - 1; t >= 0; t--) {
        double[] dwx = layers.backward(positions[t], dOutput, later, DropoutMasks.NONE, unused);
        attribution[positions[t].index()] = layers.gradientTimesInput(positions[t], dwx);
        dOutput = new double[spec.hidden()]; // that logit sees no earlier output but by the states
      }
    }
    return attribution;
  }

  /** The states and gates of each layer after each time step; the state advances. */
  Trace trace(Batch batch, NetworkState state) {
    List<Position> positions = new ArrayList<>();
    for (int b = 0; b < batch.batchSize(); b++) {
      positions.addAll(List.of(read(batch, b, state.ofSequence(b), DropoutMasks.NONE)));
    }
    Trace trace = new Trace();
    for (int k = 0; k < spec.layers(); k++) {
      int layer = k;
      for (String name : spec.cell().states()) {
        int s = spec.cell().states().indexOf(name);
        trace.put(
            Trace.state(k, name), values(positions, at -> at.steps()[layer].after().vectors()[s]));
      }
      for (String name : spec.cell().gates()) {
        int g = spec.cell().gates().indexOf(name);
        trace.put(Trace.gate(k, name), values(positions, at -> at.steps()[layer].gates()[g]));
      }
    }
    return trace;
  }

  /** One vector of each position, {@code float[T*B*H]}. */
  private float[] values(List<Position> positions, Function<Position, double[]> vector) {
    float[] values = new float[Math.multiplyExact(positions.size(), spec.hidden())];
    for (Position at : positions) {
      for (int i = 0; i < spec.hidden(); i++) {
        values[at.index() * spec.hidden() + i] = (float) vector.apply(at)[i];
      }
    }
    return values;
  }
}
