package io.github.lyricist.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MarkupTest {
  @Test
  void textAndAttributesAreEscaped() {
    assertThat(new Markup().element("p", "<script>'&", "title", "\"><i>"))
        .hasToString("<p title=\"&quot;&gt;&lt;i&gt;\">&lt;script&gt;&#39;&amp;</p>");
  }

  @Test
  void whatNoPageCanHoldIsReplaced() {
    assertThat(new Markup().text("a\0b\uD800c\uFFFE\uD83D\uDC0D\n"))
        .hasToString("a\uFFFDb\uFFFDc\uFFFD\uD83D\uDC0D\n");
  }

  @Test
  void aStyleSheetCanNotEndItself() {
    assertThatThrownBy(() -> new Markup().style("</style>"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsOpenMustBeClosed() {
    assertThatThrownBy(() -> new Markup().open("p").toString())
        .isInstanceOf(IllegalStateException.class);
  }
}
