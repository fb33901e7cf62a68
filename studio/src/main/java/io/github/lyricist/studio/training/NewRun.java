package io.github.lyricist.studio.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.Sha256;
import io.github.lyricist.config.Config;
import io.github.lyricist.config.OwnText;
import io.github.lyricist.config.Setting;
import io.github.lyricist.report.RunFolder;
import io.github.lyricist.run.AtomicFile;
import io.github.lyricist.run.SavedModel;
import io.github.lyricist.studio.http.Body;
import io.github.lyricist.studio.http.Refusal;
import io.github.lyricist.tokens.Excerpt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A run as a request asks for it. */
public final class NewRun {
  /** What a page may say of an experiment: nothing that names files. */
  private static final Pattern KEYS =
      Pattern.compile(
          "seed|corpus\\.(tokens|minCount|vocabulary)|model\\.(?!from).+|sampler\\..+"
              + "|training\\..+|preview\\..+");

  private static final String BUNDLED = "bundled:";
  private static final int DIGITS = 8;
  private static final int LONGEST_NAME = 200;
  private static final int MOST_SETTINGS = 100;

  private NewRun() {}

  /**
   * Its experiment. A text that came with it is kept in the folder.
   *
   * @param folder of all runs
   * @param engine that is to train it
   * @throws Refusal if it can't be
   */
  public static Config of(Body body, Path folder, Engine engine) {
    List<Setting> settings = settings(body);
    settings.addAll(engine.settings());
    String name = body.text("name", "").strip();
    if (name.length() > LONGEST_NAME) {
      throw Refusal.of("name", "it is too long", LONGEST_NAME + " characters at most");
    }
    if (!name.isEmpty()) {
      settings.add(Setting.ofText("name", "name", OwnText.name(name)));
    }
    if (body.has("source")) {
      String source = body.required("source");
      if (!source.startsWith(BUNDLED)) {
        throw Refusal.of(
            "source", "found '" + Excerpt.of(source) + "'", "bundled:songs, or a text");
      }
      return read(source, settings);
    }
    return kept(
        body.required("text"), folder, OwnText.name(name.isEmpty() ? "text" : name), settings);
  }

  private static List<Setting> settings(Body body) {
    Map<String, String> given = body.object("settings");
    if (given.size() > MOST_SETTINGS) {
      throw Refusal.of("settings", "found " + given.size(), MOST_SETTINGS + " at most");
    }
    List<Setting> settings = new ArrayList<>();
    for (Map.Entry<String, String> each : given.entrySet()) {
      if (!KEYS.matcher(each.getKey()).matches()) {
        throw Refusal.of(
            Excerpt.of(each.getKey()),
            "it can't be set here",
            "a key of the model or its training");
      }
      settings.add(new Setting(each.getKey(), each.getKey(), each.getValue()));
    }
    return settings;
  }

  /** Of a text that is kept beside the runs, unless something is wrong with the experiment. */
  private static Config kept(String text, Path folder, String name, List<Setting> settings) {
    byte[] bytes = text.getBytes(UTF_8);
    Path texts = folder.resolve(RunFolder.TEXTS);
    Path file = texts.resolve("%s-%s.txt".formatted(name, Sha256.of(bytes).substring(0, DIGITS)));
    boolean isNew = !Files.exists(file);
    try {
      Files.createDirectories(texts);
      if (isNew) {
        AtomicFile.write(file, out -> out.write(bytes));
      }
      return read(file.toString(), settings);
    } catch (IOException e) {
      throw RunFailedException.writing(texts, e);
    } catch (Refusal e) {
      if (isNew) {
        delete(file);
      }
      throw e;
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw RunFailedException.writing(file, e);
    }
  }

  private static Config read(String source, List<Setting> settings) {
    try {
      return OwnText.read(source, settings, Path.of(""), model -> SavedModel.open(model).spec());
    } catch (InvalidInputException e) {
      throw new Refusal(400, String.valueOf(e.getMessage()), meant(e, settings), null);
    }
  }

  /** The key that a fault is about, which its place is; null where it is another one. */
  private static @Nullable String meant(InvalidInputException fault, List<Setting> settings) {
    String message = String.valueOf(fault.getMessage());
    return settings.stream()
        .map(Setting::path)
        .filter(path -> message.startsWith(path + ":"))
        .findFirst()
        .orElse(fault.key());
  }
}
