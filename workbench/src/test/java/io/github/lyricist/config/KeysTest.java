package io.github.lyricist.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.config.ExperimentSpec.CheckpointSpec;
import io.github.lyricist.config.ExperimentSpec.PreviewSpec;
import io.github.lyricist.corpus.CorpusSpec;
import io.github.lyricist.corpus.CorpusSpec.Newlines;
import io.github.lyricist.corpus.CorpusSpec.Unknown;
import io.github.lyricist.corpus.HeldOut;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.Initialization;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.sampling.SamplerSpec;
import io.github.lyricist.training.Dropout;
import io.github.lyricist.training.OptimizerSpec;
import io.github.lyricist.training.OptimizerSpec.Adam;
import io.github.lyricist.training.OptimizerSpec.AdamW;
import io.github.lyricist.training.OptimizerSpec.RmsProp;
import io.github.lyricist.training.OptimizerSpec.Sgd;
import io.github.lyricist.training.ScheduleSpec;
import io.github.lyricist.training.ScheduleSpec.Constant;
import io.github.lyricist.training.ScheduleSpec.Cosine;
import io.github.lyricist.training.ScheduleSpec.Linear;
import io.github.lyricist.training.ScheduleSpec.Plateau;
import io.github.lyricist.training.ScheduleSpec.Step;
import io.github.lyricist.training.TrainingSpec;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The table of keys against the specs: a component without a key, or with two, is found here. */
class KeysTest {
  private static final List<OptimizerSpec> OPTIMIZERS =
      List.of(
          new Sgd(1, 0.1),
          new Adam(1, 0.1, 0.2, 0.3),
          new AdamW(new Adam(1, 0.1, 0.2, 0.3), 0.4),
          new RmsProp(1, 0.1, 0.2));
  private static final List<OptimizerSpec> OTHER_OPTIMIZERS =
      List.of(
          new Sgd(2, 0.5),
          new Adam(2, 0.5, 0.6, 0.7),
          new AdamW(new Adam(2, 0.5, 0.6, 0.7), 0.8),
          new RmsProp(2, 0.5, 0.6));
  private static final List<ScheduleSpec> SCHEDULES =
      List.of(
          new Constant(),
          new Step(0.5, 1, 2),
          new Plateau(0.5, 1),
          new Cosine(1, 0.2, 3),
          new Linear(1, 0.2, 3));
  private static final List<ScheduleSpec> OTHER_SCHEDULES =
      List.of(
          new Constant(),
          new Step(0.6, 3, 4),
          new Plateau(0.6, 2),
          new Cosine(2, 0.3, 4),
          new Linear(2, 0.3, 4));

  private final Set<String> components = new TreeSet<>();
  private final Set<String> changedComponents = new TreeSet<>();

  private static <T> T of(List<T> kinds, int kind) {
    return kinds.get(kind % kinds.size());
  }

  private static ExperimentSpec some(int kind) {
    return new ExperimentSpec(
        "some",
        1,
        "scratch",
        DeviceRequest.CPU,
        null,
        new CorpusSpec(
            List.of("/some"),
            "\n",
            Newlines.SPACE,
            null,
            CorpusSpec.Tokens.WORD,
            null,
            1,
            new HeldOut.Share(0.1),
            new HeldOut.Share(0),
            CorpusSpec.Split.END,
            Unknown.ERROR),
        new SamplerSpec(SamplerSpec.Type.CONSECUTIVE, 2, 3, false),
        new ModelSpec(Cell.RNN, 8, 1, 8, false, 0.1, false),
        new Initialization(Initialization.Type.NORMAL, 0.1),
        Dropout.Kind.EACH,
        null,
        new TrainingSpec(1, of(OPTIMIZERS, kind), null, null, of(SCHEDULES, kind), 1, 1, null),
        false,
        new PreviewSpec(1, List.of("a"), 2, 0),
        new CheckpointSpec(1, 2));
  }

  /** Another value for each component, any of which may stand in {@link #some}. */
  private static ExperimentSpec other(int kind) {
    return new ExperimentSpec(
        "other",
        2,
        "nd4j",
        DeviceRequest.AUTO,
        5,
        new CorpusSpec(
            List.of("/other", "/more"),
            " ",
            Newlines.KEEP,
            7,
            kind == 0 ? CorpusSpec.Tokens.CHARACTER : CorpusSpec.Tokens.BPE,
            kind == 0 ? null : 300,
            kind == 0 ? 2 : 1,
            new HeldOut.Share(0.2),
            new HeldOut.OwnText("/test"),
            kind == 0 ? CorpusSpec.Split.END : CorpusSpec.Split.STREAMS,
            Unknown.DROP),
        kind == 0
            ? new SamplerSpec(SamplerSpec.Type.RANDOM, 4, 5, false)
            : new SamplerSpec(SamplerSpec.Type.CONSECUTIVE, 4, 5, true),
        new ModelSpec(Cell.LSTM, 9, 2, 9, true, 0.2, true),
        new Initialization(Initialization.Type.PYTORCH, 0.2),
        Dropout.Kind.LOCKED,
        "/from",
        new TrainingSpec(
            2, of(OTHER_OPTIMIZERS, kind), 0.5, 0.6, of(OTHER_SCHEDULES, kind), 4, 2, 3),
        true,
        new PreviewSpec(3, List.of("b"), 4, 0.7),
        new CheckpointSpec(3, 4));
  }

