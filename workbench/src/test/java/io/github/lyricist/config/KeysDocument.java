package io.github.lyricist.config;

import io.github.lyricist.config.OneOf.Variant;
import io.github.lyricist.config.yaml.YamlWriter;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells in Markdown what the tables of keys say: type and range, default and meaning of each. */
final class KeysDocument {
  private static final Set<String> REQUIRED = Set.of("corpus.source", "base", "space");

  private final StringBuilder markdown = new StringBuilder();

  private KeysDocument() {}

  static String write() {
    KeysDocument document = new KeysDocument();
    document.experiment();
    document.sweep();
    return document.markdown.toString();
  }

  private void experiment() {
    paragraph("## Every key, with its default");
    paragraph("What `validate` prints for the smallest config:");
    paragraph("```yaml\n" + ConfigWriter.write(ExperimentSpec.DEFAULT) + "```");
    paragraph("## What each key means");
    section("", new ExperimentKeys());
  }

  private void sweep() {
    paragraph("## The keys of a sweep");
    paragraph(
        "A sweep is a file of its own, which names a config and what to vary in it: see"
            + " [sweeps.md](sweeps.md).");
    section("", new SweepKeys());
  }

  private <S> void section(String path, Table<S> table) {
    rows(path, table);
    for (Key<S, ?> key : table.keys()) {
      String inner = path + key.name();
      if (key.type() instanceof Table<?> keys) {
        heading(inner, key);
        section(inner + ".", keys);
      } else if (key.type() instanceof OneOf<?> alternatives) {
        heading(inner, key);
        for (Variant<?> variant : alternatives.variants()) {
          alternative(inner + ".", variant, written(table, key));
        }
      }
    }
  }

  private void heading(String path, Key<?, ?> key) {
    paragraph("### `" + path + "`");
    paragraph(escaped(key.meaning()));
  }

  private <S> void alternative(String path, Variant<S> variant, @Nullable Object byDefault) {
    boolean isDefault = byDefault instanceof Map<?, ?> keys && keys.containsValue(variant.name());
    paragraph(
        "**`type: %s`**%s: %s"
            .formatted(
                variant.name(),
                isDefault ? ", the default" : "",
                escaped(variant.keys().get(0).meaning())));
    if (variant.keys().size() > 1) {
      rows(path, variant);
    }
  }

  private <S> void rows(String path, Table<S> table) {
    markdown.append("| key | value | default | meaning |\n|---|---|---|---|\n");
    for (Key<S, ?> key : table.keys()) {
      if (!(table instanceof Variant<?>) || !key.name().equals("type")) {
        row(path + key.name(), table, key);
      }
    }
    markdown.append('\n');
  }

  private <S> void row(String path, Table<S> table, Key<S, ?> key) {
    boolean isSection = key.type() instanceof Table<?> || key.type() instanceof OneOf<?>;
    String value = escaped(key.expected().replace(ValueTypes.TEXT.expected(), "text"));
    String byDefault =
        isSection ? "" : REQUIRED.contains(path) ? "none" : "`" + yaml(written(table, key)) + "`";
    markdown.append(
        "| `%s` | %s | %s | %s |\n"
            .formatted(
                key.name(),
                isSection ? "[its keys](#" + path.replace(".", "") + ")" : value,
                byDefault,
                escaped(key.meaning())));
  }

  private static <S, T> @Nullable Object written(Table<S> table, Key<S, T> key) {
    return key.type().write(key.get().apply(table.absent()));
  }

  private static String yaml(@Nullable Object value) {
    return YamlWriter.write(Collections.singletonMap("", value))
        .replaceFirst("[^:]*: ", "")
        .strip();
  }

  /** Without what Markdown takes for a table's border, for emphasis or for HTML. */
  private static String escaped(String words) {
    return words.replaceAll("[|*<]", "\\\\$0");
  }

  private void paragraph(String text) {
    markdown.append(text).append("\n\n");
  }
}
