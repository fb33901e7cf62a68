package io.github.lyricist.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.same.TimesOneMinus;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Long short-term memory (Hochreiter and Schmidhuber, 1997) with a forget gate (Gers, Schmidhuber
 * and Cummins, 2000):
 *
 * <pre>{@code
 * i  = σ(W_ii x + b_ii + W_hi h + b_hi)
 * f  = σ(W_if x + b_if + W_hf h + b_hf)
 * g  = tanh(W_ig x + b_ig + W_hg h + b_hg)
 * o  = σ(W_io x + b_io + W_ho h + b_ho)
 * c' = f ⊙ c + i ⊙ g
 * h' = o ⊙ tanh(c')
 * }</pre>
 */
final class LstmSequence extends RecurrentSequence {
  private static final int I = 0;
  private static final int F = 1;
  private static final int G = 2;
  private static final int O = 3;

  private final States cell;
  private final Series tanhOfCell; // [H, T*B]: of c', kept for the way back alone
  private final INDArray scratch; // [H, B]
  private final Tanh tanh;

  LstmSequence(
      LayerWeights weights, int size, BatchShape shape, boolean learns, NativeArrays owned) {
    super(weights, shape, states(2, size, shape, owned), gates(4, size, shape, owned), owned);
    this.cell = states[1];
    this.tanhOfCell = learns ? owned.series(size, shape) : owned.sharedSeries(size, shape);
    this.scratch = owned.matrix(size, shape.batchSize());
    this.tanh = new Tanh(size, shape, owned);
  }

  @Override
  void forward() {
    for (int g = I; g <= O; g++) {
      addBias(weights.inputBias()[g], 1, gates[g].whole());
      addBias(weights.recurrentBias()[g], 1, gates[g].whole());
    }
    for (int t = 0; t < steps; t++) {
      forward(t);
    }
  }

  private void forward(int t) {
    for (int g = I; g <= O; g++) {
      INDArray sum = gates[g].at()[t];
      weights.addRecurrent(g, hidden.before.at()[t], sum);
      if (g == G) {
        tanh.apply(sum, sum);
      } else {
        Nd4j.exec(new Sigmoid(sum, sum));
      }
    }
    INDArray next = gates[F].at()[t].muli(cell.before.at()[t], cell.after.at()[t]);
    next.addi(gates[I].at()[t].muli(gates[G].at()[t], scratch));
    tanh.apply(next, tanhOfCell.at()[t]);
    gates[O].at()[t].muli(tanhOfCell.at()[t], hidden.after.at()[t]);
  }

  /**
   * With a for what each nonlinearity is taken of:
   *
   * <pre>{@code
   * dL/dc'  = dL/dh' ⊙ o ⊙ (1 − tanh²(c')) + …
   * dL/da_i = dL/dc' ⊙ g ⊙ i ⊙ (1 − i)
   * dL/da_f = dL/dc' ⊙ c ⊙ f ⊙ (1 − f)
   * dL/da_g = dL/dc' ⊙ i ⊙ (1 − g²)
   * dL/da_o = dL/dh' ⊙ tanh(c') ⊙ o ⊙ (1 − o)
   * dL/dc   = dL/dc' ⊙ f
   * }</pre>
   *
   * <p>The factors that don't wait for the step behind are computed first, where the gradients will
   * be.
   */
  @Override
  void backward(BackwardPass backward) {
    factors(backward);
    INDArray inCell = scratch.assign(0); // dL/dc' through later time steps
    for (int t = steps - 1; t >= 0; t--) {
      INDArray inHidden = backward.hidden.at()[t];
      backward.gates[O].at()[t].muli(inHidden);
      inCell.addi(inHidden.muli(tanhOfCell.at()[t]));
      backward.gates[I].at()[t].muli(inCell);
      backward.gates[F].at()[t].muli(inCell);
      backward.gates[G].at()[t].muli(inCell);
      if (t > 0) {
        inCell.muli(gates[F].at()[t]);
        for (int g = I; g <= O; g++) {
          weights.addRecurrentBackward(g, backward.gates[g].at()[t], backward.hidden.at()[t - 1]);
        }
      }
    }
  }

  private void factors(BackwardPass backward) {
    factor(I, gates[G].whole(), backward);
    factor(F, cell.before.whole(), backward);
    factor(O, tanhOfCell.whole(), backward);
    INDArray g = gates[G].whole();
    INDArray inG = backward.gates[G].whole();
    g.muli(g, inG).rsubi(1).muli(gates[I].whole());
    INDArray tanh = tanhOfCell.whole(); // no longer needed itself
    tanh.muli(tanh).rsubi(1).muli(gates[O].whole());
  }

  /** Of the gates that are a σ: {@code σ ⊙ (1 − σ) ⊙ other}. */
  private void factor(int g, INDArray other, BackwardPass backward) {
    Nd4j.exec(new TimesOneMinus(gates[g].whole(), backward.gates[g].whole()));
    backward.gates[g].whole().muli(other);
  }
}
