package io.github.lyricist.cli;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.UserPath;
import io.github.lyricist.config.Config;
import io.github.lyricist.config.ConfigReader;
import io.github.lyricist.config.OwnText;
import io.github.lyricist.config.SavedArchitecture;
import io.github.lyricist.config.Setting;
import io.github.lyricist.run.RunDirectory;
import io.github.lyricist.run.SavedModel;
import io.github.lyricist.tokens.Excerpt;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The configuration, and the options that stand in place of its values. */
final class ConfigOptions {
  @Parameters(
      index = "0",
      paramLabel = "CONFIG",
      description = {
        "An experiment, a YAML file as those in configs/;",
        "or a text, an archive of one or a folder of texts,",
        "for configs/own-text.yaml to learn."
      })
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String config;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "The engine, in place of the config's; see '${ROOT-COMMAND-NAME} backends'.")
  private @Nullable String backend;

  @Option(
      names = "--device",
      paramLabel = "D",
      description = "auto, cpu, cuda or cuda:N, in place of the config's.")
  private @Nullable String device;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to compute with, in place of the config's.")
  private @Nullable String threads;

  @Option(
      names = "--set",
      paramLabel = "path=value",
      description = {"Another value for a key, as YAML:", "--set training.clipNorm=null"})
  private List<String> settings = new ArrayList<>();

  /**
   * Reads the configuration.
   *
   * @param more settings of the command's own options
   */
  Config read(List<Setting> more) {
    List<Setting> all = new ArrayList<>();
    settings.forEach(assignment -> all.add(Setting.parse(assignment)));
    all.addAll(more);
    Setting.ofOption("--backend", "backend", backend).ifPresent(all::add);
    Setting.ofOption("--device", "device", device).ifPresent(all::add);
    Setting.ofOption("--threads", "threads", threads).ifPresent(all::add);
    Path here = Path.of("");
    SavedArchitecture models = model -> SavedModel.open(model).spec();
    if (OwnText.isConfig(config)) {
      return ConfigReader.read(path(config), all, here, models);
    }
    requireText(config);
    return OwnText.read(config, all, here, models);
  }

  /**
   * The command line of {@link CompareEngineCommand} for this experiment on one engine: without
   * previews, for so many epochs and never fewer.
   */
  List<String> forBackend(String name, int epochs, Path out) {
    List<String> arguments = new ArrayList<>(List.of(CompareEngineCommand.NAME, config));
    settings.forEach(assignment -> arguments.addAll(List.of("--set", assignment)));
    if (device != null) {
      arguments.addAll(List.of("--device", device));
    }
    if (threads != null) {
      arguments.addAll(List.of("--threads", threads));
    }
    arguments.addAll(
        List.of(
            "--backend",
            name,
            "--set",
            "training.epochs=" + epochs,
            "--set",
            "preview.every=0",
            "--set",
            "preview.prefixes=[]",
            "--set",
            "training.earlyStop=null",
            "--out",
            out.toString()));
    return arguments;
  }

  private static Path path(String name) {
    try {
      return UserPath.of(name);
    } catch (InvalidPathException e) {
      throw InvalidInputException.at(
          Excerpt.of(name), "no name of a file", "name a config or a text");
    }
  }

  private static void requireText(String name) {
    Path path = path(name);
    if (Files.exists(path.resolve(RunDirectory.CONFIG))) {
      throw InvalidInputException.at(
          Excerpt.of(name),
          "a run, not a text",
          "to continue it: " + Launcher.command("resume", name));
    }
    if (name.endsWith(".safetensors")) {
      throw InvalidInputException.at(
          Excerpt.of(name),
          "a model, not a text",
          "to write with it: " + Launcher.command("generate", name));
    }
  }
}
