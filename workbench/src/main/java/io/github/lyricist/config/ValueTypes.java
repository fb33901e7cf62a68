package io.github.lyricist.config;

import io.github.lyricist.corpus.HeldOut;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The types of single values and of lists. */
final class ValueTypes {
  static final ValueType<String> TEXT =
      new Simple<>(
          "text (numbers, true, false and null need quotes to be text)", Value::text, text -> text);
  static final ValueType<List<String>> TEXTS =
      new Simple<>("a list, as in [春, 雨]", Value::texts, texts -> texts);
  static final ValueType<List<String>> TEXT_OR_TEXTS =
      new Simple<>(
          "text, or a list of texts",
          value -> value.isList() ? value.texts() : List.of(value.text()),
          texts -> texts.size() == 1 ? texts.get(0) : texts);
  static final ValueType<HeldOut> HELD_OUT =
      new Simple<>(
          "a number, or text",
          ValueTypes::heldOut,
          held -> held instanceof HeldOut.OwnText own ? own.source() : held.fraction());
  static final ValueType<Boolean> FLAG = new Simple<>("true or false", Value::flag, flag -> flag);
  static final ValueType<Integer> INTEGER =
      new Simple<>("a whole number", Value::integer, number -> number);
  static final ValueType<Long> LONG =
      new Simple<>("a whole number", Value::wholeNumber, number -> number);
  static final ValueType<Double> NUMBER = new Simple<>("a number", Value::number, number -> number);

  private static final String NEARLY_NUMBER = "[0-9]+(,[0-9]+)? *%?";

  private ValueTypes() {}

  private static HeldOut heldOut(Value value) {
    if (value.isNumber()) {
      return new HeldOut.Share(value.number());
    }
    String source = value.worded("a fraction of the text, 0 for none, or %s").text();
    if (source.matches(NEARLY_NUMBER)) {
      throw value.expected("a fraction of the text, such as 0.05, or the name of another");
    }
    return new HeldOut.OwnText(source);
  }

  /** One of some values, each by its name. */
  static <T> ValueType<T> choice(List<T> values, Function<? super T, String> name) {
    Map<String, T> byName = new LinkedHashMap<>();
    values.forEach(value -> byName.put(name.apply(value), value));
    String expected = byName.keySet().stream().collect(Collectors.joining(", ", "one of: ", ""));
    return new Simple<>(
        expected,
        value -> {
          for (Map.Entry<String, T> choice : byName.entrySet()) {
            if (value.is(choice.getKey())) {
              return choice.getValue();
            }
          }
          throw value.expected(
              expected
                  + value
                      .nearest(byName.keySet())
                      .map(near -> " (did you mean " + near + "?)")
                      .orElse(""));
        },
        name::apply);
  }

  /** One of an enum's constants, by its name in lower case. */
  static <E extends Enum<E>> ValueType<E> choice(E[] constants) {
    return choice(List.of(constants), constant -> constant.name().toLowerCase(Locale.ROOT));
  }

  /** A value, or null. */
  static <T> ValueType<@Nullable T> orNull(ValueType<T> type) {
    String form = "%s or null";
    return new Simple<>(
        form.formatted(type.expected()),
        value -> value.isNull() ? null : type.read(value.worded(form)),
        value -> value == null ? null : type.write(value));
  }

  /** A value, or null for the word {@code auto}. */
  static <T> ValueType<@Nullable T> orAuto(ValueType<T> type) {
    String form = "auto or %s";
    return new Simple<>(
        form.formatted(type.expected()),
        value -> value.is("auto") ? null : type.read(value.worded(form)),
        value -> value == null ? "auto" : type.write(value));
  }

  private record Simple<T>(
      String expected, Function<Value, T> reader, Function<T, @Nullable Object> writer)
      implements ValueType<T> {
    @Override
    public T read(Value value) {
      return reader.apply(value);
    }

    @Override
    public @Nullable Object write(T value) {
      return writer.apply(value);
    }
  }
}
