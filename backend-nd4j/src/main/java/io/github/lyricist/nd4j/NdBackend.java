package io.github.lyricist.nd4j;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.MemoryNeed;
import io.github.lyricist.backend.SquareProduct;
import io.github.lyricist.backend.Use;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.training.Trainer;
import io.github.lyricist.training.TrainingSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J, its libraries loaded. They stay loaded until the process ends. */
final class NdBackend implements Backend, SquareProduct.Source {
  private final int threads;
  private final List<String> notices;
  private boolean closed;

  NdBackend(int threads, List<String> notices) {
    this.threads = threads;
    this.notices = notices;
  }

  @Override
  public String version() {
    return NativeLibraries.version();
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
    RecurrentSequence.of(spec.cell()); // refuses a cell that is not there before anything is taken
    synchronized (NativeLibraries.LOCK) {
      return new NdRecurrentModel(spec, initial, use);
    }
  }

  @Override
  public Trainer createTrainer(RecurrentModel model, TrainingSpec spec) {
    requireOpen();
    synchronized (NativeLibraries.LOCK) {
      return new NdTrainer((NdRecurrentModel) model, spec);
    }
  }

  @Override
  public MemoryNeed memoryNeed(
      ModelSpec spec,
      int vocabularySize,
      int batchSize,
      int steps,
      @Nullable TrainingSpec training) {
    return new NdMemory(spec, vocabularySize, batchSize, steps, threads).need(training);
  }

  @Override
  public SquareProduct squareProduct(int size) {
    requireOpen();
    INDArray a = Nd4j.ones(DataType.FLOAT, size, size);
    INDArray c = Nd4j.createUninitialized(DataType.FLOAT, new long[] {size, size}, 'f');
    return new SquareProduct() {
      @Override
      public void multiply() {
        synchronized (NativeLibraries.LOCK) {
          Nd4j.gemm(a, a, c, false, false, 1, 0);
        }
      }

      @Override
      public void close() {
        a.close();
        c.close();
      }
    };
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the backend is closed");
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
