package io.github.lyricist.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.RunFailedException;
import io.github.lyricist.training.EpochResult;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class CurvesTest {
  private static final double INFINITE = Double.POSITIVE_INFINITY;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  private Document svg() throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(folder.resolve("curves.svg").toFile());
  }

  private static List<String> texts(Document svg) {
    NodeList nodes = svg.getElementsByTagName("text");
    return IntStream.range(0, nodes.getLength())
        .mapToObj(i -> nodes.item(i).getTextContent())
        .toList();
  }

  /** The lines that are curves: the others have one point at each end. */
  private static List<String> curves(Document svg, Ink ink) {
    NodeList nodes = svg.getElementsByTagName("polyline");
    return IntStream.range(0, nodes.getLength())
        .mapToObj(i -> (Element) nodes.item(i))
        .filter(line -> line.getAttribute("style").contains("stroke:" + ink.css()))
        .map(line -> line.getAttribute("points"))
        .toList();
  }

  static Stream<List<EpochResult>> awkward() {
    List<EpochResult> many = new ArrayList<>();
    for (int i = 1; i <= 10_000; i++) {
      many.add(Epochs.epoch(i, 1 + 5000.0 / i, 2 + 5000.0 / i));
    }
    return Stream.of(
        List.of(),
        Epochs.of(3),
        Epochs.of(INFINITE),
        Epochs.of(INFINITE, 5, INFINITE, INFINITE, 4, 3),
        Epochs.of(1, 1, 1),
        Epochs.of(1.3, 1.1, 1.0),
        Epochs.of(1e300, 1.5),
        Epochs.of(Double.MAX_VALUE, 2 * Double.MIN_NORMAL, Double.MIN_VALUE),
        Epochs.of(Double.NaN, 0, -1, 2),
        List.of(
            Epochs.epoch(Integer.MAX_VALUE - 1, 2, null), Epochs.epoch(Integer.MAX_VALUE, 1, 2.0)),
        List.of(new EpochResult(1, 2, 1, 1.5, 0, INFINITE, 1, 1, INFINITE, 2.0)),
        List.of(
            new EpochResult(1, 2, 1, 1.5, 0, 0, 1, 1, null, null),
            new EpochResult(2, 2, 1, 1.5, 0, 0, 1, 1, null, null)),
        many);
  }

  @ParameterizedTest
  @MethodSource
  void awkward(List<EpochResult> epochs) throws Exception {
    Curves.write(folder, "春 <&\"> \u0001", epochs, List.of(1, 7));
    BufferedImage png = ImageIO.read(folder.resolve("curves.png").toFile());
    assertThat(png.getWidth()).isEqualTo(2 * Sheet.WIDTH);
    assertThat(svg().getDocumentElement().getAttribute("role")).isEqualTo("img");
    assertThat(texts(svg())).first().isEqualTo("春 <&\"> \uFFFD");
    assertThat(folder.resolve("curves.svg"))
        .content()
        .doesNotContain("NaN", "Infinity")
        .hasSizeLessThan(200_000);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("curves.svg", "curves.png");
    }
  }

  @Test
  void whatIsNotFiniteLeavesAGap() throws Exception {
    Curves.write(folder, "t", Epochs.of(9, 8, INFINITE, 6, 5), List.of());
    assertThat(curves(svg(), Ink.BLUE)).hasSize(3); // two stretches of perplexity, one of speed
  }

  @Test
  void aPointWithoutNeighboursIsADot() throws Exception {
    Curves.write(folder, "t", Epochs.of(9), List.of());
    assertThat(svg().getElementsByTagName("circle").getLength()).isEqualTo(2);
  }

  @Test
  void thereIsALegendOnlyOfSeveralThings() throws Exception {
    Curves.write(folder, "t", Epochs.of(9, 8), List.of());
    assertThat(texts(svg())).doesNotContain("training", "validation", "with previews");
    Curves.write(folder, "t", Epochs.of(9, 8), List.of(2));
    assertThat(texts(svg())).contains("training", "with previews").doesNotContain("validation");
    Curves.write(folder, "t", List.of(Epochs.epoch(1, 9, 10.0)), List.of());
    assertThat(texts(svg())).contains("training", "validation").doesNotContain("with previews");
  }

  @Test
  void bothAreReplaced() throws IOException {
    Curves.write(folder, "old", Epochs.of(9, 8), List.of());
    byte[] png = Files.readAllBytes(folder.resolve("curves.png"));
    Curves.write(folder, "new", Epochs.of(9, 8, 3), List.of());
    assertThat(folder.resolve("curves.svg")).content().contains("new").doesNotContain("old");
    assertThat(Files.readAllBytes(folder.resolve("curves.png"))).isNotEqualTo(png);
  }

  @Test
  void failingToWriteNamesTheFile() {
    assertThatThrownBy(() -> Curves.write(folder.resolve("absent"), "t", List.of(), List.of()))
        .isInstanceOf(RunFailedException.class)
        .hasMessage(
            folder.resolve("absent/curves.svg")
                + ": writing failed: there is no such file or folder");
  }
}
