package io.github.lyricist.model;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.random.RandomStreams.Purpose;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * How the parameters are drawn before training.
 *
 * @param type the distribution
 * @param scale standard deviation of {@link Type#NORMAL}, bound of {@link Type#UNIFORM}
 */
public record Initialization(Type type, double scale) {

  public static final Initialization DEFAULT = new Initialization(Type.NORMAL, 0.01);

  /** The ways of drawing. */
  public enum Type {
    /** Weights from N(0, scale²), biases zero. */
    NORMAL,
    /** Weights and biases uniform in ±scale. */
    UNIFORM,
    /** Uniform in ±1/√H, the embedding from N(0, 1): PyTorch's own defaults. */
    PYTORCH
  }

  public Initialization {
    if (!(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
      throw InvalidInputException.ofKey(
          "initScale", "found " + scale, "expected a standard deviation or a bound above 0");
    }
  }

  /** Draws the parameters of a model; each tensor has a random stream of its own. */
  public Parameters draw(ModelSpec spec, int vocabularySize, RandomStreams random) {
    Parameters parameters = new Parameters();
    spec.shapes(vocabularySize)
        .forEach(
            (name, shape) -> {
              float[] value = new float[Math.toIntExact(shape.size())];
              if (spec.isTrained(name)) {
                int index = parameters.names().size();
                fill(name, value, spec, random.stream(Purpose.INITIAL_PARAMETERS, index));
              }
              parameters.put(name, shape, value);
            });
    if (spec.tieWeights()) {
      float[] shared = parameters.get("embedding.weight");
      parameters.put("linear.weight", parameters.shape("linear.weight"), shared.clone());
    }
    return parameters;
  }

  private void fill(String name, float[] value, ModelSpec spec, UniformRandomProvider random) {
    if (type == Type.NORMAL) {
      if (!name.contains("bias")) {
        normal(value, scale, random);
      }
    } else if (type == Type.UNIFORM) {
      uniform(value, scale, random);
    } else if (name.startsWith("embedding")) {
      normal(value, 1, random);
    } else {
      uniform(value, 1 / Math.sqrt(spec.hidden()), random);
    }
  }

  private static void uniform(float[] value, double bound, UniformRandomProvider random) {
    for (int i = 0; i < value.length; i++) {
      value[i] = (float) random.nextDouble(-bound, bound);
    }
  }

  private static void normal(float[] value, double deviation, UniformRandomProvider random) {
    ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
    for (int i = 0; i < value.length; i++) {
      value[i] = (float) (deviation * gaussian.sample());
    }
  }
}
