package io.github.lyricist.report;

import io.github.lyricist.training.Preview;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What the runs wrote at each preview epoch, side by side: those that wrote anything then. */
final class Samples {
  /** Beyond, a page is no longer read but scrolled. */
  static final int MOST_EPOCHS = 40;

  private final List<StoredRun> runs;
  private final List<String> names;

  Samples(List<StoredRun> runs, List<String> names) {
    this.runs = runs;
    this.names = names;
  }

  void write(Markup html) {
    TreeSet<Integer> epochs = new TreeSet<>();
    runs.forEach(run -> epochs.addAll(run.previewEpochs()));
    if (epochs.isEmpty()) {
      html.element("p", "There are no previews.");
      return;
    }
    List<Integer> shown = evenly(List.copyOf(epochs));
    if (shown.size() < epochs.size()) {
      html.element(
          "p", "%d of %d preview epochs, evenly chosen.".formatted(shown.size(), epochs.size()));
    }
    for (int epoch : shown) {
      html.element("h3", "Epoch " + epoch).line().open("div", "class", "samples").line();
      for (int i = 0; i < runs.size(); i++) {
        write(html, epoch, i);
      }
      html.close().line();
    }
  }

  private void write(Markup html, int epoch, int run) {
    List<Preview> previews =
        runs.get(run).previews().stream().filter(preview -> preview.epoch() == epoch).toList();
    if (previews.isEmpty()) {
      return;
    }
    html.open("section").line();
    if (runs.size() > 1) {
      RunTitle.write(html, "h4", names.get(run), run);
    }
    for (Preview preview : previews) {
      html.open("p", "class", "song").element("b", preview.prefix());
      html.text(preview.text()).close().line();
    }
    html.close().line();
  }

  /** At most {@link #MOST_EPOCHS} of them, the first and the last included. */
  static List<Integer> evenly(List<Integer> epochs) {
    if (epochs.size() <= MOST_EPOCHS) {
      return epochs;
    }
    List<Integer> chosen = new ArrayList<>();
    for (int i = 0; i < MOST_EPOCHS; i++) {
      chosen.add(epochs.get((int) ((long) i * (epochs.size() - 1) / (MOST_EPOCHS - 1))));
    }
    return chosen;
  }
}
