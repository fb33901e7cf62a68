package io.github.lyricist.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.BoundedFile;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.tensorboard.EventFile;
import io.github.lyricist.tokens.BpeTokenizer;
import io.github.lyricist.tokens.Tokenizer;
import io.github.lyricist.training.EpochResult;
import io.github.lyricist.training.Preview;
import io.github.lyricist.training.TrainingState;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds all that a run leaves behind. Its files are replaced as a whole, but for
 * the {@code .jsonl} ones, which grow by whole lines. Every failure to write is a {@link
 * RunFailedException}.
 */
public final class RunDirectory implements AutoCloseable {
  /** The complete config. */
  public static final String CONFIG = "config.yaml";

  /** The pictures of a run, drawn at its end. */
  public static final String CURVES_SVG = "curves.svg";

  public static final String CURVES_PNG = "curves.png";

  /** The tokenizer as other programs read it, where it is one of subwords. */
  private static final String TOKENIZER = "tokenizer.json";

  /** What is replaced as a whole. */
  private static final Set<String> FILES =
      Set.of(
          CONFIG,
          Provenance.FILE,
          SavedModel.FILE,
          CheckpointFile.FILE,
          CURVES_SVG,
          CURVES_PNG,
          TOKENIZER);

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private final Path folder;
  private final FolderLock lock;
  private final JsonLines metrics;
  private final JsonLines previews;
  private @Nullable EventFile events;

  private RunDirectory(Path folder) {
    this.folder = folder;
    this.lock = FolderLock.take(folder, "training this run");
    this.metrics = new JsonLines(folder.resolve(Metrics.FILE));
    this.previews = new JsonLines(folder.resolve(Previews.FILE));
  }

  /** Does what comes first in a folder that was just taken; where that fails, it is let go of. */
  private RunDirectory begun(Runnable beginning) {
    try {
      beginning.run();
      return this;
    } catch (RuntimeException | Error e) {
      try {
        close();
      } catch (RuntimeException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  /** Where a run goes when the user names no folder: {@code runs/<name>-<yyyyMMdd-HHmmss>}. */
  public static Path defaultFolder(Path runs, String name, LocalDateTime now) {
    Path folder = runs.resolve(name + "-" + TIME.format(now));
    for (int i = 2; Files.exists(folder); i++) {
      folder = runs.resolve(name + "-" + TIME.format(now) + "-" + i);
    }
    return folder;
  }

  /**
   * Checks, before the work, that a folder can take a run.
   *
   * @throws InvalidInputException if it exists and is not an empty folder
   */
  public static void requireUsable(Path folder) {
    for (Path above = folder.toAbsolutePath().getParent();
        above != null;
        above = above.getParent()) {
      if (Files.exists(above) && !Files.isDirectory(above)) {
        throw InvalidInputException.at(
            above.toString(), "is a file, not a folder", "give --out another name");
      }
    }
    if (!Files.exists(folder)) {
      return;
    }
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
        if (!entries.iterator().hasNext()) {
          return;
        }
      } catch (IOException e) {
        throw RunFailedException.reading(folder, e);
      }
    }
    throw InvalidInputException.at(
        folder.toString(), "exists and is not an empty folder", "give --out another name");
  }

  /** Makes the folder, and those above it. */
  public static RunDirectory create(Path folder) {
    requireUsable(folder);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw RunFailedException.writing(folder, e);
    }
    RunDirectory directory = new RunDirectory(folder);
    return directory.begun(
        () -> {
          directory.metrics.begin();
          directory.previews.begin();
        });
  }

  /**
   * Checks that a folder is one that a run left behind.
   *
   * @throws InvalidInputException if it isn't
   */
  public static void requireRun(Path folder) {
    BoundedFile.requireFolder(folder, "give a run directory, as in runs/");
    if (!Files.isRegularFile(folder.resolve(CONFIG))) {
      if (Files.exists(folder.resolve(CheckpointFile.FILE))) { // which an import does not make
        throw InvalidInputException.at(
            folder.toString(),
            "there is no %s, without which it can't be resumed".formatted(CONFIG),
            "put it back, or train the run again from its start");
      }
      if (Files.isRegularFile(folder.resolve(SavedModel.FILE))) {
        throw InvalidInputException.at(
            folder.toString(),
            "a model that was imported, not a run: it has no " + CONFIG,
            "write with it (generate), score it (eval), or train it on: run CONFIG --set"
                + " 'model={from: %s}'".formatted(folder));
      }
      throw InvalidInputException.at(
          folder.toString(), "there is no " + CONFIG, "give a run directory");
    }
  }

