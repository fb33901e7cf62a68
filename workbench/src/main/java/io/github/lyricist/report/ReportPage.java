package io.github.lyricist.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.Build;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.Sha256;
import io.github.lyricist.training.EpochResult;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The page: summary, curves, configuration, samples, provenance. */
final class ReportPage {
  private final List<StoredRun> runs;
  private final List<String> names;
  private final List<History> histories = new ArrayList<>();
  private final Markup html = new Markup();
  private final String script = resource("report.js");

  ReportPage(List<StoredRun> runs) {
    this.runs = runs;
    this.names = RunNames.of(runs);
    for (int i = 0; i < runs.size(); i++) {
      StoredRun run = runs.get(i);
      String name = runs.size() == 1 ? "" : names.get(i);
      histories.add(new History(name, i, run.epochs(), run.previewEpochs()));
    }
  }

  /** The whole page. */
  String html() {
    html.open("html", "lang", "en").line();
    head();
    html.open("body").open("main").line();
    header();
    section("Summary", this::summary);
    section("Perplexity", this::perplexity);
    section("Speed", () -> figure(History.speed(histories)));
    section("Gradient norm", () -> figure(History.gradientNorm(histories)));
    section("Learning rate", () -> figure(History.learningRate(histories)));
    section(runs.size() == 1 ? "Config" : "Config differences", this::config);
    section("Samples", () -> new Samples(runs, names).write(html));
    section("Provenance", () -> table("Provenance", "keys", provenance()));
    html.element("footer", "Lyricist " + Build.current().version());
    html.close().line().script(script);
    html.close().close().line();
    return "<!DOCTYPE html>\n" + html;
  }

  private void head() {
    html.open("head").line();
    html.empty("meta", "charset", "utf-8").line();
    html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1").line();
    // Should anything of a run ever get past the escaping, it can neither run nor fetch: no script
    // but our own.
    html.empty(
            "meta",
            "http-equiv",
            "Content-Security-Policy",
            "content",
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-%s'"
                .formatted(Base64.getEncoder().encodeToString(sha256(script))))
        .line();
    html.element("title", String.join(", ", names) + " – Lyricist").line();
    html.style(
        Ink.definitions()
            + "body,svg{font-family:"
            + SvgCanvas.FONTS
            + "}\n"
            + resource("report.css"));
    html.line().close().line();
  }

  private static byte[] sha256(String text) {
    return Sha256.digest().digest(text.getBytes(UTF_8));
  }

  private static String resource(String name) {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      if (in != null) {
        return new String(in.readAllBytes(), UTF_8);
      }
    } catch (IOException e) {
      throw new RunFailedException("the program's own " + name + " is unreadable", e);
    }
    throw new RunFailedException("the program's own " + name + " is missing");
  }

  private void header() {
    html.open("header").line();
    html.element("h1", runs.size() == 1 ? names.get(0) : runs.size() + " runs").line();
    html.open("ul", "class", "runs").line();
    for (int i = 0; i < runs.size(); i++) {
      html.open("li");
      RunTitle.write(html, "b", names.get(i), i);
      html.text(" ").element("span", runs.get(i).status(), "class", "faint").text(" ");
      html.element("code", runs.get(i).folder().toString()).close().line();
    }
    html.close().close().line();
  }

  private void section(String heading, Runnable content) {
    html.open("section").element("h2", heading).line();
    content.run();
    html.close().line();
  }

  private void summary() {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      rows.add(summary(names.get(i), runs.get(i)));
    }
    List<String> header =
        List.of(
            "run",
            "epochs",
            "last perplexity",
            "best validation",
            "at epoch",
            "bits per character",
            "characters/s",
            "training");
    new Table("Summary", "numbers", header, rows).write(html);
    html.element(
        "p",
        "Perplexity: of a token, as training saw it in the last epoch. Bits per character: of the best validation, or else"
            + " of the last epoch; it compares models with different tokens. Characters/s: the median epoch. Training: the"
            + " time of its steps.",
        "class",
        "faint");
  }

  private static List<String> summary(String name, StoredRun run) {
    EpochResult last = run.last();
    EpochResult best = run.bestByValidation();
    return List.of(
        name,
        "%d of %s".formatted(run.epochsDone(), run.epochsInAll()),
        Numbers.perplexity(last == null ? null : last.perplexity()),
        Numbers.perplexity(best == null ? null : best.validationPerplexity()),
        best == null ? Numbers.NONE : "" + best.epoch(),
        Numbers.bits(
            best != null
                ? best.validationBitsPerCharacter()
                : last == null ? null : last.bitsPerCharacter()),
        Numbers.speed(run.epochs().stream().map(EpochResult::charactersPerSecond).toList()),
        Numbers.seconds(run.seconds()));
  }

  private void perplexity() {
    boolean marks =
        histories.stream()
            .mapToInt(history -> history.previewed().size())
            .anyMatch(count -> count > 0 && count <= CurveDrawing.MOST_MARKS);
    new Figure(History.perplexity(histories), marks).write(html);
  }

  private void figure(Plot plot) {
    new Figure(plot, false).write(html);
  }

  private void config() {
    var configs = runs.stream().map(StoredRun::config).toList();
    List<List<String>> rows =
        runs.size() == 1 ? SideBySide.all(configs) : SideBySide.differing(configs);
    if (rows.isEmpty()) {
      html.element("p", "The configs are the same.");
    } else {
      table("Config", "keys", rows);
    }
  }

  private List<List<String>> provenance() {
    return SideBySide.all(runs.stream().map(StoredRun::provenance).toList());
  }

  private void table(String caption, String kind, List<List<String>> rows) {
    List<String> header = new ArrayList<>(List.of("key"));
    header.addAll(names);
    new Table(caption, kind, header, rows).write(html);
  }
}
