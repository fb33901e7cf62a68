package io.github.lyricist.djl;

import io.github.lyricist.model.Cell;

/**
 * The floats that one layer takes on the CPU: of the first four, so many for each of the T*B*H
 * elements of its output; of the others, so many times its weights W_ih and W_hh.
 *
 * @param stepped what a layer that goes step by step leaves until the end of the step: what is
 *     gathered, its sum with b_ih, {@code W_hh h + b_hh}, and each operator's result
 * @param fused what a fused operator leaves for the way back, its output included
 * @param fusedForward the most that a fused operator takes on the way forward, where nothing is
 *     left for the way back
 * @param fusedBackward the most that it takes besides on the way back
 * @param packedForward copies of the weights in an order of the operator's own
 * @param packedBackward such copies and gradients on the way back
 */
record CellMemory(
    int stepped,
    int fused,
    int fusedForward,
    int fusedBackward,
    int packedForward,
    int packedBackward) {

  static CellMemory of(Cell cell) {
    return switch (cell.name()) {
      case "rnn" -> new CellMemory(6, 2, 3, 2, 0, 1);
      case "gru" -> new CellMemory(20, 8, 5, 3, 0, 1);
      case "lstm" -> new CellMemory(26, 6, 9, 11, 2, 3);
      default -> throw RecurrentCell.unknown(cell);
    };
  }
}
