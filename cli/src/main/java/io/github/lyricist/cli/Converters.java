package io.github.lyricist.cli;

import io.github.lyricist.UserPath;
import io.github.lyricist.experiment.EvaluationText.Part;
import io.github.lyricist.interchange.Input;
import io.github.lyricist.model.Cell;
import io.github.lyricist.tokens.Excerpt;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the values of options, and says in words what was expected, without Java's "int". */
final class Converters {
  private Converters() {}

  /** Sets them for a command and those below it. */
  static CommandLine register(CommandLine command) {
    // Named here and not twice below: JDK 17 crashes where it archives classes with two such
    // lambdas.
    ITypeConverter<Integer> wholeNumber = Converters::wholeNumber;
    ITypeConverter<Double> number = Converters::number;
    return command
        .registerConverter(Cell.class, Converters::cell)
        .registerConverter(Input.class, Converters::input)
        .registerConverter(Part.class, Converters::part)
        .registerConverter(Path.class, Converters::path)
        .registerConverter(int.class, wholeNumber)
        .registerConverter(Integer.class, wholeNumber)
        .registerConverter(double.class, number)
        .registerConverter(Double.class, number);
  }

  private static Cell cell(String name) {
    return oneOf(Cell.all(), name, Cell.called(name.toLowerCase(Locale.ROOT)));
  }

  private static Input input(String name) {
    return oneOf(List.of(Input.values()), name, Input.called(name));
  }

  private static Part part(String name) {
    return oneOf(List.of(Part.values()), name, Part.called(name));
  }

  private static <T> T oneOf(List<T> all, String name, Optional<T> found) {
    return found.orElseThrow(
        () ->
            unexpected(
                name,
                "one of: " + all.stream().map(Object::toString).collect(Collectors.joining(", "))));
  }

  static Path path(String name) {
    try {
      return UserPath.of(name);
    } catch (InvalidPathException e) {
      throw new TypeConversionException("'" + Excerpt.of(name) + "' is no name of a file");
    }
  }

  private static Integer wholeNumber(String text) {
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException e) {
      throw unexpected(text, "a whole number of at most 32 bits");
    }
  }

  private static Double number(String text) {
    try {
      return Double.valueOf(text);
    } catch (NumberFormatException e) {
      throw unexpected(text, "a number");
    }
  }

  private static TypeConversionException unexpected(String found, String expected) {
    return new TypeConversionException("found '" + Excerpt.of(found) + "', expected " + expected);
  }
}
