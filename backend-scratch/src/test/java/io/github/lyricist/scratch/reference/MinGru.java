package io.github.lyricist.scratch.reference;

import io.github.lyricist.model.Cell;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a minGRU is made of: no weight of it reads the hidden state. */
record MinGru() implements Cell {
  @Override
  public String name() {
    return "mingru";
  }

  @Override
  public List<String> gates() {
    return List.of("z", "candidate");
  }

  @Override
  public List<String> states() {
    return List.of(HiddenState.HIDDEN);
  }

  @Override
  public Map<String, Shape> parameters(int layer, int inputs, int hidden) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.put("rnn.weight_ih_l" + layer, new Shape(2 * hidden, inputs));
    shapes.put("rnn.bias_ih_l" + layer, new Shape(2 * hidden));
    return shapes;
  }
}
