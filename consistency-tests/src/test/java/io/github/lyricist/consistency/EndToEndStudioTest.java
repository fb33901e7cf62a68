package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.consistency.Program.Running;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The studio as its users have it: the packaged program, and its page in a real Chromium. */
class EndToEndStudioTest {
  private static final String LINES =
      """
      The moon is over the sea tonight
      and all the stars are out of sight
      I saw a cat upon the stair,
      she had a ribbon in her hair.
      """;

  @TempDir
  @SuppressWarnings("NullAway.Init") // made before all tests
  private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static Running studio;

  @SuppressWarnings("NullAway.Init")
  private static String address;

  @SuppressWarnings("NullAway.Init")
  private Browser browser;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    Files.writeString(folder.resolve("english.txt"), LINES.repeat(20));
    Files.writeString(
        folder.resolve("english.yaml"),
        """
        name: english
        corpus: {source: english.txt, newlines: keep}
        sampler: {batchSize: 8, steps: 20}
        model: {cell: gru, hidden: 48}
        training: {epochs: 30, optimizer: {type: adam, learningRate: 0.01}, clipNorm: 1.0}
        preview: {prefixes: [The], length: 40}
        """);
    Program.in(folder).run("run", "english.yaml", "--out", "runs/english").requireDone();
    Files.createDirectories(folder.resolve("runs/broken"));
    Files.writeString(folder.resolve("runs/broken/run.json"), "<script>alert(1)</script>");
    studio = Program.in(folder).start("studio", "--port", "0");
    address = studio.firstLine();
  }

  @AfterAll
  static void end() throws IOException, InterruptedException {
    assertThat(studio.signal("INT").end().err()).doesNotContain("unexpected");
    studio.close();
  }

  @BeforeEach
  void open() {
    browser = Browser.open();
  }

  @AfterEach
  void close() {
    if (browser != null) {
      browser.close();
    }
  }

  private void write(String text) {
    browser.go(address + "/#write?model=english");
    browser.click("#text");
    browser.find("#text").sendKeys(text);
  }

  @Test
  void aTextIsWrittenTogether() {
    write("The moo");
    browser.awaitText("#ghost", text -> !text.isBlank());
    browser.press(Keys.TAB);
    String taken = browser.awaitValue("#text", text -> text.length() > "The moo".length());
    assertThat(taken).startsWith("The moo");
    browser.press(Keys.ESCAPE);
    browser.press(Keys.HOME);
    browser.press(Keys.CONTROL, " ");
    browser.await("alternatives", () -> browser.all("#alternatives li").size() > 1 ? true : null);
    browser.press(Keys.ARROW_DOWN);
    browser.press(Keys.ENTER);
    String branched = browser.awaitValue("#text", text -> !text.equals(taken));
    assertThat(branched).hasSize(1);
    assertThat(browser.all("#tree li").size()).isGreaterThan(1);
    browser.click("#undo");
    browser.awaitValue("#text", taken::equals);
    browser.click("#redo");
    browser.awaitValue("#text", branched::equals);
    browser.click("#tree li");
    browser.awaitValue("#text", text -> !text.equals(branched));
  }

  @Test
  void wishesAreKeptAndLockedLinesStay() {
    write("");
    browser.fill("#wish-lines", "3");
    browser.fill("#wish-acrostic", "TIs");
    browser.click("#write-on");
    String text = browser.awaitValue("#text", written -> written.strip().lines().count() == 3);
    assertThat(text).startsWithIgnoringCase("t").containsIgnoringCase("\ni").contains("\ns");
    String second = text.lines().toList().get(1);
    browser.fill("#wish-acrostic", "");
    browser.click("#text");
    browser.press(Keys.CONTROL, Keys.HOME);
    browser.press(Keys.ARROW_DOWN);
    browser.press(Keys.ALT, "l");
    browser.click("#rewrite");
    String rewritten =
        browser.awaitValue("#text", written -> !written.strip().equals(text.strip()));
    assertThat(rewritten.lines().toList().get(1)).isEqualTo(second);
    browser.fill("#wish-rhyme", "7");
    browser.click("#write-on");
    browser.awaitText("#write-problem", problem -> problem.contains("expected letters, as AABA"));
  }

  @Test
  void onePressesTheKeysAlone() {
    browser.go(address + "/#write?model=english");
    browser.find("#text");
    browser.tabTo("#model");
    browser.tabTo("#text");
    browser.press("she had a");
    browser.awaitText("#ghost", text -> !text.isBlank());
    browser.press(Keys.ALT, Keys.ARROW_DOWN);
    browser.press(Keys.ESCAPE);
    browser.press(Keys.CONTROL, Keys.ENTER);
    browser.awaitValue("#text", text -> text.length() > 20);
    browser.tabTo("#temperature");
    String before = browser.value("#temperature");
    browser.press(Keys.ARROW_LEFT);
    assertThat(browser.value("#temperature")).isNotEqualTo(before);
    browser.press(Keys.SHIFT, Keys.TAB);
    for (String view : List.of("see", "train")) {
      browser.script("document.activeElement.blur()");
      browser.tabTo("#nav-" + view);
      browser.press(Keys.ENTER);
      browser.await(view, () -> browser.find("#view-" + view).isDisplayed() ? true : null);
    }
    browser.tabTo("#start-training");
  }

  @Test
  void whatTheModelThinksIsSeen() throws IOException {
    write("The moon is over the sea tonight\nand all");
    browser.click("#nav-see");
    browser.await("tokens", () -> browser.all("[data-token]").size() == 40 ? true : null);
    browser.click("[data-token='9']");
    browser.awaitText("#token-alternatives", text -> text.contains("bits"));
    String bySurprise = colour(20);
    browser.choose("#colour-by", "unit");
    browser.await("units", () -> browser.all("#units [data-unit]").size() == 48 ? true : null);
    browser.await("another colour", () -> colour(20).equals(bySurprise) ? null : true);
    String byUnit = colour(20);
    browser.click("#units [data-unit]:nth-child(30)");
    browser.await("another unit", () -> colour(20).equals(byUnit) ? null : true);
    browser.choose("#colour-by", "saliency");
    browser.click("[data-token='25']");
    browser.awaitText(".legend-place", text -> text.contains("Spoke for it"));
    browser.click("#show-copies");
    browser.awaitText("#copies-share", text -> text.startsWith("100 %"));
    browser.picture("see-english");
    String link =
        browser.await(
            "the address has it all",
            () -> {
              String now = String.valueOf(browser.script("return location.href"));
              return now.contains("saliency") && now.contains("copies") ? now : null;
            });
    browser.go(link);
    browser.awaitText("#copies-share", text -> text.startsWith("100 %"));
    assertThat(browser.value("#colour-by")).isEqualTo("saliency");
  }

  private String colour(int token) {
    return String.valueOf(
        browser.script(
            "return getComputedStyle(document.querySelector(arguments[0])).backgroundColor",
            "[data-token='" + token + "']"));
  }

  @Test
  void aRunIsStartedWatchedPausedResumedAndCompared() throws IOException {
    browser.go(address + "/#train");
    browser.fill("#train-form [name=name]", "mine");
    browser.fill("#train-form [name=text]", LINES.repeat(30));
    browser.fill("#train-form [name=layers]", "1");
    browser.fill("#train-form [name=hidden]", "16");
    browser.fill("#train-form [name=epochs]", "100000");
    browser.click("#start-training");
    String run = "[data-run^=mine]";
    browser.awaitText("#run-status", text -> text.contains("Running"));
    browser.await("curves", () -> browser.all("#curves svg path").size() > 3 ? true : null);
    browser.awaitText("#previews", text -> !text.isBlank());
    browser.picture("train-running");
    browser.click("#pause");
    browser.awaitText("#run-status", text -> text.contains("Paused"));
    browser.click("#resume");
    browser.awaitText("#run-status", text -> text.contains("Running"));
    browser.click("#pause");
    browser.awaitText("#run-status", text -> text.contains("Paused"));
    for (String each : List.of(run, "[data-run=english]")) {
      browser.await(
          each + " is chosen",
          () -> {
            WebElement box = browser.find(each + " input[type=checkbox]");
            if (!box.isSelected()) {
              box.click();
            }
            return box.isSelected() ? true : null;
          });
    }
    browser.await("both compared", () -> browser.all("#curves tbody tr").size() == 2 ? true : null);
    assertThat(browser.find("#view-train").getText()).contains("english", "mine");
    browser.picture("train-compared");
    String broken = browser.find("[data-run=broken]").getText();
    assertThat(broken).contains("run.json: not JSON");
  }

  @Test
  void itLooksWellEverywhereAndKeepsNobodyOut() throws IOException {
    write("The moon is over the sea tonight\nand all the stars are out of sight\n月亮\n");
    for (boolean isDark : new boolean[] {false, true}) {
      for (int width : List.of(390, 768, 1440)) {
        browser.screen(width, 900, isDark);
        for (String view : List.of("write", "see", "train")) {
          browser.click("#nav-" + view);
          browser.await(view, () -> browser.find("#view-" + view).isDisplayed() ? true : null);
          browser.await("rest", () -> browser.all("[aria-busy=true]").isEmpty() ? true : null);
          browser.picture("%s-%d-%s".formatted(view, width, isDark ? "dark" : "light"));
          assertThat(
                  browser.script(
                      "return document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
              .as("%s fits into %d", view, width)
              .isEqualTo(true);
          assertThat(browser.barriers()).as("%s at %d, dark: %s", view, width, isDark).isEmpty();
        }
      }
    }
  }

  @Test
  void aFolderWithoutRunsLeadsToTraining() throws IOException, InterruptedException {
    try (Running other = Program.in(folder).start("studio", "nothing", "--port", "0")) {
      browser.go(other.firstLine());
      browser.awaitText("#view-write .no-model", text -> text.contains("There is no model yet"));
      browser.awaitText("#about", text -> text.contains("computing with scratch"));
      browser.picture("write-without-models");
      other.signal("TERM").end();
    }
  }

  /** Training goes on after the process was killed, from its last checkpoint. */
  @Test
  void whatWasBeingTrainedWhenItWasKilledCanBeResumed() throws Exception {
    String run;
    Program program = Program.in(folder);
    try (Running first = program.start("studio", "killed", "--port", "0")) {
      String there = first.firstLine();
      String request =
          "{\"name\":\"k\",\"source\":\"bundled:songs\",\"settings\":{\"model.hidden\":16,\"model.layers\":1,"
              + "\"training.epochs\":100000,\"sampler.steps\":100}}";
      run = post(there + "/api/trainings", request).replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
      first.awaitText(folder.resolve("killed/" + run + "/metrics.jsonl"), "\"epoch\":2");
      first.signal("KILL");
    }
    try (Running second = program.start("studio", "killed", "--port", "0")) {
      String there = second.firstLine();
      browser.go(there + "/#train?run=" + run);
      browser.awaitText("#run-status", text -> text.contains("Stopped"));
      browser.click("#resume");
      browser.awaitText("#run-status", text -> text.contains("Running"));
      second.awaitText(folder.resolve("killed/" + run + "/metrics.jsonl"), "\"epoch\":4");
      assertThat(second.signal("INT").end().err()).doesNotContain("unexpected");
    }
    assertThat(Files.readString(folder.resolve("killed/" + run + "/run.json")))
        .contains("\"status\" : \"interrupted\"");
  }

  private static String post(String address, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return Objects.requireNonNull(
        HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body());
  }
}
