package io.github.lyricist.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.lyricist.RunFailedException;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** PyTorch on one device. Its libraries stay loaded until the process ends. */
final class DjlBackend implements Backend, SquareProduct.Source {
  private final String version;
  private final Device device;
  private final List<String> notices;
  private final NDManager manager;

  DjlBackend(Engine engine, String version, Device device, List<String> notices) {
    this.version = version;
    this.device = device;
    this.notices = notices;
    this.manager = engine.newBaseManager(device);
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public String device() {
    return device.isGpu() ? "cuda:" + device.getDeviceId() : "cpu";
  }

  @Override
  public List<String> notices() {
    return notices;
  }

  @Override
  public RecurrentModel createModel(ModelSpec spec, Parameters initial, Use use) {
    requireOpen();
    NDManager ofModel = manager.newSubManager();
    try {
      return onPyTorch(() -> new DjlRecurrentModel(ofModel, spec, initial, use));
    } catch (RuntimeException | Error e) {
      ofModel.close();
      throw e;
    }
  }

  @Override
  public Trainer createTrainer(RecurrentModel model, TrainingSpec spec) {
    requireOpen();
    return onPyTorch(() -> new DjlTrainer((DjlRecurrentModel) model, spec));
  }

  @Override
  public MemoryNeed memoryNeed(
      ModelSpec spec,
      int vocabularySize,
      int batchSize,
      int steps,
      @Nullable TrainingSpec training) {
    return new DjlMemory(spec, vocabularySize, batchSize, steps, device).need(training);
  }

  @Override
  public SquareProduct squareProduct(int size) {
    requireOpen();
    NDManager scope = manager.newSubManager();
    NDArray a = scope.ones(new Shape(size, size));
    return new SquareProduct() {
      @Override
      public void multiply() {
        try (NDArray product = a.matMul(a)) {
          product.getFloat(0, 0); // waits for a GPU
        }
      }

      @Override
      public void close() {
        scope.close();
      }
    };
  }

  /**
   * Does what PyTorch computes with.
   *
   * @throws RunFailedException if PyTorch can't, being out of memory above all
   */
  static <T> T onPyTorch(Supplier<T> work) {
    try {
      return work.get();
    } catch (EngineException e) {
      throw PyTorchFailure.of(e);
    }
  }

  /** The same without a result. */
  static void doOnPyTorch(Runnable work) {
    onPyTorch(
        () -> {
          work.run();
          return work;
        });
  }

  private void requireOpen() {
    if (!manager.isOpen()) {
      throw new IllegalStateException("the backend is closed");
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