  @Test
  void everyComponentOfTheSpecsHasExactlyOneKey() throws ReflectiveOperationException {
    Set<String> all = new TreeSet<>();
    Set<String> reached =
        new TreeSet<>(Set.of("training.optimizer.type", "training.schedule.type"));
    for (int kind = 0; kind < Math.max(OPTIMIZERS.size(), SCHEDULES.size()); kind++) {
      ExperimentSpec some = some(kind);
      Map<String, @Nullable Object> written = written(some);
      all.addAll(written.keySet());
      Set<String> reachedHere = new TreeSet<>();
      for (Object changed : withOneChanged(some, other(kind))) {
        Map<String, @Nullable Object> other = written((ExperimentSpec) changed);
        List<String> keys =
            written.keySet().stream()
                .filter(key -> !Objects.equals(written.get(key), other.get(key)))
                .toList();
        assertThat(keys).as("the keys of the one component changed in %s", changed).hasSize(1);
        assertThat(reachedHere.add(keys.get(0))).as(keys.get(0)).isTrue();
      }
      reached.addAll(reachedHere);
    }
    assertThat(reached).isEqualTo(all);
    assertThat(changedComponents).isEqualTo(components);
  }

  @Test
  void everyKindOfOptimizerAndScheduleHasKeys() {
    assertThat(specs(OptimizerKeys.all()))
        .containsExactlyInAnyOrder(OptimizerSpec.class.getPermittedSubclasses());
    assertThat(specs(ScheduleKeys.all()))
        .containsExactlyInAnyOrder(
            Stream.of(ScheduleSpec.class.getPermittedSubclasses())
                .flatMap(
                    spec ->
                        spec.isInterface()
                            ? Stream.of(spec.getPermittedSubclasses())
                            : Stream.of(spec))
                .toArray(Class<?>[]::new));
    assertThat(OPTIMIZERS).hasSameSizeAs(OptimizerKeys.all().variants());
    assertThat(SCHEDULES).hasSameSizeAs(ScheduleKeys.all().variants());
  }

  private static List<Class<?>> specs(OneOf<?> section) {
    return section.variants().stream()
        .<Class<?>>map(variant -> variant.absent().getClass())
        .toList();
  }

