package io.github.lyricist.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import io.github.lyricist.run.RunDirectory;
import io.github.lyricist.training.EpochResult;
import io.github.lyricist.training.Preview;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class ReportTest {
  private static final String CONFIG =
      """
      name: songs
      seed: 1
      sampler:
        batchSize: 32
      training:
        epochs: 4
      preview:
        prefixes: [春, 雨]
      """;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path temporary;

  private Path run = Path.of("");

  @BeforeEach
  void writeRun() throws IOException {
    run = run("first", CONFIG, Epochs.of(9, 8, 7, 6));
  }

  private Path run(String folder, String config, List<EpochResult> epochs) throws IOException {
    Path path = temporary.resolve(folder);
    try (RunDirectory directory = RunDirectory.create(path)) {
      directory.writeConfig(config);
      epochs.forEach(directory::appendMetrics);
      for (EpochResult epoch : epochs) {
        directory.appendPreview(
            new Preview(epoch.epoch(), "春", "text of " + folder + epoch.epoch()));
      }
    }
    Files.writeString(
        path.resolve("run.json"),
        "{\"backend\":\"scratch\",\"threads\":2,\"corpus\":{\"sha256\":\"abc\"},\"end\":null,"
            + "\"status\":\"running\"}");
    return path;
  }

  /** The page, which must be well-formed, ask for nothing and run nothing but its own script. */
  private String page(Path... runs) throws Exception {
    Path file = temporary.resolve("page.html");
    Report.write(List.of(runs), file, notice -> {});
    String page = Files.readString(file);
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)));
    for (String element : List.of("link", "img", "iframe", "a", "form")) {
      NodeList found = document.getElementsByTagName(element);
      assertThat(found.getLength()).as(element).isZero();
    }
    NodeList scripts = document.getElementsByTagName("script");
    assertThat(scripts.getLength()).isEqualTo(1);
    byte[] script = scripts.item(0).getTextContent().getBytes(StandardCharsets.UTF_8);
    assertThat(page)
        .contains(
            "script-src &#39;sha256-"
                + Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(script))
                + "&#39;\"");
    assertThat(page).doesNotContain("http://", "https://", "url(", "@import");
    return page;
  }

  private static String section(String page, String heading) {
    String rest = page.substring(page.indexOf("<h2>" + heading));
    return rest.substring(0, Math.max(rest.indexOf("<h2>", 4), rest.length() / 2));
  }

  @Test
  void aSingleRunIsShownWhole() throws Exception {
    assertThat(page(run))
        .startsWith("<!DOCTYPE html>\n<html lang=\"en\">")
        .contains("<h1>songs</h1>", "running, or was killed", "4 of 4", "6.000", "2,000")
        .contains(">sampler.batchSize</th><td>32<", ">preview.prefixes</th><td>[春, 雨]<")
        .contains(">corpus.sha256</th><td>abc<", ">end</th><td>–<")
        .contains("<b>春</b>text of first4");
  }

  @Test
  void figuresHaveTheNumbersThatTheScriptShows() throws Exception {
    String page = page(run).replace("&quot;", "\"");
    assertThat(section(page, "Perplexity"))
        .contains("data-curves=\"[{\"name\":\"training\",\"ink\":\"var(--", "\"epochs\":[1,2,3,4]")
        .contains("\"first\":1.0,\"last\":4.0,", "\"logarithmic\":true");
    assertThat(section(page, "Gradient norm")).contains("gradient norm, log scale over epochs");
    assertThat(section(page, "Learning rate")).contains("\"name\":\"learning rate\"");
  }

  @Test
  void aModelThatWasImportedIsNoRun() throws Exception {
    Files.delete(run.resolve("config.yaml"));
    Files.writeString(run.resolve("metrics.jsonl"), ""); // as an import leaves it
    Files.writeString(run.resolve("model.safetensors"), "");
    Files.writeString(
        run.resolve("run.json"), "{\"imported\":{\"weights\":{\"file\":\"a.safetensors\"}}}");
    assertThatThrownBy(() -> page(run))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            run + ": a model that was imported, not a run: it has no config.yaml;");
  }

  @Test
  void ofSeveralRunsOnlyWhatDiffersIsShown() throws Exception {
    Path second =
        run(
            "second",
            CONFIG.replace("32", "64").replace("songs", "book") + "new: 1\n",
            Epochs.of(9));
    String config = section(page(run, second), "Config differences");
    assertThat(config)
        .contains(">name</th><td data-column=\"songs\">songs</td><td data-column=\"book\">book<")
        .contains(
            ">sampler.batchSize</th><td data-column=\"songs\">32</td><td data-column=\"book\">64<")
        .contains(">new</th><td data-column=\"songs\">–</td><td data-column=\"book\">1<")
        .doesNotContain("training.epochs");
  }

  @Test
  void ofAFolderOfRunsEachIsShownAndWhatIsNoneIsToldOf() throws Exception {
    for (int i = 0; i < 20; i++) {
      run("r%02d".formatted(i), CONFIG.replace("songs", "n" + i), Epochs.of(9, 8));
    }
    Path empty = Files.createDirectory(temporary.resolve("empty"));
    Path broken = Files.createDirectory(temporary.resolve("broken"));
    Files.writeString(broken.resolve("run.json"), "[]");
    List<String> notices = new ArrayList<>();
    Path file = temporary.resolve("page.html");
    Report.write(List.of(temporary), file, notices::add);
    String page = Files.readString(file);
    assertThat(page)
        .contains("<h1>21 runs</h1>")
        .contains(">songs<")
        .contains(">n0<")
        .contains(">n19<");
    assertThat(notices)
        .containsExactlyInAnyOrder(
            "left out: " + empty + ": no run; it has no run.json",
            "left out: "
                + broken.resolve("run.json")
                + ": no JSON object; name a run directory that is whole");
  }

  @Test
  void aFolderWithoutRunsIsRefused() throws Exception {
    Path empty = Files.createDirectory(temporary.resolve("empty"));
    assertRefused(List.of(empty), "no run directory: it has no run.json");
  }

  @Test
  void runsOfOneNameGoByTheirFolders() throws Exception {
    Path second = run("second", CONFIG, Epochs.of(9));
    assertThat(page(run, second)).contains("</span>first</b>", "</span>second</b>", "are the same");
    Path third = run("other/first", CONFIG, Epochs.of(9));
    assertThat(page(run, third)).contains("</span>" + run + "</b>", "</span>" + third + "</b>");
  }

  @Test
  void whatARunWroteIsEscaped() throws Exception {
    String attack = "<script>alert(1)</script>\"'&";
    Path second = run("second", "name: '<b>x</b>'\n'<i>': '</style><u>'\n", Epochs.of());
    try (RunDirectory directory = RunDirectory.create(temporary.resolve("third"))) {
      directory.appendPreview(new Preview(1, attack, attack));
    }
    Files.copy(
        temporary.resolve("third/previews.jsonl"),
        second.resolve("previews.jsonl"),
        StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(second.resolve("run.json"), "{\"<u>\":\"<u>\",\"status\":\"<u>\"}");
    for (String page : List.of(page(second), page(run, second))) {
      assertThat(page)
          .contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;")
          .contains("&lt;b&gt;x&lt;/b&gt;")
          .doesNotContain("<b>x", "<u>", "<i>");
    }
  }

  @Test
  void aRunThatWasCutOffIsShownAsFarAsItCame() throws Exception {
    Files.writeString(
        run.resolve("metrics.jsonl"), "{\"epoch\":5,\"perp", StandardOpenOption.APPEND);
    byte[] half = "{\"epoch\":5,\"prefix\":\"春".getBytes(StandardCharsets.UTF_8);
    Files.write(
        run.resolve("previews.jsonl"),
        Arrays.copyOf(half, half.length - 1),
        StandardOpenOption.APPEND);
    assertThat(page(run)).contains("4 of 4").doesNotContain("Epoch 5");
  }

  @Test
  void aRunWithoutEpochsIsShown() throws Exception {
    assertThat(page(run("none", CONFIG, List.of())))
        .contains("0 of 4", "no epochs to draw", "There are no previews");
  }

  @Test
  void infinitePerplexityIsShown() throws Exception {
    Path second = run("second", CONFIG, Epochs.of(9, Double.POSITIVE_INFINITY));
    assertThat(page(second)).contains("<td data-column=\"last perplexity\">inf</td>");
  }

  @Test
  void whereNoNumberIsFiniteThePageSaysThat() throws Exception {
    Path wild = run("wild", CONFIG, Epochs.of(Double.POSITIVE_INFINITY));
    assertThat(section(page(wild), "Perplexity")).contains("no finite numbers to draw");
  }

  @Test
  void anEpochGoneWildIsAGap() throws Exception {
    Path wild =
        run("wild", CONFIG, List.of(gradientNorm(1, 2), gradientNorm(2, 1e25), gradientNorm(3, 4)));
    assertThat(section(page(wild).replace("&quot;", "\""), "Gradient norm"))
        .contains("\"epochs\":[1,2,3],\"values\":[2.0,null,4.0]");
    Path wilder = run("wilder", CONFIG, List.of(gradientNorm(1, 1e25)));
    assertThat(section(page(wilder).replace("&quot;", "\""), "Gradient norm"))
        .contains("\"epochs\":[1],\"values\":[1.0E25]");
  }

  private static EpochResult gradientNorm(int epoch, double norm) {
    return new EpochResult(epoch, 9, Math.log(9), 1.5, 0.5, 2000, norm, 0.1, null, null);
  }

  @Test
  void ofVeryManyPreviewsSomeAreShown() throws Exception {
    Path many =
        run("many", CONFIG, Epochs.of(IntStream.range(0, 500).mapToDouble(i -> 2).toArray()));
    assertThat(page(many))
        .contains("40 of 500 preview epochs", "<h3>Epoch 1</h3>", "<h3>Epoch 500</h3>");
  }

  private record Break(String file, String content, List<String> message) {}

  static Stream<Arguments> broken() {
    return Stream.of(
            new Break("metrics.jsonl", "{\"epoch\":1}\n", List.of("metrics.jsonl:1: has no 'perp")),
            new Break("metrics.jsonl", "[1]\n", List.of("metrics.jsonl:1: no JSON object")),
            new Break("metrics.jsonl", "\n", List.of("metrics.jsonl:1: no JSON object")),
            new Break("previews.jsonl", "{\"epoch\":1,\n", List.of("previews.jsonl:1: not JSON")),
            new Break(
                "previews.jsonl",
                "{\"epoch\":1,\"prefix\":\"a\",\"text\":\"b\"}\n{\"epoch\":0}\n",
                List.of("previews.jsonl:2: has 'epoch' 0")),
            new Break("previews.jsonl", "{\"epoch\":1e99}\n", List.of("whole number")),
            new Break(
                "previews.jsonl",
                "{\"epoch\":\"x\"}\n",
                List.of("has 'epoch' x, not a whole number")),
            new Break("previews.jsonl", "{\"epoch\":1,\"prefix\":null}\n", List.of("no 'prefix'")),
            new Break("run.json", "{\"a\":1,\"a\":2}", List.of("run.json: not JSON", "Duplicate")),
            new Break("run.json", "{} {}", List.of("something follows")),
            new Break("run.json", "{\"a\":".repeat(9) + "1" + "}".repeat(9), List.of("depth")),
            new Break("run.json", "{\"" + "a".repeat(201) + "\":1}", List.of("name", "200")),
            new Break("run.json", " ".repeat(1 << 17), List.of("limit of 65.5 kB")),
            new Break(
                "config.yaml",
                "- 1\n",
                List.of("config.yaml:1:1: the document has no keys and values")),
            new Break("config.yaml", "a: [\n", List.of("not YAML")),
            new Break("config.yaml", "a: &a {b: *a}\n", List.of("config.yaml:1:4: an anchor, &a,")),
            new Break("config.yaml", laughs(), List.of("config.yaml:1:4: an anchor, &a0,")))
        .map(Arguments::of);
  }

  private static String laughs() {
    StringBuilder yaml = new StringBuilder("a: &a0 [" + "x".repeat(1000) + "]\n");
    for (int i = 1; i < 5; i++) {
      String aliases = String.join(",", Collections.nCopies(10, "*a" + (i - 1)));
      yaml.append("b%d: &a%d [%s]\n".formatted(i, i, aliases));
    }
    return yaml.toString();
  }

  @ParameterizedTest
  @MethodSource
  void broken(Break broken) throws IOException {
    Files.writeString(run.resolve(broken.file()), broken.content());
    assertThatThrownBy(
            () -> Report.write(List.of(run), temporary.resolve("page.html"), notice -> {}))
        .isInstanceOf(InvalidInputException.class)
        .message()
        .startsWith(run.resolve(broken.file()).toString())
        .contains(broken.message())
        .contains("; ");
    assertThat(temporary.resolve("page.html")).doesNotExist();
  }

  @Test
  void whatIsNotUtf8IsRefused() throws IOException {
    Files.write(run.resolve("previews.jsonl"), new byte[] {'{', (byte) 0xff, '}', '\n'});
    assertRefused(List.of(run), "previews.jsonl: not UTF-8");
  }

  @Test
  void whatIsTooLargeIsRefused() throws IOException {
    try (var file = Files.newByteChannel(run.resolve("metrics.jsonl"), StandardOpenOption.WRITE)) {
      file.position(Limits.JSON_LINES_BYTES).write(ByteBuffer.wrap(new byte[] {'\n'}));
    }
    assertRefused(List.of(run), "metrics.jsonl: larger than the limit of 67.1 MB");
  }

  @ParameterizedTest
  @MethodSource
  void missing(String file, String message) throws IOException {
    Files.delete(run.resolve(file));
    assertRefused(List.of(run), message);
  }

  static Stream<Arguments> missing() {
    return Stream.of(
        Arguments.of("run.json", "no run directory: it has no run.json"),
        Arguments.of("config.yaml", "config.yaml: there is no such file"),
        Arguments.of("metrics.jsonl", "metrics.jsonl: there is no such file"),
        Arguments.of("previews.jsonl", "previews.jsonl: there is no such file"));
  }

  @Test
  void wrongArgumentsAreRefused() {
    assertRefused(List.of(temporary.resolve("absent")), "there is no such folder");
    assertRefused(List.of(run.resolve("config.yaml")), "is a file, not a folder");
    assertRefused(List.of(run, run.resolve("../first")), "named twice");
    assertRefused(Collections.nCopies(101, run), "101 runs, the limit is 100");
    assertThatThrownBy(() -> Report.write(List.of(run), run, notice -> {}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is a folder");
    assertThatThrownBy(
            () -> Report.write(List.of(run), run.resolve("absent/page.html"), notice -> {}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("there is no folder");
  }

  private void assertRefused(List<Path> runs, String message) {
    assertThatThrownBy(() -> Report.write(runs, temporary.resolve("page.html"), notice -> {}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void thePageIsReplacedAndNothingElseIsLeft() throws Exception {
    Path pages = Files.createDirectory(temporary.resolve("pages"));
    Files.writeString(pages.resolve("p.html"), "old");
    Report.write(List.of(run), pages.resolve("p.html"), notice -> {});
    assertThat(pages.resolve("p.html")).content().startsWith("<!DOCTYPE html>");
    try (Stream<Path> files = Files.list(pages)) {
      assertThat(files).containsExactly(pages.resolve("p.html"));
    }
  }
}
