package io.github.lyricist.config;

import io.github.lyricist.InvalidInputException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One mapping of a configuration, read key by key. A key that is absent takes its default; a value
 * of the wrong type, a key twice, and a key that nobody asked for are errors at their place.
 */
final class Section {
  private final String path;
  private final Map<String, Node> keys = new LinkedHashMap<>();
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Set<String> known = new TreeSet<>();
  private final Map<String, Node> locations;

  Section(String path, MappingNode mapping, Map<String, Node> locations) {
    this.path = path;
    this.locations = locations;
    for (NodeTuple tuple : mapping.getValue()) {
      String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
      if (values.put(key, tuple.getValueNode()) != null) {
        throw fault(tuple.getKeyNode(), "the key '" + key + "' stands here twice", "keep one");
      }
      keys.put(key, tuple.getKeyNode());
      locations.put(fullPath(key), tuple.getValueNode());
    }
  }

  private String fullPath(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** Reads with {@code reader}, then checks that no key was left unread. */
  <S> S read(Supplier<S> reader) {
    try {
      S spec = reader.get();
      requireAllKnown();
      return spec;
    } catch (InvalidInputException e) {
      throw e.inside(path.substring(path.lastIndexOf('.') + 1));
    }
  }

  private void requireAllKnown() {
    keys.keySet().stream()
        .filter(key -> !known.contains(key))
        .findFirst()
        .ifPresent(
            key -> {
              throw unknown(
                  key,
                  NearestName.of(key, known)
                      .map(nearest -> "did you mean '" + nearest + "'?")
                      .orElse("expected one of: " + String.join(", ", known)));
            });
  }

  private InvalidInputException unknown(String key, String whatToDo) {
    String where = path.isEmpty() ? "" : " in '" + path + "'";
    return fault(
        Objects.requireNonNull(keys.get(key)), "unknown key '" + key + "'" + where, whatToDo);
  }

  private @Nullable Node value(String key) {
    known.add(key);
    return values.get(key);
  }

  private static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  /** A mapping inside this one; absent, it is empty. */
  Section section(String key) {
    Node node = value(key);
    if (node != null && !(node instanceof MappingNode)) {
      throw fault(node, "'" + fullPath(key) + "' is no mapping", "expected keys and values");
    }
    MappingNode mapping =
        node == null ? new MappingNode(Tag.MAP, List.of(), FlowStyle.FLOW) : (MappingNode) node;
    return new Section(fullPath(key), mapping, locations);
  }

  String text(String key, String absent) {
    Node node = value(key);
    return node == null ? absent : text(key, node);
  }

  String requiredText(String key, String whatToGive) {
    Node node = value(key);
    if (node != null) {
      return text(key, node);
    }
    Optional<String> misspelt = NearestName.of(key, values.keySet());
    if (misspelt.isPresent()) {
      throw unknown(misspelt.get(), "did you mean '" + key + "'?");
    }
    throw InvalidInputException.ofKey(key, "'" + fullPath(key) + "' is missing", whatToGive);
  }

  @Nullable String optionalText(String key) {
    Node node = value(key);
    return node == null || isNull(node) ? null : text(key, node);
  }

  /** A file or a folder, made absolute against {@code base}. */
  @Nullable Path optionalPath(String key, Path base) {
    String text = optionalText(key);
    try {
      return text == null ? null : base.resolve(text).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw wrongType(key, Objects.requireNonNull(values.get(key)), "a path");
    }
  }

  private String text(String key, Node node) {
    if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.STR)) {
      return scalar.getValue();
    }
    throw wrongType(key, node, "text (numbers, true, false and null need quotes to be text)");
  }

  List<String> texts(String key, List<String> absent) {
    Node node = value(key);
    if (node == null) {
      return absent;
    }
    if (!(node instanceof SequenceNode sequence)) {
      throw wrongType(key, node, "a list: [春, 雨]");
    }
    List<String> texts = new ArrayList<>();
    sequence.getValue().forEach(item -> texts.add(text(key, item)));
    return texts;
  }

  boolean flag(String key, boolean absent) {
    Node node = value(key);
    if (node == null) {
      return absent;
    }
    if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)) {
      return Boolean.parseBoolean(scalar.getValue());
    }
    throw wrongType(key, node, "true or false");
  }

  int integer(String key, int absent) {
    Node node = value(key);
    return node == null ? absent : integer(key, node);
  }

  @Nullable Integer optionalInteger(String key, @Nullable Integer absent) {
    Node node = value(key);
    if (node == null) {
      return absent;
    }
    return isNull(node) ? null : Integer.valueOf(integer(key, node));
  }

  private int integer(String key, Node node) {
    long number = wholeNumber(key, node);
    if (number != (int) number) {
      throw fault(
          node,
          "'" + fullPath(key) + "' is " + number,
          "expected a whole number from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE);
    }
    return (int) number;
  }

  long wholeNumber(String key, long absent) {
    Node node = value(key);
    return node == null ? absent : wholeNumber(key, node);
  }

  private long wholeNumber(String key, Node node) {
    if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.INT)) {
      try {
        return Long.decode(scalar.getValue().replaceFirst("^([-+]?)0+(?=[0-9])", "$1"));
      } catch (NumberFormatException e) {
        throw wrongType(key, node, "a whole number of at most 64 bits");
      }
    }
    throw wrongType(key, node, "a whole number");
  }

  double number(String key, double absent) {
    Node node = value(key);
    return node == null ? absent : number(key, node, "a number");
  }

  @Nullable Double optionalNumber(String key, @Nullable Double absent) {
    Node node = value(key);
    if (node == null) {
      return absent;
    }
    return isNull(node) ? null : Double.valueOf(number(key, node, "a number or null"));
  }

  private double number(String key, Node node, String expected) {
    if (node instanceof ScalarNode scalar
        && (scalar.getTag().equals(Tag.FLOAT) || scalar.getTag().equals(Tag.INT))) {
      try {
        return Double.parseDouble(scalar.getValue());
      } catch (NumberFormatException e) {
        throw wrongType(key, node, "a finite decimal number");
      }
    }
    throw wrongType(key, node, expected);
  }

  /** One of an enum's constants, by its name in lower case. */
  <E extends Enum<E>> E choice(String key, E absent) {
    Node node = value(key);
    if (node == null) {
      return absent;
    }
    List<String> names =
        Arrays.stream(absent.getDeclaringClass().getEnumConstants()).map(Section::name).toList();
    if (node instanceof ScalarNode scalar && names.contains(scalar.getValue())) {
      return Enum.valueOf(absent.getDeclaringClass(), scalar.getValue().toUpperCase(Locale.ROOT));
    }
    throw wrongType(key, node, "one of: " + String.join(", ", names));
  }

  /** How a configuration spells an enum's constant. */
  static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** One of these names, for keys whose other keys depend on it. */
  String choice(String key, String absent, List<String> names) {
    Node node = value(key);
    if (node == null) {
      return absent;
    }
    if (node instanceof ScalarNode scalar && names.contains(scalar.getValue())) {
      return scalar.getValue();
    }
    throw wrongType(key, node, "one of: " + String.join(", ", names));
  }

  /** A whole number, or null for the word {@code auto}. */
  @Nullable Integer integerOrAuto(String key) {
    Node node = value(key);
    if (node == null || (node instanceof ScalarNode scalar && scalar.getValue().equals("auto"))) {
      return null;
    }
    if (!node.getTag().equals(Tag.INT)) {
      throw wrongType(key, node, "auto or a whole number");
    }
    return integer(key, node);
  }

  /** Whether the value of this key was given on the command line. */
  boolean isFromCommandLine(String key) {
    Node node = values.get(key);
    return node != null && YamlDocument.isFromCommandLine(node);
  }

  /** Refuses a flag that is set, with the reason; the key is not one that others are told of. */
  void refuse(String key, String reason, String whatToDo) {
    Node node = values.get(key);
    if (node != null && flag(key, false)) {
      throw fault(node, reason, whatToDo);
    }
  }

  private InvalidInputException wrongType(String key, Node node, String expected) {
    String found =
        node instanceof ScalarNode scalar
            ? "'" + scalar.getValue() + "'"
            : node instanceof MappingNode ? "keys and values" : "a list";
    return fault(node, "'" + fullPath(key) + "' is " + found, "expected " + expected);
  }

  private static InvalidInputException fault(Node node, String what, String whatToDo) {
    return InvalidInputException.at(YamlDocument.place(node), what, whatToDo);
  }
}
