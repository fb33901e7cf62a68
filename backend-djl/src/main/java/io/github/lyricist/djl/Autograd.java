package io.github.lyricist.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;

/**
 * PyTorch's automatic differentiation. Whether it records what is computed is a setting of each
 * thread, on at first, which DJL turns off on the thread alone that loads PyTorch. (A gradient
 * collector of DJL's does the same, but the process may have one at a time.)
 */
final class Autograd {
  private Autograd() {}

  /** From now on this thread records nothing, but inside {@link #recording}. */
  static void off() {
    JniUtils.setGradMode(false);
  }

  /** Does what can be differentiated afterwards, with respect to arrays that require gradients. */
  static <T> T recording(Supplier<T> work) {
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(true);
    try {
      return work.get();
    } finally {
      JniUtils.setGradMode(before);
    }
  }

  /**
   * Adds to the gradient of every array that {@code result} was computed from. What belongs to one
   * array is summed up first and then added at once: the sum over several calls is that of the
   * gradients which each call would give alone.
   *
   * @param gradient with respect to the result, of the same shape
   */
  static void backward(NDArray result, NDArray gradient) {
    JniUtils.backward((PtNDArray) result, (PtNDArray) gradient, false, false);
  }

  /**
   * The same memory as an array of its own, which is a constant in what is computed from it.
   *
   * @param owner owns it
   */
  static NDArray constant(NDArray array, NDManager owner) {
    NDArray constant = array.stopGradient();
    constant.attach(owner);
    return constant;
  }
}
