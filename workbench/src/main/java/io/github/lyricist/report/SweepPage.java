package io.github.lyricist.report;

import io.github.lyricist.report.Canvas.Dash;
import io.github.lyricist.report.Curve.Sample;
import io.github.lyricist.training.EpochResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The page of a sweep: leaderboard, curves, and how the objective goes with each key. */
public final class SweepPage {
  private final String title;
  private final String objective;
  private final List<TrialSummary> trials;
  private final boolean validated;

  /**
   * @param objective its name
   * @param trials the best one first
   */
  public SweepPage(String title, String objective, List<TrialSummary> trials) {
    this.title = title;
    this.objective = objective;
    this.trials = List.copyOf(trials);
    this.validated =
        trials.stream()
            .flatMap(trial -> trial.results().stream())
            .anyMatch(epoch -> epoch.validationPerplexity() != null);
  }

  /** The whole page. */
  public String html() {
    return Page.of(title, this::write);
  }

  private void write(Page page) {
    Markup html = page.html();
    html.open("header").element("h1", title).line();
    page.remark("%d trials, by %s: less is better".formatted(trials.size(), objective));
    html.close().line();
    page.section("Leaderboard", () -> leaderboard(html));
    page.section("Curves", () -> new Figure(curves(), false).write(html));
    page.section("%s against each key".formatted(objective), () -> multiples(html));
  }

  private void leaderboard(Markup html) {
    List<String> header =
        new ArrayList<>(List.of("trial", objective, "epochs", "training", "status"));
    header.addAll(trials.get(0).values().keySet());
    List<List<String>> rows = new ArrayList<>();
    for (TrialSummary trial : trials) {
      List<String> row =
          new ArrayList<>(
              List.of(
                  trial.name(),
                  Numbers.perplexity(trial.objective()),
                  "" + trial.epochs(),
                  Numbers.seconds(trial.seconds()),
                  trial.status()));
      row.addAll(trial.values().values());
      rows.add(row);
    }
    new Table("Leaderboard", "numbers", header, rows).write(html);
  }

  /** The best in colours and with their names, before all others. */
  private Plot curves() {
    List<TrialSummary> best =
        trials.stream().filter(t -> t.objective() != null).limit(Ink.curves()).toList();
    List<Curve> curves = new ArrayList<>();
    for (TrialSummary trial : trials) {
      if (!best.contains(trial)) {
        curves.add(curve(trial, "", Ink.GRID));
      }
    }
    for (int rank = 0; rank < best.size(); rank++) {
      TrialSummary trial = best.get(rank);
      String name = "%s (%s)".formatted(trial.name(), trial.description());
      curves.add(curve(trial, name, Ink.ofCurve(rank)));
    }
    String what = validated ? "validation perplexity" : "perplexity";
    return new Plot(what + ", log scale", true, curves);
  }

  private Curve curve(TrialSummary trial, String name, Ink ink) {
    List<Sample> samples = trial.results().stream().map(this::sample).toList();
    return new Curve(name, ink, Dash.NONE, samples, Set.of());
  }

  private Sample sample(EpochResult epoch) {
    Double validation = epoch.validationPerplexity();
    double perplexity = validation == null ? Double.NaN : validation;
    return new Sample(epoch.epoch(), validated ? perplexity : epoch.perplexity());
  }

  private void multiples(Markup html) {
    html.open("div", "class", "multiples").line();
    for (String key : trials.get(0).values().keySet()) {
      new Scatter(key, objective, trials).write(html);
    }
    html.close().line();
  }
}
