package io.github.lyricist.config;

import io.github.lyricist.config.yaml.JsonLine;
import io.github.lyricist.config.yaml.Place;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/** The values that a key of the configuration takes in a sweep. */
public sealed interface Dimension {
  /** Where it stands, for error messages. */
  Place place();

  /** Draws one of them, as JSON. */
  String draw(UniformRandomProvider random);

  /**
   * Some values, each as likely as another.
   *
   * @param values as JSON
   */
  record Choice(Place place, List<String> values) implements Dimension {
    public Choice {
      values = List.copyOf(values);
    }

    @Override
    public String draw(UniformRandomProvider random) {
      return values.get(random.nextInt(values.size()));
    }
  }

  /**
   * All numbers between two.
   *
   * @param low the least
   * @param high the greatest
   * @param logarithmic whether equal ratios, not equal differences, are equally likely
   * @param whole whether only whole numbers are meant, as where both ends are written as such
   */
  record Range(Place place, double low, double high, boolean logarithmic, boolean whole)
      implements Dimension {
    /** More would be false precision, and harder to read and to type. */
    private static final MathContext DIGITS = new MathContext(4);

    @Override
    public String draw(UniformRandomProvider random) {
      if (!whole) {
        double number = between(low, high, random.nextDouble());
        double rounded = new BigDecimal(number).round(DIGITS).doubleValue();
        return JsonLine.of(Math.max(low, Math.min(high, rounded)));
      }
      double number = between(low - 0.5, high + 0.5, random.nextDouble());
      return "" + Math.round(Math.max(low, Math.min(high, number)));
    }

    private double between(double low, double high, double share) {
      return logarithmic ? low * Math.pow(high / low, share) : low + share * (high - low);
    }
  }
}
