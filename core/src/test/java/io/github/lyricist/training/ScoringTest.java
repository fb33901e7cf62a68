package io.github.lyricist.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.corpus.CorpusPart;
import io.github.lyricist.corpus.TextCorpus;
import io.github.lyricist.model.Evaluation;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.Session;
import io.github.lyricist.sampling.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

class ScoringTest {
  private final List<String> seen = new ArrayList<>();
  private final RecurrentModel model = Mockito.mock(RecurrentModel.class);

  /** Notes each batch as rows of token ids, after the number of the batch in its session. */
  @BeforeEach
  void answer() {
    Mockito.when(model.newSession(Mockito.anyInt())).thenAnswer(call -> session());
  }

  private Session session() {
    Session session = Mockito.mock(Session.class);
    AtomicInteger batches = new AtomicInteger();
    Mockito.when(session.evaluate(Mockito.any()))
        .thenAnswer(
            call -> {
              Batch batch = call.getArgument(0);
              StringBuilder rows = new StringBuilder("" + batches.getAndIncrement());
              for (int b = 0; b < batch.batchSize(); b++) {
                rows.append(' ');
                for (int t = 0; t < batch.steps(); t++) {
                  rows.append((char) ('a' + batch.inputs()[t * batch.batchSize() + b]));
                }
              }
              seen.add(rows.toString());
              return new Evaluation(batch.predictions(), batch.predictions());
            });
    return session;
  }

  private Evaluation score(String text, int batchSize, int steps) {
    return Scoring.inRows(TextCorpus.of("text", text), model, batchSize, steps).score();
  }

  @Test
  void aShortTextIsOneRowToItsEndWithTheStateCarried() {
    assertThat(score("abcdefgh", 4, 3)).isEqualTo(new Evaluation(7, 7));
    assertThat(seen).containsExactly("0 abc", "1 def", "2 g");
  }

  @Test
  void aLongTextIsAsManyRowsAsABatchHas() {
    String text = "abcdefghijklmnopqrstuvwxyz".repeat(2);
    assertThat(score(text, 2, 2)).isEqualTo(new Evaluation(50, 50));
    assertThat(seen).hasSize(13).startsWith("0 ab ab", "1 cd cd").endsWith("12 y y");
  }

  @Test
  void inOneRowTheStateIsCarriedThroughAllOfIt() {
    String text = "abcdefghijklmnopqrstuvwxyz".repeat(2);
    assertThat(Scoring.inOneRow(TextCorpus.of("text", text), model, 20).score())
        .isEqualTo(new Evaluation(51, 51));
    assertThat(seen).hasSize(3).element(2).isEqualTo("2 opqrstuvwxy");
  }

  @Test
  void inOneCharacterThereIsNothingToScore() {
    TextCorpus one = TextCorpus.of("text", "a");
    assertThatThrownBy(() -> Scoring.inOneRow(one, model, 3))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void stopsBetweenBatchesWhenAsked() {
    TextCorpus text = TextCorpus.of("text", "abcdefgh");
    assertThat(Scoring.inOneRow(text, model, 3).score(() -> seen.size() == 2)).isNull();
    assertThat(seen).containsExactly("0 abc", "1 def");
  }

  /** Its beginnings are stretches of four letters, six apart. */
  @Test
  void eachStretchOfATextIsARowOfItsOwn() {
    TextCorpus whole = TextCorpus.of("text", "abcdefghijklmnopqr");
    CorpusPart part = new CorpusPart(whole, new long[] {0, 6, 12}, 4, 1);
    assertThat(Scoring.inOneRow(part, model, 2).score()).isEqualTo(new Evaluation(9, 9));
    assertThat(seen).containsExactly("0 ab gh mn", "1 c i o");
    seen.clear();
    assertThat(Scoring.inRows(part, model, 50, 9).score()).isEqualTo(new Evaluation(9, 9));
    assertThat(seen).containsExactly("0 abc ghi mno");
  }
}