  /** The specs that differ from {@code some} in one component, which they have of {@code other}. */
  private List<Object> withOneChanged(Record some, Record other)
      throws ReflectiveOperationException {
    RecordComponent[] parts = some.getClass().getRecordComponents();
    List<Object> changed = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      Object mine = parts[i].getAccessor().invoke(some);
      Object theirs = parts[i].getAccessor().invoke(other);
      components.add(parts[i].toString() + " of " + some.getClass());
      if (Objects.equals(mine, theirs)) {
        continue;
      }
      changedComponents.add(parts[i].toString() + " of " + some.getClass());
      boolean isSection =
          mine instanceof Record
              && !(mine instanceof DeviceRequest)
              && !(mine instanceof Cell)
              && !(mine instanceof HeldOut);
      List<Object> values =
          isSection ? withOneChanged((Record) mine, (Record) theirs) : Arrays.asList(theirs);
      for (Object value : values) {
        changed.add(with(some, parts, i, value));
      }
    }
    return changed;
  }

  private static Object with(
      Record spec, RecordComponent[] components, int index, @Nullable Object value)
      throws ReflectiveOperationException {
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = i == index ? value : components[i].getAccessor().invoke(spec);
    }
    return spec.getClass().getDeclaredConstructor(types).newInstance(values);
  }

  private static Map<String, @Nullable Object> written(ExperimentSpec spec) {
    Map<String, @Nullable Object> flat = new LinkedHashMap<>();
    flatten("", new ExperimentKeys().write(spec), flat);
    return flat;
  }

  private static void flatten(String path, Map<?, ?> section, Map<String, @Nullable Object> flat) {
    section.forEach(
        (name, value) -> {
          if (value instanceof Map<?, ?> inner) {
            flatten(path + name + ".", inner, flat);
          } else {
            flat.put(path + name, value);
          }
        });
  }

  /** The keys by dotted path; of optimizer and schedule those of all kinds. */
  private static Map<String, List<Key<?, ?>>> keys() {
    Map<String, List<Key<?, ?>>> keys = new TreeMap<>();
    collect("", new ExperimentKeys(), keys);
    return keys;
  }

  private static void collect(String path, Table<?> table, Map<String, List<Key<?, ?>>> keys) {
    for (Key<?, ?> key : table.keys()) {
      String inner = path + key.name();
      keys.computeIfAbsent(inner, name -> new ArrayList<>()).add(key);
      if (key.type() instanceof Table<?> section) {
        collect(inner + ".", section, keys);
      } else if (key.type() instanceof OneOf<?> section) {
        section.variants().forEach(variant -> collect(inner + ".", variant, keys));
      }
    }
  }

  @Test
  void everyKeyTellsWhatItMeans() {
    keys()
        .forEach(
            (path, keys) ->
                assertThat(keys)
                    .as(path)
                    .allSatisfy(
                        key -> {
                          assertThat(key.meaning()).matches("[^ ].*[^.]\\.");
                          assertThat(key.expected()).startsWith(key.type().expected());
                        }));
  }

  /** Keys whose range is more than a spec can check. */
  private static final Set<String> UNCHECKED = Set.of("backend", "corpus.source", "model.from");

  /** A value beyond each range. */
  private static final Map<String, String> BEYOND =
      Map.ofEntries(
          Map.entry("name", "a/b"),
          Map.entry("device", "tpu"),
          Map.entry("threads", "1025"),
          Map.entry("corpus.limit", "0"),
          Map.entry("corpus.separator", "x".repeat(1001)),
          Map.entry("corpus.vocabulary", "1"),
          Map.entry("corpus.minCount", "0"),
          Map.entry("corpus.validation", "1"),
          Map.entry("corpus.test", "1"),
          Map.entry("sampler.batchSize", "0"),
          Map.entry("sampler.steps", "0"),
          Map.entry("model.hidden", "1048577"),
          Map.entry("model.layers", "1025"),
          Map.entry("model.embedding", "1048577"),
          Map.entry("model.dropout", "1"),
          Map.entry("model.initScale", "0"),
          Map.entry("training.epochs", "-1"),
          Map.entry("training.clipNorm", "0"),
          Map.entry("training.clipValue", "0"),
          Map.entry("training.accumulate", "0"),
          Map.entry("training.shards", "1000000"),
          Map.entry("training.earlyStop", "0"),
          Map.entry("training.optimizer.learningRate", "0"),
          Map.entry("training.optimizer.momentum", "1"),
          Map.entry("training.optimizer.beta1", "1"),
          Map.entry("training.optimizer.beta2", "-1"),
          Map.entry("training.optimizer.alpha", "1"),
          Map.entry("training.optimizer.epsilon", "0"),
          Map.entry("training.optimizer.weightDecay", "-1"),
          Map.entry("training.schedule.factor", "2"),
          Map.entry("training.schedule.every", "0"),
          Map.entry("training.schedule.from", "0"),
          Map.entry("training.schedule.patience", "-1"),
          Map.entry("training.schedule.warmup", "-1"),
          Map.entry("training.schedule.final", "2"),
          Map.entry("training.schedule.horizon", "0"),
          Map.entry("preview.every", "-1"),
          Map.entry("preview.prefixes", "['']"),
          Map.entry("preview.length", "-1"),
          Map.entry("preview.temperature", "-1"),
          Map.entry("checkpoint.every", "-1"),
          Map.entry("checkpoint.everyMinutes", "-1"));

  @Test
  void rangesAreThoseThatTheSpecsCheck() {
    Map<String, Key<?, ?>> ranged = new TreeMap<>();
    keys()
        .forEach(
            (path, keys) ->
                keys.stream()
                    .filter(key -> !key.range().isEmpty() && !UNCHECKED.contains(path))
                    .forEach(key -> ranged.put(path, key)));
    assertThat(BEYOND).containsOnlyKeys(ranged.keySet());
    ranged.forEach(
        (path, key) ->
            assertThat(kindsThatHave(path))
                .isNotEmpty()
                .allSatisfy(
                    settings ->
                        assertThatThrownBy(() -> read(settings, path + "=" + BEYOND.get(path)))
                            .isInstanceOf(InvalidInputException.class)
                            .hasMessageStartingWith("--set " + path)
                            .hasMessageContaining(key.range())));
  }

  /** The settings under which a key may stand. */
  private static List<List<String>> kindsThatHave(String path) {
    for (String section : List.of("training.optimizer", "training.schedule")) {
      if (path.startsWith(section + ".")) {
        OneOf<?> kinds = section.endsWith("optimizer") ? OptimizerKeys.all() : ScheduleKeys.all();
        return kinds.variants().stream()
            .filter(kind -> kind.isKnown(path.substring(section.length() + 1)))
            .map(kind -> List.of(section + ".type=" + kind.name(), "corpus.validation=0.1"))
            .toList();
      }
    }
    return path.equals("corpus.vocabulary")
        ? List.of(List.of("corpus.tokens=word"), List.of("corpus.tokens=bpe"))
        : List.of(List.of());
  }

  private static Config read(List<String> settings, String last) {
    List<Setting> all = new ArrayList<>();
    settings.forEach(setting -> all.add(Setting.parse(setting)));
    all.add(Setting.parse(last));
    Path folder = Path.of("/");
    return ConfigReader.read(
        "c.yaml",
        "corpus: {source: bundled:songs}",
        all,
        new Context(folder, folder, model -> null));
  }
}
