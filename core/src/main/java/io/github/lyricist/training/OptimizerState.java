package io.github.lyricist.training;

import io.github.lyricist.model.Parameters;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an optimizer knows between two steps. A plain copy: no engine's memory is behind it.
 *
 * @param steps how many it has taken
 * @param remembered for each of {@link OptimizerSpec#remembered}, an array for every trained
 *     parameter, by that parameter's name and in its shape
 */
public record OptimizerState(long steps, Map<String, Parameters> remembered) {
  public OptimizerState {
    remembered = new LinkedHashMap<>(remembered);
  }

  /** What it remembers by this name. */
  public Parameters get(String name) {
    Parameters parameters = remembered.get(name);
    if (parameters == null) {
      throw new IllegalArgumentException("no '" + name + "' among " + remembered.keySet());
    }
    return parameters;
  }
}
