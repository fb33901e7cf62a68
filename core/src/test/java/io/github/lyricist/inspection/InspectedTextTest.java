package io.github.lyricist.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.mockito.ArgumentMatchers.any;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import io.github.lyricist.generation.Written.Token;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.Session;
import io.github.lyricist.model.Trace;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.tokens.CharacterTokenizer;
import io.github.lyricist.tokens.Tokenizer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.mockito.Mockito;

/** Which numbers belong to which token of a text, with and without something before it. */
class InspectedTextTest {
  private static final Tokenizer ABC = CharacterTokenizer.of("abc");
  private static final int HIDDEN = 2;

  private final RecurrentModel model = Mockito.mock(RecurrentModel.class);

  InspectedTextTest() {
    Mockito.when(model.spec()).thenReturn(new ModelSpec(Cell.RNN, HIDDEN, 1, null, false, 0, true));
  }

  private static float[] counted(int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = i;
    }
    return values;
  }

  /** Traces count the elements of their array. */
  private void traceCounted() {
    Mockito.when(model.trace(any(), any()))
        .thenAnswer(
            call -> {
              Trace trace = new Trace();
              trace.put("l0.hidden", counted(HIDDEN * call.<Batch>getArgument(0).steps()));
              return trace;
            });
  }

  @Test
  void saliencyIsOfTheTokensBeforeTheOneThatIsExplained() {
    ArgumentCaptor<Batch> read = ArgumentCaptor.forClass(Batch.class);
    ArgumentCaptor<int[]> explained = ArgumentCaptor.forClass(int[].class);
    Mockito.when(model.attribution(read.capture(), any(), explained.capture()))
        .thenAnswer(call -> counted(call.<Batch>getArgument(0).steps()));
    assertThat(new InspectedText(model, ABC, "c", "abca").saliency(2)).containsExactly(1, 2);
    assertThat(read.getValue().inputs()).containsExactly(2, 0, 1);
    assertThat(explained.getValue()).containsExactly(2);
    assertThat(new InspectedText(model, ABC, "", "abca").saliency(3)).containsExactly(0, 1, 2);
    assertThat(new InspectedText(model, ABC, "", "abca").saliency(0)).isEmpty();
    assertThat(new InspectedText(model, ABC, "c", "abca").saliency(0)).isEmpty();
    assertThatThrownBy(() -> new InspectedText(model, ABC, "c", "ab").saliency(2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void theTraceIsOfTheTextAlone() {
    traceCounted();
    InspectedText text = new InspectedText(model, ABC, "cc", "ab");
    assertThat(text.values(text.trace(), "l0.hidden")).containsExactly(4, 5, 6, 7);
  }

  @Test
  void surpriseIsOfEachTokenAfterThoseBeforeIt() {
    Session session = Mockito.mock(Session.class);
    Mockito.when(model.newSession(1)).thenReturn(session);
    Mockito.doAnswer(
            call -> {
              float[] logits = call.getArgument(1);
              int id = call.<int[]>getArgument(0)[0];
              logits[0] = (float) Math.log(0.25);
              logits[1] = (float) Math.log(id == 0 ? 0.7 : 0.25);
              logits[2] = (float) Math.log(id == 0 ? 0.05 : 0.5);
              return null;
            })
        .when(session)
        .next(any(), any());
    List<Token> tokens = new InspectedText(model, ABC, "", "abc").surprise(1);
    assertThat(tokens).extracting(Token::text).containsExactly("a", "b", "c");
    assertThat(tokens.get(0).logProbability()).isNaN();
    assertThat(tokens.get(1).logProbability()).isCloseTo(Math.log(0.7), within(1e-6));
    assertThat(tokens.get(2).logProbability()).isCloseTo(Math.log(0.5), within(1e-6));
    assertThat(tokens.get(1).likeliest().get(0).text()).isEqualTo("b");
    List<Token> after = new InspectedText(model, ABC, "a", "c").surprise(0);
    assertThat(after.get(0).logProbability()).isCloseTo(Math.log(0.05), within(1e-6));
    assertThat(after.get(0).likeliest()).isEmpty();
  }

  @Test
  void whatIsNotKnownIsATokenThatIsNotRead() {
    traceCounted();
    Mockito.when(model.attribution(any(), any(), any()))
        .thenAnswer(call -> counted(call.<Batch>getArgument(0).steps()));
    Mockito.when(model.newSession(1)).thenReturn(Mockito.mock(Session.class));
    InspectedText text = new InspectedText(model, ABC, "c", "QaQ😀bQ");
    assertThat(text.isKnown()).isTrue();
    assertThat(text.tokens()).containsExactly("Q", "a", "Q", "😀", "b", "Q");
    assertThat(text.values(text.trace(), "l0.hidden"))
        .containsExactly(0, 0, 2, 3, 0, 0, 0, 0, 4, 5, 0, 0);
    assertThat(text.saliency(4)).containsExactly(0, 1, 0, 0);
    assertThat(text.saliency(5)).containsExactly(0, 0, 0, 0, 0);
    assertThat(text.surprise(1))
        .extracting(token -> Double.isNaN(token.logProbability()))
        .containsExactly(true, false, true, true, false, true);
    assertThat(new InspectedText(model, ABC, "c", "QQ").isKnown()).isFalse();
  }

  @Test
  void whereATokenStandsForWhatIsUnknownThatIsRead() {
    Tokenizer known = CharacterTokenizer.withUnknown("abc");
    InspectedText text = new InspectedText(model, known, "", "aQb");
    assertThat(text.tokens()).containsExactly("a", "Q", "b");
    Mockito.when(model.attribution(any(), any(), any()))
        .thenAnswer(call -> counted(call.<Batch>getArgument(0).steps()));
    assertThat(text.saliency(2)).containsExactly(0, 1);
  }

  @Test
  void aTextThatIsTooLongIsRefused() {
    assertThatThrownBy(
            () -> new InspectedText(model, ABC, "", "a".repeat(Limits.INSPECTED_TOKENS + 1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("it has 5,001 tokens; look at 5,000 at most at a time");
  }
}
