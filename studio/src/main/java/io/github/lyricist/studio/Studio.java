package io.github.lyricist.studio;

import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.backend.Threads;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.corpus.CorpusSpec.Newlines;
import io.github.lyricist.distributed.Secret;
import io.github.lyricist.experiment.TrainedModel;
import io.github.lyricist.originality.TrainingText;
import io.github.lyricist.studio.api.InspectionApi;
import io.github.lyricist.studio.api.ModelsApi;
import io.github.lyricist.studio.api.TrainingApi;
import io.github.lyricist.studio.api.WritingApi;
import io.github.lyricist.studio.http.Page;
import io.github.lyricist.studio.http.Route;
import io.github.lyricist.studio.http.StudioServer;
import io.github.lyricist.studio.models.Models;
import io.github.lyricist.studio.models.OpenModel;
import io.github.lyricist.studio.openai.OpenAiApi;
import io.github.lyricist.studio.training.Engine;
import io.github.lyricist.studio.training.Trainings;
import io.github.lyricist.verse.Phonetics;
import io.github.lyricist.writing.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A page to write on, look inside, and train from, with what it asks for. */
public final class Studio implements AutoCloseable {
  private final Settings settings;
  private final BackendRegistry backends;
  private final Supplier<Phonetics> phoneticsSource;
  private final Consumer<String> log;
  private final Models models;
  private final Trainings trainings;
  private final StudioServer server;
  private @Nullable Phonetics phonetics;

  /**
   * Where it is, and what it works with.
   *
   * @param folder of runs
   * @param host the address that it answers at; one beyond this machine asks for a key
   * @param port 0 for any that is free
   * @param backend the engine of all models
   * @param threads to compute with; null for the machine's cores
   */
  public record Settings(
      Path folder, String host, int port, String backend, @Nullable Integer threads) {}

  /**
   * Starts it.
   *
   * @param phonetics asked for when a sound first matters
   * @param log told in one line of what went wrong in a way that nobody meant
   * @throws io.github.lyricist.InvalidInputException if there is no such engine, or address
   */
  public Studio(
      Settings settings,
      BackendRegistry backends,
      Supplier<Phonetics> phonetics,
      Consumer<String> log) {
    backends.get(settings.backend());
    Threads.orCores(settings.threads());
    Engine engine = new Engine(settings.backend(), settings.threads());
    this.settings = settings;
    this.backends = backends;
    this.phoneticsSource = phonetics;
    this.log = log;
    this.models = new Models(settings.folder(), this::open);
    this.trainings = new Trainings(settings.folder(), backends, engine, log);
    boolean isHere = settings.host().equals(StudioServer.LOOPBACK);
    this.server =
        StudioServer.start(
            settings.host(),
            settings.port(),
            isHere ? null : Secret.fresh().text(),
            routes(engine),
            log);
  }

  private List<Route> routes(Engine engine) {
    Path folder = settings.folder();
    return Stream.of(
            Page.routes(),
            new OpenAiApi(models).routes(),
            new ModelsApi(folder, settings.backend(), models, trainings).routes(),
            new WritingApi(models).routes(),
            new InspectionApi(models).routes(),
            new TrainingApi(folder, engine, models, trainings).routes())
        .flatMap(List::stream)
        .toList();
  }

  /** Where it answers; with the key, where there is one. */
  public String address() {
    return server.address();
  }

  private OpenModel open(String id, Path run) {
    ExperimentSpec experiment = TrainedModel.experimentOf(run);
    TrainedModel model =
        TrainedModel.open(
            run,
            backends,
            settings.backend(),
            DeviceRequest.parse("auto"),
            Threads.orCores(settings.threads()));
    Writer writer =
        new Writer(
            model.model(),
            model.tokenizer(),
            experiment == null ? Newlines.KEEP : experiment.corpus().newlines(),
            this::phonetics,
            () -> TrainingText.open(run, experiment, model.tokenizer(), log));
    return new OpenModel(id, run, experiment, model, writer);
  }

  /** Dictionaries, which are read but once for all models. */
  private synchronized Phonetics phonetics() {
    if (phonetics == null) {
      phonetics = phoneticsSource.get();
    }
    return phonetics;
  }

  /** Ends it; what is being trained is saved. */
  @Override
  public void close() {
    server.close();
    trainings.close();
    models.close();
  }
}
