package io.github.lyricist.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md}: its keys are those that there are, and its examples are valid. */
class ConfigurationDocumentTest {
  private static final String NAME = "configuration.md";
  private static final Path DOCUMENT = Path.of("..", "docs", NAME);
  private static final String MADE = "<!-- From here on made by ConfigurationDocumentTest. -->\n\n";
  private static final String LEAST = "corpus: {source: bundled:songs}";
  private static final Pattern CONFIG = Pattern.compile("(?s)```yaml\n(.*?)```");
  private static final Pattern SETTING = Pattern.compile("--set (?:'([^']+)'|([^\\s`']+))");

  @Test
  void hasEveryKey() throws IOException {
    String document = Files.readString(DOCUMENT);
    assertThat(document).contains(MADE);
    int byHand = document.indexOf(MADE) + MADE.length();
    String current = document.substring(0, byHand) + KeysDocument.write().strip() + "\n";
    Files.writeString(Path.of("target", NAME), current);
    assertThat(document)
        .as("once read: cp workbench/target/%1$s docs/%1$s", NAME)
        .isEqualTo(current);
  }

  @Test
  void itsExamplesAreValid() throws IOException {
    List<MatchResult> configs = CONFIG.matcher(Files.readString(DOCUMENT)).results().toList();
    assertThat(configs)
        .hasSizeGreaterThan(2)
        .allSatisfy(
            config -> assertThatCode(() -> read(config.group(1))).doesNotThrowAnyException());
  }

  @Test
  void itsSettingsAreValid() throws IOException {
    List<MatchResult> settings = SETTING.matcher(Files.readString(DOCUMENT)).results().toList();
    assertThat(settings)
        .hasSizeGreaterThan(5)
        .allSatisfy(
            setting ->
                assertThatCode(() -> read(LEAST, setting(setting))).doesNotThrowAnyException());
  }

  private static Setting setting(MatchResult found) {
    return Setting.parse(found.group(1) == null ? found.group(2) : found.group(1));
  }

  private static Config read(String yaml, Setting... settings) {
    Path folder = Path.of("/");
    return ConfigReader.read(
        NAME, yaml, List.of(settings), new Context(folder, folder, model -> null));
  }
}
