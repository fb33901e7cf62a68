package io.github.lyricist.sweep;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.config.ConfigReader;
import io.github.lyricist.config.ConfigWriter;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.run.AtomicFile;
import io.github.lyricist.run.FolderLock;
import io.github.lyricist.run.JsonLinesReader;
import io.github.lyricist.run.JsonObject;
import io.github.lyricist.run.JsonText;
import io.github.lyricist.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The folder that holds all that a sweep leaves behind: {@code sweep.yaml} as it was given, in
 * {@code configs} the configuration of each trial, in {@code runs} a run directory each, {@code
 * trials.jsonl} with what became of them, in trial order, {@code rungs.jsonl} with the rungs that
 * were begun, {@code best.yaml}, and {@code report.html}.
 */
final class SweepFolder implements AutoCloseable {
  /** The sweep as it was given. */
  static final String SWEEP = "sweep.yaml";

  private static final String TRIALS = "trials.jsonl";
  private static final String RUNGS = "rungs.jsonl";
  private static final String BEST = "best.yaml";
  private static final String REPORT = "report.html";
  private static final String WHAT_TO_DO =
      "put it back as it was, or begin the sweep anew in another folder";

  private final Path folder;
  private final FolderLock lock;
  private final List<Trial> trials;

  private SweepFolder(Path folder, List<Trial> trials) {
    this.folder = folder;
    this.trials = trials;
    this.lock = FolderLock.take(folder, "at this sweep");
  }

  /** Whether a folder holds a sweep. */
  static boolean isSweep(Path folder) {
    return Files.isRegularFile(folder.resolve(TRIALS));
  }

  /**
   * Makes the folder of a sweep that begins.
   *
   * @param specs of the trials
   * @throws InvalidInputException if the folder can't be one
   */
  static SweepFolder create(
      Path folder, String sweep, List<Trial> trials, List<ExperimentSpec> specs) {
    RunDirectory.requireUsable(folder);
    try {
      Files.createDirectories(folder.resolve("configs"));
      Files.createDirectories(folder.resolve("runs"));
    } catch (IOException e) {
      throw RunFailedException.writing(folder, e);
    }
    SweepFolder made = new SweepFolder(folder, trials);
    try {
      made.write(SWEEP, sweep);
      for (Trial trial : trials) {
        AtomicFile.write(
            made.config(trial.number()),
            out -> out.write(ConfigWriter.write(specs.get(trial.number() - 1)).getBytes(UTF_8)));
      }
      made.write(RUNGS, "");
      made.writeResults(Collections.nCopies(trials.size(), TrialResult.NONE));
      return made;
    } catch (RuntimeException | Error e) {
      made.close();
      throw e;
    }
  }

  /**
   * Opens the folder of a sweep that goes on.
   *
   * @throws InvalidInputException if it is none, or another process has it
   */
  static SweepFolder open(Path folder, List<Trial> trials) {
    return new SweepFolder(folder, trials);
  }

  private void write(String name, String text) {
    AtomicFile.write(folder.resolve(name), out -> out.write(text.getBytes(UTF_8)));
  }

  List<Trial> trials() {
    return trials;
  }

  /** Where the configuration of a trial is. */
  Path config(int trial) {
    return folder.resolve("configs").resolve(name(trial) + ".yaml");
  }

  /** Where a trial is trained. */
  Path run(int trial) {
    return folder.resolve("runs").resolve(name(trial));
  }

  Path best() {
    return folder.resolve(BEST);
  }

  Path report() {
    return folder.resolve(REPORT);
  }

  /** As wide as the last trial's, so that names sort as numbers do. */
  private String name(int trial) {
    int width = Math.max(2, Integer.toString(trials.size()).length());
    return "%%0%dd".formatted(width).formatted(trial);
  }

  /** What became of the trials, in trial order. */
  List<TrialResult> results() {
    Path file = folder.resolve(TRIALS);
    List<JsonObject> lines = new JsonLinesReader(file).read();
    List<TrialResult> results = new ArrayList<>();
    for (JsonObject line : lines) {
      int number = line.integer("trial", 1);
      if (number != results.size() + 1 || number > trials.size() || !hasValues(line, number)) {
        throw InvalidInputException.at(
            line.where(), "not what %s says of trial %d".formatted(SWEEP, number), WHAT_TO_DO);
      }
      results.add(TrialResult.read(line));
    }
    if (results.size() != trials.size()) {
      throw InvalidInputException.at(
          file.toString(),
          "has %d trials, %s %d".formatted(results.size(), SWEEP, trials.size()),
          WHAT_TO_DO);
    }
    return results;
  }

  private boolean hasValues(JsonObject line, int number) {
    Map<String, String> values = new LinkedHashMap<>(line.values());
    values.keySet().removeIf(key -> !key.startsWith("values."));
    return JsonObject.parse(TRIALS, WHAT_TO_DO, "{\"values\":" + json(number) + "}")
        .values()
        .equals(values);
  }

  private String json(int number) {
    return JsonText.object(
        json -> {
          for (Map.Entry<String, String> entry : trials.get(number - 1).values().entrySet()) {
            json.writeFieldName(entry.getKey());
            json.writeRawValue(entry.getValue());
          }
        });
  }

  void writeResults(List<TrialResult> results) {
    writeLines(
        TRIALS,
        trials,
        (json, trial) -> {
          json.writeNumberField("trial", trial.number());
          json.writeFieldName("values");
          json.writeRawValue(json(trial.number()));
          results.get(trial.number() - 1).writeFields(json);
        });
  }

  /** Writes the fields of an object. */
  @FunctionalInterface
  private interface Fields<T> {
    void write(JsonGenerator json, T object) throws IOException;
  }

  private <T> void writeLines(String name, List<T> objects, Fields<T> fields) {
    StringBuilder lines = new StringBuilder();
    for (T object : objects) {
      lines.append(JsonText.object(json -> fields.write(json, object))).append('\n');
    }
    write(name, lines.toString());
  }

  /** The rungs that were begun, in their order. */
  List<Rung> rungs() {
    List<Rung> rungs = new ArrayList<>();
    for (JsonObject line : new JsonLinesReader(folder.resolve(RUNGS)).read()) {
      List<Integer> numbers = new ArrayList<>();
      for (int i = 0; line.values().containsKey("trials." + i); i++) {
        numbers.add(trial(line, "trials." + i));
      }
      if (numbers.isEmpty()) {
        throw line.broken("has no 'trials'");
      }
      rungs.add(new Rung(line.integer("epochs", 1), numbers));
    }
    return rungs;
  }

  private int trial(JsonObject line, String key) {
    int number = line.integer(key, 1);
    if (number > trials.size()) {
      throw InvalidInputException.at(
          line.where(), "there is no trial " + number + " in " + SWEEP, WHAT_TO_DO);
    }
    return number;
  }

  void writeRungs(List<Rung> rungs) {
    writeLines(
        RUNGS,
        rungs,
        (json, rung) -> {
          json.writeNumberField("epochs", rung.epochs());
          int[] numbers = rung.trials().stream().mapToInt(Integer::intValue).toArray();
          json.writeFieldName("trials");
          json.writeArray(numbers, 0, numbers.length);
        });
  }

  /** Keeps the configuration of the best trial, to be trained as it is. */
  void writeBest(Trial best) {
    ExperimentSpec spec = ConfigReader.readOfRun(config(best.number()), List.of()).spec();
    write(
        BEST,
        "# trial %d: %s\n%s"
            .formatted(best.number(), best.description(), ConfigWriter.write(spec)));
  }

  @Override
  public void close() {
    lock.close();
  }
}
