package io.github.lyricist.nd4j;

import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.same.OneMinus;
import org.nd4j.linalg.api.ops.impl.transforms.same.TimesOneMinus;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The gated recurrent unit (Cho et al., 2014) in PyTorch's form, whose reset gate acts after the
 * product:
 *
 * <pre>{@code
 * r  = σ(W_ir x + b_ir + W_hr h + b_hr)
 * z  = σ(W_iz x + b_iz + W_hz h + b_hz)
 * n  = tanh(W_in x + b_in + r ⊙ q),  q = W_hn h + b_hn
 * h' = (1 − z) ⊙ n + z ⊙ h
 * }</pre>
 *
 * <p>The gates are r, z and n.
 */
final class GruSequence extends RecurrentSequence {
  private static final int R = 0;
  private static final int Z = 1;
  private static final int N = 2;

  private final Series q; // [H, T*B], kept for the way back alone
  private final boolean learns;
  private final INDArray scratch; // [H, B]
  private final Tanh tanh;

  GruSequence(
      LayerWeights weights, int size, BatchShape shape, boolean learns, NativeArrays owned) {
    super(weights, shape, states(1, size, shape, owned), gates(3, size, shape, owned), owned);
    this.learns = learns;
    this.q = learns ? owned.series(size, shape) : owned.sharedSeries(size, shape);
    this.scratch = owned.matrix(size, shape.batchSize());
    this.tanh = new Tanh(size, shape, owned);
  }

  @Override
  void forward() {
    for (int g = R; g <= N; g++) {
      addBias(weights.inputBias()[g], 1, gates[g].whole());
    }
    addBias(weights.recurrentBias()[R], 1, gates[R].whole());
    addBias(weights.recurrentBias()[Z], 1, gates[Z].whole());
    if (learns) {
      addBias(weights.recurrentBias()[N], 0, q.whole());
    }
    for (int t = 0; t < steps; t++) {
      if (!learns) { // q is of one time step, then of the next
        addBias(weights.recurrentBias()[N], 0, q.whole());
      }
      forward(t);
    }
  }

  private void forward(int t) {
    INDArray h = hidden.before.at()[t];
    INDArray r = gates[R].at()[t];
    INDArray z = gates[Z].at()[t];
    INDArray n = gates[N].at()[t];
    weights.addRecurrent(R, h, r);
    weights.addRecurrent(Z, h, z);
    weights.addRecurrent(N, h, q.at()[t]);
    Nd4j.exec(new Sigmoid(r, r));
    Nd4j.exec(new Sigmoid(z, z));
    r.muli(q.at()[t], scratch);
    tanh.apply(n.addi(scratch), n);
    INDArray next = h.subi(n, hidden.after.at()[t]);
    next.muli(z).addi(n); // h' = n + z ⊙ (h − n)
  }

  /**
   * With a for what each nonlinearity is taken of:
   *
   * <pre>{@code
   * dL/da_n = dL/dh' ⊙ (1 − z) ⊙ (1 − n²)
   * dL/da_z = dL/dh' ⊙ (h − n) ⊙ z ⊙ (1 − z)
   * dL/da_r = dL/da_n ⊙ q ⊙ r ⊙ (1 − r)
   * dL/dq   = dL/da_n ⊙ r
   * dL/dh   = dL/dh' ⊙ z + …
   * }</pre>
   *
   * <p>The factors that don't wait for the step behind are computed first, where the gradients will
   * be.
   */
  @Override
  void backward(BackwardPass backward) {
    factors(backward);
    for (int t = steps - 1; t >= 0; t--) {
      INDArray next = backward.hidden.at()[t];
      INDArray inR = backward.gates[R].at()[t];
      INDArray inZ = backward.gates[Z].at()[t];
      INDArray inN = backward.gates[N].at()[t];
      INDArray inQ = q.at()[t];
      inN.muli(next);
      inZ.muli(next);
      inR.muli(inN);
      inN.muli(gates[R].at()[t], inQ);
      if (t > 0) {
        INDArray before = backward.hidden.at()[t - 1];
        before.addi(next.muli(gates[Z].at()[t]));
        weights.addRecurrentBackward(R, inR, before);
        weights.addRecurrentBackward(Z, inZ, before);
        weights.addRecurrentBackward(N, inQ, before);
      }
    }
  }

  private void factors(BackwardPass backward) {
    INDArray z = gates[Z].whole();
    INDArray n = gates[N].whole();
    INDArray inR = backward.gates[R].whole();
    INDArray inZ = backward.gates[Z].whole();
    INDArray inN = backward.gates[N].whole();
    Nd4j.exec(new TimesOneMinus(gates[R].whole(), inR));
    inR.muli(q.whole());
    Nd4j.exec(new TimesOneMinus(z, inZ));
    hidden.before.whole().subi(n, inN); // a place to keep it for a moment
    inZ.muli(inN);
    n.muli(n, inN).rsubi(1);
    Nd4j.exec(new OneMinus(z, n)); // n is no longer needed
    inN.muli(n);
  }

  @Override
  Optional<Series> apartFromInput(int g) {
    return g == N ? Optional.of(q) : Optional.empty();
  }
}
