package io.github.lyricist.onnx;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.model.Cell;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * ONNX's operator for a cell, which computes the same, its gates in another order.
 *
 * @param name of the operator
 * @param order for each of its gates in turn, which of the cell's it is
 */
record RecurrentOperator(String name, List<Integer> order) {

  /**
   * The one for a cell.
   *
   * @throws InvalidInputException if there is none
   */
  static RecurrentOperator of(Cell cell) {
    if (cell.equals(Cell.RNN)) {
      return new RecurrentOperator("RNN", List.of(0));
    }
    if (cell.equals(Cell.GRU)) {
      return new RecurrentOperator("GRU", List.of(1, 0, 2)); // z, r, h
    }
    if (cell.equals(Cell.LSTM)) {
      return new RecurrentOperator("LSTM", List.of(0, 3, 1, 2)); // i, o, f, c
    }
    throw InvalidInputException.at(
        "--format onnx", "ONNX has no cell " + cell.name(), "export a model of rnn, gru or lstm");
  }

  /**
   * A parameter with its blocks of H rows in the operator's order.
   *
   * @param values {@code float[G*H*…]}
   */
  float[] ordered(float... values) {
    float[] ordered = new float[values.length];
    int block = values.length / order.size();
    for (int gate = 0; gate < order.size(); gate++) {
      System.arraycopy(values, order.get(gate) * block, ordered, gate * block, block);
    }
    return ordered;
  }

  Map<String, Object> attributes(int hidden) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("hidden_size", hidden);
    if (name.equals("GRU")) {
      attributes.put("linear_before_reset", 1); // as PyTorch has it
    }
    return attributes;
  }
}
