package io.github.lyricist.scratch.fast;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.MemoryNeed;
import io.github.lyricist.backend.SquareProduct;
import io.github.lyricist.backend.Use;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.scratch.PlainJava;
import io.github.lyricist.scratch.kernels.Kernels;
import io.github.lyricist.scratch.kernels.Matrix;
import io.github.lyricist.scratch.kernels.PackedMatrix;
import io.github.lyricist.training.Trainer;
import io.github.lyricist.training.TrainingSpec;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The kernels, and the threads that run them. */
final class ScratchBackend implements Backend, SquareProduct.Source {
  private final Kernels kernels;
  private final Workers workers;
  private final List<String> notices;
  private boolean closed;

  ScratchBackend(Kernels kernels, int threads, String... notices) {
    this.kernels = kernels;
    this.workers = new Workers(threads);
    this.notices = List.of(notices);
  }

  @Override
  public String version() {
    return PlainJava.version() + " (" + kernels.description() + ")";
  }

  @Override
  public String device() {
    return "cpu";
  }

  @Override
  public List<String> notices() {
    return notices;
  }

  @Override
  public RecurrentModel createModel(ModelSpec spec, Parameters initial, Use use) {
    requireOpen();
    Products products = new Products(kernels, workers);
    return new ScratchRecurrentModel(
        new NetworkWeights(spec, initial, use, kernels, products), workers);
  }

  @Override
  public Trainer createTrainer(RecurrentModel model, TrainingSpec spec) {
    requireOpen();
    return new ScratchTrainer((ScratchRecurrentModel) model, spec);
  }

  @Override
  public MemoryNeed memoryNeed(
      ModelSpec spec,
      int vocabularySize,
      int batchSize,
      int steps,
      @Nullable TrainingSpec training) {
    return new ScratchMemory(spec, vocabularySize, batchSize, steps, kernels).need(training);
  }

  @Override
  public SquareProduct squareProduct(int size) {
    requireOpen();
    Products products = new Products(kernels, workers);
    Matrix a = Matrix.of(ones(size), 0, size, size);
    Matrix c = Matrix.of(new float[size * size], 0, size, size);
    PackedMatrix b = products.packed(size, size);
    return new SquareProduct() {
      @Override
      public void multiply() {
        products.pack(a, b);
        products.multiply(a, b, c);
      }

      @Override
      public void close() {}
    };
  }

  private static float[] ones(int size) {
    float[] ones = new float[size * size];
    Arrays.fill(ones, 1);
    return ones;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the backend is closed");
    }
  }

  @Override
  public void close() {
    closed = true;
    workers.close();
  }
}
