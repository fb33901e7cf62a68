package io.github.lyricist.run;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonObjectTest {

  /** What the parser quotes may be long, and may be anything: to it, ESC is part of a word. */
  @Test
  void whatIsNotJsonIsCutAndEscaped() {
    String evil = "a\u001b[2J\u202e\u2028" + "x".repeat(10_000);
    for (String json : List.of(evil, "{" + evil, "{\"a\":" + evil, "{\"" + "\\" + evil)) {
      assertThatThrownBy(() -> JsonObject.parse("run.json", json))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageMatching(
              "run\\.json: not JSON: [ -~…]{1,140}; name a run directory that is whole");
    }
    String twice = "{\"y%s\":1,\"y%s\":1}".replace("%s", "\\u001b".repeat(150));
    assertThatThrownBy(() -> JsonObject.parse("run.json", twice))
        .hasMessageStartingWith("run.json: not JSON: Duplicate field 'y\\u001b\\u001b")
        .hasMessageEndingWith("\\u001b…; name a run directory that is whole");
  }
}
