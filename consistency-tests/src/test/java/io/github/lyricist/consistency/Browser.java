package io.github.lyricist.consistency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;

/** A real Chromium, as a user has it before the studio's page. */
final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Path PICTURES = Program.ROOT.resolve("consistency-tests/target/screens");

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Opens one; where there is none the test is skipped, and says so. */
  static Browser open() {
    Optional<Path> driver = onPath("chromedriver");
    Optional<Path> chromium = onPath("chromium");
    Assumptions.assumeTrue(
        driver.isPresent() && chromium.isPresent(), "there is no chromium with chromedriver here");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.orElseThrow().toFile());
    options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage");
    options.addArguments("--window-size=1440,900", "--lang=en");
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(driver.orElseThrow().toFile())
            .build();
    return new Browser(new ChromeDriver(service, options));
  }

  private static Optional<Path> onPath(String command) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .map(folder -> Path.of(folder, command))
        .filter(Files::isExecutable)
        .findFirst();
  }

  void go(String address) {
    driver.get("about:blank"); // so that another fragment is another page
    driver.get(address);
  }

  WebElement find(String css) {
    return await("there is " + css, () -> all(css).stream().findFirst().orElse(null));
  }

  List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  /** Waits until something is there. */
  <T> T await(String what, Supplier<T> found) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      try {
        T result = found.get();
        if (result != null) {
          return result;
        }
        Thread.sleep(30);
      } catch (StaleElementReferenceException e) {
        // The page drew it anew.
      } catch (InterruptedException e) {
        throw new AssertionError("interrupted", e);
      }
    }
    try {
      picture("failure");
    } catch (IOException e) {
      // Then there is none.
    }
    throw new AssertionError(
        "in time: %s; the page shows: %s".formatted(what, find("main").getText()));
  }

  /** Waits until an element's text is as expected. */
  String awaitText(String css, Predicate<String> expected) {
    return await(
        css + " shows what it should",
        () -> all(css).stream().map(WebElement::getText).filter(expected).findFirst().orElse(null));
  }

  /** What a field holds. */
  String value(String css) {
    return Objects.requireNonNullElse(find(css).getDomProperty("value"), "");
  }

  /** Waits until what a field holds is as expected. */
  String awaitValue(String css, Predicate<String> expected) {
    return await(
        css + " holds what it should", () -> Optional.of(value(css)).filter(expected).orElse(null));
  }

  void fill(String css, String text) {
    WebElement field = find(css);
    field.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.BACK_SPACE); // as a person does
    field.sendKeys(text);
  }

  void choose(String css, String value) {
    find(css + " option[value='" + value + "']").click();
  }

  void click(String css) {
    WebElement element =
        await(
            css + " can be clicked",
            () ->
                all(css).stream()
                    .filter(each -> each.isDisplayed() && each.isEnabled())
                    .findFirst()
                    .orElse(null));
    driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
    element.click();
  }

  /** Presses keys, wherever the focus is. */
  void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** Presses a key while another one is held. */
  void press(Keys held, CharSequence key) {
    new Actions(driver).keyDown(held).sendKeys(key).keyUp(held).perform();
  }

  /** Presses Tab until an element has the focus. */
  void tabTo(String css) {
    for (int i = 0; i < 80; i++) {
      if (Boolean.TRUE.equals(script("return document.activeElement.matches(arguments[0])", css))) {
        return;
      }
      press(Keys.TAB);
    }
    throw new AssertionError("the keyboard does not reach " + css);
  }

  Object script(String code, Object... arguments) {
    return driver.executeScript(code, arguments);
  }

  /** Shows the page on a screen of this width, light or dark. */
  void screen(int width, int height, boolean isDark) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", isDark ? "dark" : "light"))));
  }

  /** Saves what is seen, for a person to look at. */
  void picture(String name) throws IOException {
    Files.createDirectories(PICTURES);
    Files.write(PICTURES.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
  }

  /** Has axe look for what keeps people out: what it finds serious, in its words. */
  List<?> barriers() throws IOException {
    try (InputStream axe =
        Browser.class.getResourceAsStream(
            "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js")) {
      assertThat(axe).as("axe-core").isNotNull();
      driver.executeScript(new String(Objects.requireNonNull(axe).readAllBytes(), UTF_8));
    }
    return (List<?>)
        Objects.requireNonNull(
            driver.executeAsyncScript(
                """
                const done = arguments[arguments.length - 1];
                axe.run(document, {resultTypes: ['violations']}).then(({ violations }) => done(violations
                  .filter(({ impact }) => impact === 'serious' || impact === 'critical')
                  .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0].html}`)));
                """));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
