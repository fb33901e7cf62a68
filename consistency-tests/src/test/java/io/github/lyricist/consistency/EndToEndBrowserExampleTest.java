package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtEnvironment;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.consistency.Program.Running;
import io.github.lyricist.experiment.TrainedModel;
import io.github.lyricist.generation.Predictions;
import io.github.lyricist.generation.Written.Alternative;
import io.github.lyricist.model.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The example of a model in a browser, made by the commands of its README, in a real Chromium. */
class EndToEndBrowserExampleTest {
  private static final Path EXAMPLE = Program.ROOT.resolve("examples/browser");
  private static final String MODULES = "node_modules";
  private static final String RUNTIME = MODULES + "/onnxruntime-web";
  private static final String RUN = "runs/songs-small";
  private static final String PREFIX = "春天";
  private static final String LENGTH = "200";
  private static final int SHOWN = 12;

  @TempDir
  @SuppressWarnings("NullAway.Init") // made before all tests
  private static Path folder;

  private static @Nullable Running server;

  private static String address = "";

  @SuppressWarnings("NullAway.Init")
  private Browser browser;

  @BeforeEach
  void open() throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        Files.exists(EXAMPLE.resolve(RUNTIME)),
        "there is no onnxruntime-web in examples/browser here: npm ci brings it");
    browser = Browser.open();
    if (server == null) {
      followTheReadme();
    }
    browser.go(address);
    browser.awaitText("#model", text -> text.startsWith("model.onnx: LSTM, 1 layer of 128 units"));
  }

  /** Once, and only where there is a browser to show it. */
  private static void followTheReadme() throws IOException, InterruptedException {
    try (Stream<Path> files = Files.list(EXAMPLE)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    Files.createSymbolicLink(folder.resolve(MODULES), EXAMPLE.resolve(MODULES));
    Files.deleteIfExists(folder.resolve("model.onnx")); // somebody's own
    lyricist("run", "songs-small.yaml", "--out", RUN);
    lyricist("export", RUN, "--format", "onnx", "--out", "model.onnx");
    String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
    Running started = Program.in(folder).as(List.of(java, "Serve.java")).start("0");
    server = started;
    address = started.firstLine();
  }

  private static String lyricist(String... arguments) {
    return Program.in(folder).within(600).run(arguments).requireDone().out();
  }

  @AfterAll
  static void end() {
    if (server != null) {
      server.close();
    }
  }

  @AfterEach
  void close() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void itsRuntimeIsTheOneThatModelsAreCheckedWith() throws IOException {
    ObjectMapper json = new ObjectMapper();
    JsonNode wanted = json.readTree(EXAMPLE.resolve("package.json").toFile()).get("dependencies");
    JsonNode found = json.readTree(EXAMPLE.resolve(RUNTIME + "/package.json").toFile());
    assertThat(wanted).hasSize(1);
    assertThat(wanted.get("onnxruntime-web").textValue())
        .isEqualTo(found.get("version").textValue())
        .isEqualTo(OrtEnvironment.getEnvironment().getVersion());
  }

  @Test
  void itWritesWhatTheProgramWrites() throws IOException {
    String written = write();
    String prefix = "--prefix=" + PREFIX;
    assertThat(PREFIX + written + "\n")
        .isEqualTo(lyricist("generate", RUN, "--temperature=0", prefix, "--length=" + LENGTH));
    JsonNode told = greedy(RUN, PREFIX, LENGTH);
    double nats = 0;
    for (JsonNode token : told.get("tokens")) {
      nats -= token.get("logProbability").doubleValue();
    }
    double bits = nats / Math.log(2) / told.get("tokens").size();
    assertThat(browser.find("#told").getText())
        .startsWith("Wrote 200 characters, ")
        .endsWith(" a second; %.4f bits a character.".formatted(bits));
  }

  @Test
  void itShowsHowProbableTheModelFindsWhatCouldComeNext() {
    String text = PREFIX + write();
    List<WebElement> shown = browser.all("#next li");
    List<Alternative> expected = likeliest(text);
    assertThat(shown).hasSize(SHOWN);
    for (int i = 0; i < SHOWN; i++) {
      String[] parts = shown.get(i).getText().split("\n", -1);
      assertThat(parts[0]).isEqualTo(expected.get(i).text().replace(' ', '␣').replace('\n', '↵'));
      assertThat(Double.parseDouble(parts[1].replace(" %", "")) / 100)
          .isCloseTo(Math.exp(expected.get(i).logProbability()), within(1e-4));
    }
    assertThat(browser.find("#after").getText()).contains(text.substring(text.length() - 3));
  }

  /** As the reference computes them. */
  private static List<Alternative> likeliest(String text) {
    try (TrainedModel trained =
            TrainedModel.open(
                folder.resolve(RUN),
                BackendRegistry.installed(),
                "reference",
                DeviceRequest.parse("cpu"),
                1);
        Session session = trained.model().newSession(1)) {
      float[] logits = new float[trained.tokenizer().size()];
      for (int id : trained.tokenizer().encode(text)) {
        session.next(new int[] {id}, logits);
      }
      return Predictions.of(trained.tokenizer(), logits).likeliest(SHOWN);
    }
  }

  /** Writes, and waits for the end of it. */
  private String write() {
    browser.click("#write");
    browser.awaitText("#told", text -> text.startsWith("Wrote"));
    return String.valueOf(browser.script("return document.getElementById('written').textContent"));
  }

  private static JsonNode greedy(String run, String prefix, String length) throws IOException {
    return new ObjectMapper()
        .readTree(
            lyricist(
                "generate",
                run,
                "--json",
                "--quiet",
                "--temperature=0",
                "--skip-unknown",
                "--prefix=" + prefix,
                "--length=" + length));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cell: rnn, embedding: null; tokens: character, minCount: 2",
        "cell: gru, embedding: 5; tokens: word",
        "cell: lstm, embedding: 16, tieWeights: true; tokens: bpe, vocabulary: 300",
        "cell: gru, layers: 2; tokens: byte"
      })
  void anotherModelOfAnyKindIsOpened(String kind) throws IOException {
    Files.writeString(
        folder.resolve("text.txt"),
        "The moon is over the sea, isn't it?\n我把灯留在窗前，等风把门推开。\nOnce: Ω!".repeat(12) + "§");
    Files.writeString(
        folder.resolve("other.yaml"),
        """
        name: other
        corpus: {source: text.txt, newlines: keep, %2$s}
        sampler: {batchSize: 4, steps: 10}
        model: {hidden: 16, %1$s}
        training: {epochs: 15, optimizer: {type: adam, learningRate: 0.02}}
        preview: {prefixes: []}
        """
            .formatted((Object[]) kind.split("; ")));
    String name = "other-" + kind.hashCode();
    lyricist("run", "other.yaml", "--out", "runs/" + name);
    lyricist("export", "runs/" + name, "--format", "onnx", "--out", name + ".onnx");
    browser.find("#file").sendKeys(folder.resolve(name + ".onnx").toString());
    browser.awaitText("#model", text -> text.startsWith(name + ".onnx: "));
    String prefix = "The moon,\nisn't 灯§☃";
    browser.script("document.getElementById('prompt').value = arguments[0]", prefix);
    browser.fill("#length", "60");
    JsonNode expected = greedy("runs/" + name, prefix, "60");
    assertThat(write()).isEqualTo(expected.get("text").textValue());
    assertThat(browser.find("#given").getDomProperty("textContent"))
        .isEqualTo(expected.get("prefix").textValue());
    assertThat(browser.find("#left-out").isDisplayed())
        .as("something is left out")
        .isEqualTo(kind.contains("character") || kind.contains("word"));
  }

  @Test
  void theSameSeedDrawsTheSameAndALongTextCanBeStopped() {
    browser.script(
        """
        const slider = document.getElementById('temperature');
        slider.value = 1;
        slider.dispatchEvent(new Event('input'));
        """);
    String first = write();
    browser.fill("#seed", "2");
    String second = write();
    browser.fill("#seed", "1");
    assertThat(write()).isEqualTo(first).isNotEqualTo(second).hasSize(200);
    browser.fill("#length", "10000");
    browser.tabTo("#write");
    browser.press(Keys.ENTER);
    browser.awaitText("#write", "Stop"::equals);
    browser.press(Keys.ENTER);
    browser.awaitText("#told", text -> text.startsWith("Stopped after"));
    browser.awaitText("#write", "Write"::equals);
  }

  @Test
  void whatTheModelDoesNotKnowIsToldAndShownAsText() {
    browser.tabTo("#prompt");
    browser.fill("#prompt", "<img/src=x/onerror=alert(1)>");
    browser.awaitText("#left-out", text -> text.contains("passes over: < i m g / s r c ="));
    browser.press(Keys.CONTROL, Keys.ENTER);
    String told = browser.awaitText("#told", text -> text.contains("nothing to begin with"));
    assertThat(told).endsWith("type something that the model knows.");
    assertThat(browser.all("main img")).isEmpty();
  }

  @Test
  void whatIsNoModelIsRefused() throws IOException {
    byte[] model = Files.readAllBytes(folder.resolve("model.onnx"));
    Files.write(folder.resolve("half.onnx"), Arrays.copyOf(model, model.length / 2));
    Files.writeString(folder.resolve("empty.onnx"), "");
    browser.find("#file").sendKeys(folder.resolve("half.onnx").toString());
    browser.awaitText(
        "#problem", "half.onnx can't be opened: it is only part of an ONNX file"::equals);
    browser.find("#file").sendKeys(folder.resolve("empty.onnx").toString());
    browser.awaitText(
        "#problem", text -> text.startsWith("empty.onnx can't be opened: it was not"));
    assertThat(write()).as("the model before stays").hasSize(200);
  }

  @Test
  void itLooksWellEverywhereAndKeepsNobodyOut() throws IOException {
    write();
    for (boolean isDark : new boolean[] {false, true}) {
      for (int width : List.of(390, 1440)) {
        browser.screen(width, 900, isDark);
        browser.picture("browser-%d-%s".formatted(width, isDark ? "dark" : "light"));
        assertThat(
                browser.script(
                    "return document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
            .as("it fits into %d", width)
            .isEqualTo(true);
        assertThat(browser.barriers()).as("at %d, dark: %s", width, isDark).isEmpty();
      }
    }
  }

  @Test
  void withoutAModelItSaysHowToComeByOne() throws IOException {
    Path model = folder.resolve("model.onnx");
    Path elsewhere = Files.move(model, folder.resolve("elsewhere.onnx"));
    try {
      browser.go(address);
      browser.awaitText(
          "#problem", text -> text.contains("train and export one, as README.md says"));
      assertThat(browser.find("#write").isEnabled()).isFalse();
    } finally {
      Files.move(elsewhere, model);
    }
  }
}
