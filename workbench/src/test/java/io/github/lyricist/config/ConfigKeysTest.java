package io.github.lyricist.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigKeysTest {
  @Test
  void showsAllThatStandsThere(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("config.yaml");
    Files.writeString(
        file, "name: a\nfuture: {key: 1_000, none: null}\npreview: {prefixes: [a, [b], {c: d}]}");
    assertThat(ConfigKeys.read(file))
        .containsExactly(
            Map.entry("name", "a"),
            Map.entry("future.key", "1_000"),
            Map.entry("future.none", "null"),
            Map.entry("preview.prefixes", "[a, [b], {…}]"));
  }

  @Test
  void refusesWhatIsNoConfig(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("config.yaml"), "- a");
    assertThatThrownBy(() -> ConfigKeys.read(file))
        .hasMessageStartingWith(file + ":1:1: the document has no keys and values");
  }
}
