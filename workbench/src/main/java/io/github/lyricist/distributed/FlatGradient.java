package io.github.lyricist.distributed;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.Shape;
import java.util.LinkedHashMap;
import java.util.Map;

/** A gradient as one array, its parameters one behind the other. */
final class FlatGradient {
  private final Map<String, Shape> shapes = new LinkedHashMap<>();
  private final int length;

  /**
   * @param like a gradient of the model
   * @throws InvalidInputException if an array can't hold it
   */
  FlatGradient(Parameters like) {
    like.names().forEach(name -> shapes.put(name, like.shape(name)));
    if (like.count() > Integer.MAX_VALUE - 8) {
      throw InvalidInputException.at(
          "--workers",
          "the model has %,d parameters, the limit is %,d"
              .formatted(like.count(), Integer.MAX_VALUE - 8),
          "lower model.hidden, or train with one process");
    }
    this.length = (int) like.count();
  }

  /** How many elements it has. */
  int length() {
    return length;
  }

  /** Copies a gradient into an array. */
  void copy(Parameters gradient, float[] to) {
    int at = 0;
    for (String name : shapes.keySet()) {
      float[] values = gradient.get(name);
      System.arraycopy(values, 0, to, at, values.length);
      at += values.length;
    }
  }

  /** The gradient that an array holds. */
  Parameters of(float[] from) {
    Parameters gradient = new Parameters();
    int at = 0;
    for (Map.Entry<String, Shape> entry : shapes.entrySet()) {
      float[] values = new float[(int) entry.getValue().size()];
      System.arraycopy(from, at, values, 0, values.length);
      gradient.put(entry.getKey(), entry.getValue(), values);
      at += values.length;
    }
    return gradient;
  }
}
