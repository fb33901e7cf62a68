package io.github.lyricist.report;

import io.github.lyricist.training.EpochResult;
import java.util.ArrayList;
import java.util.List;

/** The page: summary, curves, configuration, samples, provenance. */
final class ReportPage {
  private final List<StoredRun> runs;
  private final List<String> names;
  private final List<History> histories = new ArrayList<>();

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
    return Page.of(String.join(", ", names), this::write);
  }

  private void write(Page page) {
    Markup html = page.html();
    header(html);
    page.section("Summary", () -> summary(page));
    page.section("Perplexity", () -> perplexity(html));
    page.section("Speed", () -> figure(html, History.speed(histories)));
    page.section("Gradient norm", () -> figure(html, History.gradientNorm(histories)));
    page.section("Learning rate", () -> figure(html, History.learningRate(histories)));
    page.section(runs.size() == 1 ? "Config" : "Config differences", () -> config(html));
    page.section("Samples", () -> new Samples(runs, names).write(html));
    page.section("Provenance", () -> table(html, "Provenance", "keys", provenance()));
  }

  private void header(Markup html) {
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

  private void summary(Page page) {
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
    new Table("Summary", "numbers", header, rows).write(page.html());
    page.remark(
        "Perplexity: of a token, as training saw it in the last epoch. Bits per character: of the best validation, or else"
            + " of the last epoch; it compares models with different tokens. Characters/s: the median epoch. Training: the"
            + " time of its steps.");
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

  private void perplexity(Markup html) {
    boolean marks =
        histories.stream()
            .mapToInt(history -> history.previewed().size())
            .anyMatch(count -> count > 0 && count <= CurveDrawing.MOST_MARKS);
    new Figure(History.perplexity(histories), marks).write(html);
  }

  private void figure(Markup html, Plot plot) {
    new Figure(plot, false).write(html);
  }

  private void config(Markup html) {
    var configs = runs.stream().map(StoredRun::config).toList();
    List<List<String>> rows =
        runs.size() == 1 ? SideBySide.all(configs) : SideBySide.differing(configs);
    if (rows.isEmpty()) {
      html.element("p", "The configs are the same.");
    } else {
      table(html, "Config", "keys", rows);
    }
  }

  private List<List<String>> provenance() {
    return SideBySide.all(runs.stream().map(StoredRun::provenance).toList());
  }

  private void table(Markup html, String caption, String kind, List<List<String>> rows) {
    List<String> header = new ArrayList<>(List.of("key"));
    header.addAll(names);
    new Table(caption, kind, header, rows).write(html);
  }
}
