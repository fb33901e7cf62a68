package io.github.lyricist.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.bench.EngineService;
import io.github.lyricist.testkit.fake.FakeBackendProvider;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchEngineCommandTest {
  @Test
  void answersEachQuestionWithALine() {
    String questions = "load rnn 3 4 2 5 0 1\nsteps 2\nproduct\nmemory\n";
    ByteArrayOutputStream answers = new ByteArrayOutputStream();
    try (Backend backend = new FakeBackendProvider().open(DeviceRequest.CPU, 1)) {
      EngineService.answer(
          backend,
          new ByteArrayInputStream(questions.getBytes(UTF_8)),
          new PrintStream(answers, true, UTF_8));
    }
    List<String> lines = answers.toString(UTF_8).lines().toList();
    assertThat(lines).hasSize(5).allMatch(line -> line.startsWith("= "));
    assertThat(lines.get(0)).isEqualTo("= Fake 1 on cpu");
    assertThat(lines.get(1)).isEqualTo("= loaded");
    assertThat(lines.get(2)).matches("= [0-9.E-]+ [0-9.E-]+"); // milliseconds of two steps
    assertThat(lines.get(3)).as("the fake multiplies no matrices").isEqualTo("= 0.0");
    assertThat(lines.get(4)).matches("= \\d*"); // bytes, where the system tells them
  }
}
