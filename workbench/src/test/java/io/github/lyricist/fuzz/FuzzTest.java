package io.github.lyricist.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every reader of files, given mutated ones. {@code -Dfuzz.cases=60000} runs more of each reader,
 * and tells how they went; {@code -Dfuzz.seed=2} runs others, {@code -Dfuzz.reader=zip} those of
 * one reader, {@code -Dfuzz.case=17} a single one.
 */
class FuzzTest {
  private static final long CASES = 2_000;
  private static final Path INPUTS = Path.of("target", "fuzz");

  private final long seed = Long.getLong("fuzz.seed", 1);
  private final long cases = Long.getLong("fuzz.cases", CASES);
  private final long single = Long.getLong("fuzz.case", -1);
  private final String wanted = System.getProperty("fuzz.reader", "");

  @TestFactory
  Stream<DynamicTest> everyReaderReadsOrRefuses(@TempDir Path folder) throws IOException {
    List<Reader> readers =
        new Readers(folder)
            .all().stream()
                .filter(reader -> wanted.isEmpty() || reader.name().equals(wanted))
                .toList();
    assertThat(readers).as("readers called " + wanted).isNotEmpty();
    return readers.stream()
        .map(reader -> DynamicTest.dynamicTest(reader.name(), () -> fuzz(reader)));
  }

  private void fuzz(Reader reader) throws Exception {
    for (String valid : reader.valid()) {
      reader.reading().of(valid.getBytes(ISO_8859_1));
    }
    Fuzzing fuzzing = new Fuzzing(reader, seed, INPUTS);
    if (single >= 0) {
      fuzzing.run(single, single + 1);
      return;
    }
    fuzzing.run(0, cases);
    if (cases != CASES) {
      System.out.println(fuzzing);
    }
  }
}
