package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.Bytes;
import io.github.lyricist.Limits;
import java.lang.reflect.Field;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class SecurityDocumentTest {
  @Test
  void namesEveryLimitByItsValue() throws Exception {
    String document = Files.readString(Program.ROOT.resolve("SECURITY.md"));
    for (Field limit : Limits.class.getFields()) {
      long value = limit.getLong(null);
      assertThat(document)
          .as("%s, %d", limit.getName(), value)
          .containsAnyOf(" " + Bytes.text(value) + " ", " %,d ".formatted(value));
    }
  }
}
