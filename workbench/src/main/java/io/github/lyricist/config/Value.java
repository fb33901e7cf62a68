package io.github.lyricist.config;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.config.yaml.Mapping;
import io.github.lyricist.config.yaml.Node;
import io.github.lyricist.config.yaml.Scalar;
import io.github.lyricist.config.yaml.ScalarKind;
import io.github.lyricist.config.yaml.Sequence;
import io.github.lyricist.tokens.Excerpt;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value in a document, under its key; each method reads it as one type, or says what it expected.
 *
 * @param path dotted path of the key; empty for the whole document
 * @param node what was written
 * @param form how an expectation is worded: {@code %s}, or {@code %s or null} where null would do
 */
record Value(String path, Node node, String form, Context context) {

  Value(String path, Node node, Context context) {
    this(path, node, "%s", context);
  }

  Value(String path, Node node, Value section) {
    this(path, node, "%s", section.context);
  }

  /** The same value where something else would do as well. */
  Value worded(String form) {
    return new Value(path, node, form, context);
  }

  private Value item(Node item) {
    return new Value(path, item, "%s", context);
  }

  String text() {
    if (node instanceof Scalar scalar && scalar.kind() == ScalarKind.TEXT) {
      return scalar.text();
    }
    throw expected(ValueTypes.TEXT.expected());
  }

  List<String> texts() {
    if (node instanceof Sequence sequence) {
      return sequence.items().stream().map(item -> item(item).text()).toList();
    }
    throw expected(ValueTypes.TEXTS.expected());
  }

  boolean flag() {
    if (node instanceof Scalar scalar && scalar.kind() == ScalarKind.FLAG) {
      return Boolean.parseBoolean(scalar.text());
    }
    throw expected(ValueTypes.FLAG.expected());
  }

  int integer() {
    long number = wholeNumber();
    if (number != (int) number) {
      throw fault(
          "is " + number, "a whole number from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE);
    }
    return (int) number;
  }

  long wholeNumber() {
    if (node instanceof Scalar scalar && scalar.kind() == ScalarKind.INTEGER) {
      try {
        return scalar.wholeNumber();
      } catch (NumberFormatException e) {
        throw expected("a whole number of at most 64 bits");
      }
    }
    if (looksLike("[0-9]+([_,' ][0-9]{3})+")) {
      throw expected("a whole number in digits alone");
    }
    throw expected(ValueTypes.LONG.expected());
  }

  double number() {
    if (node instanceof Scalar scalar && isNumber()) {
      try {
        return scalar.number();
      } catch (NumberFormatException e) {
        throw expected("a finite decimal number");
      }
    }
    if (looksLike("[+-]?[0-9]*,[0-9]+")) {
      throw expected("a number with a point, not a comma");
    }
    throw expected(ValueTypes.NUMBER.expected());
  }

  private boolean looksLike(String pattern) {
    return node instanceof Scalar scalar && scalar.text().matches(pattern);
  }

  /** Keys and values; a section whose keys are all commented out is null to YAML, and has none. */
  Mapping mapping() {
    if (node instanceof Mapping mapping) {
      return mapping;
    }
    if (isNull()) {
      return new Mapping(node.place(), Map.of());
    }
    throw expected("keys and values, as in {key: value}");
  }

  boolean isNull() {
    return node instanceof Scalar scalar && scalar.isNull();
  }

  boolean isList() {
    return node instanceof Sequence;
  }

  boolean isNumber() {
    return node instanceof Scalar scalar
        && (scalar.kind() == ScalarKind.NUMBER || scalar.kind() == ScalarKind.INTEGER);
  }

  /** Whether the value is this word, quoted or not. */
  boolean is(String word) {
    return node instanceof Scalar scalar && scalar.text().equals(word);
  }

  /** The name that this word is near to: {@code lstm} for {@code LSTM}. */
  Optional<String> nearest(Collection<String> names) {
    return node instanceof Scalar scalar ? NearestName.of(scalar.text(), names) : Optional.empty();
  }

  InvalidInputException expected(String what) {
    return fault("is " + found(), what);
  }

  private String found() {
    if (node instanceof Scalar scalar) {
      return "'" + Excerpt.of(scalar.text()) + "'";
    }
    return node instanceof Mapping ? "keys and values" : "a list";
  }

  private InvalidInputException fault(String found, String expected) {
    return InvalidInputException.at(
        node.place().toString(), "'" + path + "' " + found, "expected " + form.formatted(expected));
  }
}
