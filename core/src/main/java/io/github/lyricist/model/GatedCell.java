package io.github.lyricist.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One of PyTorch's cells: for each gate H rows of weights for the input and for the hidden state.
 */
record GatedCell(String name, List<String> gates, List<String> states) implements Cell {
  @Override
  public Map<String, Shape> parameters(int layer, int inputs, int hidden) {
    int rows = Math.multiplyExact(gates.size(), hidden);
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.put("rnn.weight_ih_l" + layer, new Shape(rows, inputs));
    shapes.put("rnn.weight_hh_l" + layer, new Shape(rows, hidden));
    shapes.put("rnn.bias_ih_l" + layer, new Shape(rows));
    shapes.put("rnn.bias_hh_l" + layer, new Shape(rows));
    return shapes;
  }

  @Override
  public String toString() {
    return name;
  }
}
