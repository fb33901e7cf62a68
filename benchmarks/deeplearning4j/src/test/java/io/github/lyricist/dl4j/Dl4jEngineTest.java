package io.github.lyricist.dl4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.lyricist.bench.Workload;
import io.github.lyricist.model.Cell;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class Dl4jEngineTest {
  @BeforeAll
  static void load() {
    Dl4jEngine.load(1);
  }

  @Test
  void answersEachQuestionWithALine() {
    List<String> lines =
        answers("load rnn 3 4 2 5 0 1\nsteps 2\nload lstm 3 4 2 5 6 2\nsteps 1\nproduct\nmemory\n");
    assertThat(lines).hasSize(7).allMatch(line -> line.startsWith("= "));
    assertThat(lines.get(0)).matches("= DL4J [0-9.M-]+, its own layers, on cpu");
    assertThat(lines.get(1)).isEqualTo("= loaded");
    assertThat(lines.get(2)).matches("= [0-9.E-]+ [0-9.E-]+"); // milliseconds of two steps
    assertThat(lines.get(3)).isEqualTo("= loaded");
    assertThat(lines.get(4)).matches("= [0-9.E-]+");
    assertThat(Double.parseDouble(lines.get(5).substring(2))).isPositive();
    assertThat(lines.get(6)).matches("= \\d*"); // bytes, where the system tells them
  }

  @Test
  void saysThatItHasNoGru() {
    assertThat(answers("load gru 3 4 2 5 0 1\n").get(1))
        .isEqualTo("= gru: DL4J has no such layer; it has rnn and lstm");
  }

  private static List<String> answers(String questions) {
    ByteArrayOutputStream answers = new ByteArrayOutputStream();
    Dl4jEngine.answer(
        new ByteArrayInputStream(questions.getBytes(UTF_8)), new PrintStream(answers, true, UTF_8));
    return answers.toString(UTF_8).lines().toList();
  }

  @Test
  void theModelHasTheWorkloadsShape() {
    MultiLayerNetwork rnn = Dl4jNetwork.of(new Workload(Cell.RNN, 1, null, 3, 4, 2, 5));
    assertThat(rnn.params().dataType()).isEqualTo(DataType.FLOAT);
    assertThat(rnn.numParams()).isEqualTo((4 * 3 + 3 * 3 + 3) + (3 * 4 + 4));
    rnn.close();
    MultiLayerNetwork lstm = Dl4jNetwork.of(new Workload(Cell.LSTM, 2, 6, 3, 4, 2, 5));
    assertThat(lstm.numParams())
        .isEqualTo(4 * 6 + 4 * 3 * (6 + 3 + 1) + 4 * 3 * (3 + 3 + 1) + (3 * 4 + 4));
    lstm.close();
  }

  /** One token, again and again: its loss, T times ln V at first, is soon none. */
  @Test
  void learns() {
    MultiLayerNetwork network = Dl4jNetwork.of(new Workload(Cell.LSTM, 1, 6, 3, 4, 2, 5));
    INDArray ids = Nd4j.zeros(DataType.INT32, 2, 5);
    INDArray following = Nd4j.zeros(DataType.FLOAT, 2, 4, 5);
    for (int i = 0; i < 2; i++) {
      for (int t = 0; t < 5; t++) {
        following.putScalar(i, 1, t, 1);
      }
    }
    network.fit(ids, following);
    assertThat(network.score()).isCloseTo(5 * Math.log(4), within(1.0));
    for (int step = 0; step < 100; step++) {
      network.fit(ids, following);
    }
    assertThat(network.score()).isLessThan(0.1);
    network.close();
  }
}
