package io.github.lyricist.scratch.kernels;

/**
 * What a cell computes in one time step of one sequence between the matrix products: from the sums
 * that its gates are taken of to the next hidden state, and back. {@code
 * io.github.lyricist.scratch.reference} has the formulas, with their sources.
 *
 * <p>A sequence keeps one row of {@link #width}·H floats for each time step, and for the state
 * before the first. Forward, the row's sums are replaced by what the way back needs; backward, that
 * is replaced by the gradient in the sums.
 */
public interface CellArithmetic {
  /** How many times H floats a row has. */
  int width();

  /**
   * Where in a row, in times H floats, the sums stand that {@code W_hh h} is added to, and later
   * their gradient; those from the input always stand at 0.
   */
  int recurrentSums();

  /**
   * Where in a row, in times H floats, the states stand that are carried beside the hidden one, in
   * the order of {@link io.github.lyricist.model.Cell#states}.
   */
  default int[] carried() {
    return new int[0];
  }

  /**
   * Whether a row begins with the G gates after the way forward; otherwise the one gate is the
   * hidden state itself.
   */
  boolean keepsGates();

  /**
   * One time step forward.
   *
   * @param rows holds this step's row at {@code row}, and the row of the step before at {@code
   *     rowBefore}
   * @param hidden {@code float[H]} at {@code to}, written; h of the step before at {@code before}
   * @param size H
   */
  void forward(float[] rows, int row, int rowBefore, float[] hidden, int to, int before, int size);

  /**
   * One time step backward.
   *
   * @param rows as forward left them; this row becomes the gradient in its sums
   * @param hidden as forward left it
   * @param gradient the gradient in the hidden state, laid out as {@code hidden}: that at {@code
   *     to} is read; to that at {@code before} is added what does not pass through {@code W_hh}
   */
  void backward(
      float[] rows,
      int row,
      int rowBefore,
      float[] hidden,
      float[] gradient,
      int to,
      int before,
      int size);
}