  /** Whether a folder holds a run that has got as far as its first checkpoint. */
  public static boolean canBeResumed(Path folder) {
    return Files.isRegularFile(folder.resolve(CONFIG))
        && Files.isRegularFile(folder.resolve(CheckpointFile.FILE));
  }

  /** Takes away what a run left that was killed before its first checkpoint. */
  public static void clear(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw RunFailedException.writing(folder, e);
    }
  }

  /**
   * Opens the folder of a run that stopped, to resume it. Nothing in it is touched before its
   * checkpoint is known to be one.
   *
   * @throws InvalidInputException if it is none, or another process is at it
   */
  public static RunDirectory open(Path folder) {
    requireRun(folder);
    CheckpointFile.header(folder);
    return new RunDirectory(folder).begun(() -> AtomicFile.removeLeftovers(folder, FILES));
  }

  /**
   * Cuts what the run told of later epochs, which are going to be trained again.
   *
   * @return the results of the epochs up to this one
   * @throws InvalidInputException if one is missing, or a line is broken; then nothing is cut
   */
  public List<EpochResult> cutBackTo(int epoch) {
    List<EpochResult> past = past(epoch);
    long previewed =
        Files.exists(folder.resolve(Previews.FILE))
            ? Previews.read(folder).stream().filter(preview -> preview.epoch() <= epoch).count()
            : 0;
    metrics.keep(past.size());
    previews.keep((int) previewed);
    return past;
  }

  private List<EpochResult> past(int epoch) {
    List<EpochResult> past =
        Metrics.read(folder).stream().filter(result -> result.epoch() <= epoch).toList();
    if (past.size() != epoch) {
      throw InvalidInputException.at(
          folder.resolve(Metrics.FILE).toString(),
          "it has %d epochs, but the checkpoint %d".formatted(past.size(), epoch),
          "restore it, or run config.yaml to start again");
    }
    return past;
  }

  public Path folder() {
    return folder;
  }

  public void writeConfig(String yaml) {
    replace(CONFIG, out -> out.write(yaml.getBytes(UTF_8)));
  }

  public void writeProvenance(Provenance provenance) {
    replace(Provenance.FILE, provenance::write);
  }

  /** Says where a model came from that was not trained here. */
  public void writeProvenance(ImportProvenance provenance) {
    replace(Provenance.FILE, provenance::write);
  }

  /** Writes {@code tokenizer.json} for other programs, if the tokenizer is one of subwords. */
  public void writeTokenizer(Tokenizer tokenizer) {
    if (tokenizer instanceof BpeTokenizer) {
      replace(TOKENIZER, out -> out.write(TokenizerJson.of(tokenizer).getBytes(UTF_8)));
    }
  }

  public void writeModel(ModelSpec spec, Tokenizer tokenizer, Parameters parameters) {
    replace(SavedModel.FILE, out -> ModelFile.write(out, spec, tokenizer, parameters));
  }

  /**
   * Replaces the checkpoint; what it relies on in the growing files is on disk before.
   *
   * @param experiment what has to stay as it is for the run to be resumed, by dotted key
   * @param corpusSha256 of the text that is trained on
   */
  public void writeCheckpoint(
      ModelSpec spec,
      Tokenizer tokenizer,
      Map<String, String> experiment,
      String corpusSha256,
      Parameters parameters,
      TrainingState state) {
    metrics.flush();
    previews.flush();
    replace(
        CheckpointFile.FILE,
        out ->
            CheckpointFile.write(
                out, spec, tokenizer, experiment, corpusSha256, parameters, state));
  }

  private void replace(String name, AtomicFile.Content content) {
    AtomicFile.write(folder.resolve(name), content);
  }

  /**
   * From now on also tells TensorBoard.
   *
   * @param firstEpoch the first epoch that it will be told of
   */
  public void tellTensorBoard(int firstEpoch) {
    events = EventFile.create(folder, firstEpoch);
  }

  public void appendMetrics(EpochResult result) {
    metrics.append(json -> Metrics.writeFields(json, result));
    if (events != null) {
      events.append(result);
    }
  }

  public void appendPreview(Preview preview) {
    previews.append(json -> Previews.writeFields(json, preview));
    if (events != null) {
      events.append(preview);
    }
  }

  @Override
  public void close() {
    try (lock;
        metrics;
        previews) {
      if (events != null) {
        events.close();
      }
    }
  }
}
