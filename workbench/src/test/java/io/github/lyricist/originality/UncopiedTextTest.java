package io.github.lyricist.originality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.constraint.Constraint;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.Mockito;

class UncopiedTextTest {
  private static CopyFilter filter(int length, String... stretches) {
    TrainingText text = Mockito.mock(TrainingText.class);
    Mockito.when(text.characters()).thenReturn(1000L);
    Mockito.doAnswer(
            call -> {
              IntConsumer reader = call.getArgument(0);
              for (String stretch : stretches) {
                stretch.codePoints().forEach(reader);
                reader.accept(TrainingText.BREAK);
              }
              return null;
            })
        .when(text)
        .forEach(Mockito.any());
    return CopyFilter.of(text, length);
  }

  private static @Nullable Constraint after(CopyFilter filter, String prefix, String text) {
    Constraint at = UncopiedText.after(prefix, filter);
    for (int i = 0;
        i < text.length() && at != null;
        i += Character.charCount(text.codePointAt(i))) {
      at = at.after(Character.toString(text.codePointAt(i)));
    }
    return at;
  }

  @ParameterizedTest
  @CsvSource({
    "'', abcxbcd, true",
    "'', xabcd, false",
    "abc, d, false",
    "ab, xcd, true",
    "abcd, x, true",
    "'', efab, true",
    "'', 🐍🎵🐍🎵, false",
    "'', 🐍🎵🐍x, true"
  })
  void noRunIsLonger(String prefix, String text, boolean isAllowed) {
    CopyFilter filter = filter(4, "abcdef", "abc🐍🎵🐍🎵");
    assertThat(after(filter, prefix, text) != null).isEqualTo(isAllowed);
    Constraint inOnePiece = UncopiedText.after(prefix, filter).after(text);
    assertThat(inOnePiece != null).isEqualTo(isAllowed);
  }

  @Test
  void mistakesAreRare() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      text.append((char) ('一' + 37 * i % 1000));
    }
    CopyFilter filter = filter(3, text.toString());
    int mistakes = 0;
    for (int i = 0; i < 10_000; i++) {
      mistakes += filter.contains('a', 'b', i) ? 1 : 0;
    }
    assertThat(mistakes).isLessThan(100);
    for (int i = 0; i + 3 <= 1000; i++) {
      assertThat(filter.contains(text.charAt(i), text.charAt(i + 1), text.charAt(i + 2))).isTrue();
    }
  }

  @Test
  void aTextThatIsTooLongIsRefused() {
    TrainingText text = Mockito.mock(TrainingText.class);
    Mockito.when(text.characters()).thenReturn(1L << 32);
    assertThatThrownBy(() -> CopyFilter.of(text, 3))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "the training text has 4,294,967,296 characters; 268 MB of memory tell which runs"
                + " 268,435,456 have at most");
  }
}
