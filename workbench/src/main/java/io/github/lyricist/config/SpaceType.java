package io.github.lyricist.config;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.config.yaml.JsonLine;
import io.github.lyricist.config.yaml.Mapping;
import io.github.lyricist.config.yaml.Node;
import io.github.lyricist.config.yaml.Scalar;
import io.github.lyricist.config.yaml.ScalarKind;
import io.github.lyricist.config.yaml.Sequence;
import io.github.lyricist.tokens.Excerpt;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the space of a sweep stands in YAML: {@code model.hidden: [128, 256]}, a key a line. */
final class SpaceType implements ValueType<Space> {
  private static final String LOGARITHMIC = "log";
  private static final String LINEAR = "linear";
  private static final String FORMS = "a list of values, {log: [0.001, 0.1]} or {linear: [0, 0.5]}";

  @Override
  public String expected() {
    return "keys, each with its values";
  }

  @Override
  public Space read(Value value) {
    Map<String, Dimension> dimensions = new LinkedHashMap<>();
    value
        .mapping()
        .entries()
        .forEach(
            (key, entry) -> {
              try {
                dimensions.put(key, dimension(key, entry.value()));
              } catch (NumberFormatException e) {
                throw fault(
                    entry.value(), key, "has a number that is not finite", "finite numbers");
              }
            });
    if (dimensions.isEmpty()) {
      throw InvalidInputException.at(
          value.node().place().toString(),
          "'%s' has no keys".formatted(value.path()),
          "write one to vary, as in model.hidden: [128, 256]");
    }
    return new Space(dimensions);
  }

  private static Dimension dimension(String key, Node node) {
    if (node instanceof Sequence list) {
      List<String> values = list.items().stream().map(JsonLine::of).toList();
      if (values.isEmpty()) {
        throw fault(node, key, "has no values", FORMS);
      }
      if (new HashSet<>(values).size() < values.size()) {
        throw fault(node, key, "has a value twice", "each value once");
      }
      return new Dimension.Choice(node.place(), values);
    }
    if (node instanceof Mapping mapping && mapping.entries().size() == 1) {
      Node logarithmic = mapping.get(LOGARITHMIC);
      Node linear = mapping.get(LINEAR);
      if (logarithmic != null) {
        return range(key, logarithmic, true);
      }
      if (linear != null) {
        return range(key, linear, false);
      }
    }
    throw fault(node, key, "is none of the forms", FORMS);
  }

  private static Dimension range(String key, Node node, boolean logarithmic) {
    if (!(node instanceof Sequence ends)
        || ends.items().size() != 2
        || !(ends.items().get(0) instanceof Scalar low)
        || !(ends.items().get(1) instanceof Scalar high)
        || !isNumber(low)
        || !isNumber(high)
        || low.number() >= high.number()) {
      throw fault(node, key, "is no range", "two numbers, the lesser first: [0.001, 0.1]");
    }
    if (logarithmic && low.number() <= 0) {
      throw fault(node, key, "has no logarithm at its lower end", "numbers above 0");
    }
    boolean whole = low.kind() == ScalarKind.INTEGER && high.kind() == ScalarKind.INTEGER;
    return new Dimension.Range(node.place(), low.number(), high.number(), logarithmic, whole);
  }

  private static boolean isNumber(Scalar scalar) {
    return scalar.kind() == ScalarKind.INTEGER || scalar.kind() == ScalarKind.NUMBER;
  }

  private static InvalidInputException fault(Node node, String key, String what, String expected) {
    return InvalidInputException.at(
        node.place().toString(),
        "the space of '%s' %s".formatted(Excerpt.of(key), what),
        "expected " + expected);
  }

  @Override
  public Object write(Space space) {
    throw new UnsupportedOperationException("a sweep's file is kept as it was written");
  }
}
