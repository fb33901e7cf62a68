package io.github.lyricist.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.backend.Availability;
import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.BackendProvider;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.backend.NativePlatform;
import io.github.lyricist.cli.InProcess.Outcome;
import io.github.lyricist.testkit.fake.FakeBackendProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands on an engine that predicts every character alike. */
class LyricistCommandTest {
  private static final String NOTICE = "fakes are slow; use another engine";

  private final InProcess lyricist = new InProcess(new FakeBackendProvider(List.of(NOTICE)));

  @TempDir
  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Path config;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Path run;

  @BeforeEach
  void writeExperiment() throws IOException {
    config = InProcess.experiment(folder);
    run = folder.resolve("r");
  }

  /** An engine of which nothing is known before it is asked. */
  private record Engine(String name, Supplier<Availability> available) implements BackendProvider {
    @Override
    public Availability availability() {
      return available.get();
    }

    @Override
    public Backend open(DeviceRequest requested, int threads) {
      throw new IllegalStateException("it does not start");
    }
  }

  private void train() {
    assertThat(lyricist.execute("run", config, "--out", run, "--quiet").exitCode()).isZero();
  }

  @Test
  void runPrintsPreviewsAndSaysWhatTheEngineFellBackFrom() {
    Outcome outcome = lyricist.execute("run", config, "--out", run);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .matches("epoch 2, perplexity 4\\.000000, time \\d+\\.\\d\\d sec\n - daaa\n");
    assertThat(outcome.err())
        .contains("Fake 1 on cpu")
        .contains(NOTICE + "\n")
        .contains("done; the weights are in " + run.resolve("model.safetensors"));
  }

  @Test
  void theLastLinesTellTheResultAndTheNextCommand() {
    Outcome outcome =
        lyricist.execute("run", config, "--out", run, "--set=corpus.validation=0.2", "--epochs=3");
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.err())
        .containsPattern(
            "\ndone; the weights are in \\Q"
                + run.resolve("model.safetensors")
                + "\\E\nepoch 3, perplexity 4\\.000000, best validation 4\\.000000 in epoch 1, time"
                + " \\d+\\.\\d\\d sec\nto write with it: lyricist generate \\Q"
                + run
                + "\\E\n$");
  }

  @Test
  void optionsForEpochsAndSeedWinOverTheConfigAndOverSet() throws IOException {
    Outcome outcome =
        lyricist.execute(
            "run", config, "--epochs=3", "--seed=7", "--set=training.epochs=5", "--out", run);
    assertThat(outcome.out()).contains("epoch 3, ").doesNotContain("epoch 4, ");
    assertThat(run.resolve("config.yaml")).content().contains("seed: 7").contains("epochs: 3");
    assertThat(lyricist.execute("run", config, "--epochs=some", "--out", folder.resolve("x")).err())
        .isEqualTo(
            "lyricist: --epochs some: 'training.epochs' is 'some'; expected a whole number\n");
  }

  @Test
  void aTildeThatTheShellLeftIsTheHomeFolder() {
    Path file = Path.of(System.getenv("HOME"), "absent folder", "absent");
    assertThat(lyricist.execute("run", config, "--set=corpus.source=~/absent folder/absent").err())
        .contains("there is no file " + file + ";");
    assertThat(lyricist.execute("show", "~/absent folder/absent").err())
        .isEqualTo(
            "lyricist: " + file + ": there is no such folder; name a run directory, as in runs/\n");
    assertThat(lyricist.execute("report", run, "--out=a\0b").err())
        .isEqualTo(
            "lyricist: Invalid value for option '--out': 'a\\u0000b' is no name of a file; see"
                + " lyricist report --help\n");
  }

  @Test
  void aTextIsLearntByTheShippedConfigAndNamesItsRun() throws IOException {
    Path text = Files.writeString(folder.resolve("My songs.txt"), "la la, lu\n".repeat(500));
    Outcome validated = lyricist.execute("validate", text, "--backend=fake", "--epochs=3");
    assertThat(validated.err())
        .contains("there is no option '--epochs'; write --set training.epochs=…");
    validated = lyricist.execute("validate", text, "--backend=fake");
    assertThat(validated.exitCode()).as(validated.err()).isZero();
    assertThat(validated.out())
        .contains("name: My-songs\n", "source: " + text, "newlines: keep", "cell: lstm");
    Outcome trained =
        lyricist.execute("run", text, "--backend=fake", "--epochs=1", "--seed=2", "--out", run);
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    assertThat(run.resolve("config.yaml")).content().contains("name: My-songs\nseed: 2\n");
  }

  @Test
  void whatIsNoTextIsNoneAndARunIsContinued() {
    train();
    assertThat(lyricist.execute("run", run).err())
        .isEqualTo(
            "lyricist: %1$s: a run, not a text; to continue it: lyricist resume %1$s\n"
                .formatted(run));
    Path absent = folder.resolve("absent.txt");
    assertThat(lyricist.execute("run", absent).err())
        .isEqualTo(
            "lyricist: %1$s: there is no file %1$s; check the path, or use bundled:songs\n"
                .formatted(absent));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          train tiny.yaml           | there is no command 'train'; did you mean 'run'?
          genrate r                 | there is no command 'genrate'; did you mean 'generate'?
          sample r                  | there is no command 'sample'; did you mean 'generate'?
          configs/tiny.yaml         | there is no command 'configs/tiny.yaml'; did you mean 'lyricist run configs/tiny.yaml'?
          quux                      | there is no command 'quux'; see lyricist --help
          help quux                 | Unknown subcommand 'quux'; see lyricist --help
          --lr 5                    | there is no option '--lr'; see lyricist --help
          run a --lr 5              | there is no option '--lr'; write --set training.optimizer.learningRate=…
          run a --rnn_size=5        | there is no option '--rnn_size'; write --set model.hidden=…
          run a -batch_size 5       | there is no option '-batch_size'; write --set sampler.batchSize=…
          run a --epoch 5           | there is no option '--epoch'; write --set training.epochs=…
          run a --num_epochs 5      | there is no option '--num_epochs'; did you mean '--epochs'?
          run a --gpu 0             | there is no option '--gpu'; did you mean '--device'?
          run a --quux              | there is no option '--quux'; see lyricist run --help
          run a b                   | 'b' is one argument too many; quote what has spaces, or see lyricist run --help
          run                       | Missing required parameter: 'CONFIG'; see lyricist run --help
          generate r --prompt la    | there is no option '--prompt'; did you mean '--prefix'?
          generate r --top_k 5      | there is no option '--top_k'; did you mean '--top-k'?
          generate r -temperature 1 | there is no option '-temperature'; did you mean '--temperature'?
          generate r -n 5           | there is no option '-n'; did you mean '--length'?
          generate r --lenght 5     | there is no option '--lenght'; did you mean '--length'?
          generate r --length five  | Invalid value for option '--length': found 'five', expected a whole number of at most 32 bits; see lyricist generate --help
          generate r --top-p high   | Invalid value for option '--top-p': found 'high', expected a number; see lyricist generate --help
          """)
  void tellsWhatMayHaveBeenMeant(String arguments, String message) {
    Outcome outcome = lyricist.execute((Object[]) arguments.split(" "));
    assertThat(outcome.err()).isEqualTo("lyricist: " + message + "\n");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void examplesInHelpAreNotBrokenAndFitIntoAnOrdinaryTerminal() {
    Outcome program = lyricist.execute("--help");
    Matcher commands = Pattern.compile("(?m)^  ([a-z]+) ").matcher(program.out());
    List<String> pages = new ArrayList<>(List.of(program.out()));
    while (commands.find()) {
      pages.add(lyricist.execute("help", commands.group(1)).out());
    }
    assertThat(pages).hasSizeGreaterThan(12);
    for (String page : pages) {
      assertThat(page.lines()).as(page).allMatch(line -> line.length() <= 80);
      assertThat(page.lines().filter(line -> line.startsWith("  lyricist ")))
          .as(page)
          .allMatch(line -> line.length() <= 78, "fits with ./ before it");
    }
    assertThat(String.join("", pages).lines().filter(line -> line.startsWith("  lyricist ")))
        .hasSizeGreaterThan(20);
  }

  @Test
  void summariesOfCommandsAreWholeSentences() {
    String help = lyricist.execute("--help").out();
    String commands =
        help.substring(help.indexOf("Commands:"), help.indexOf("Examples:"))
            .replaceAll("\n {5,}", " ");
    assertThat(commands.lines().filter(line -> line.startsWith("  ")))
        .hasSizeGreaterThan(12)
        .allMatch(line -> line.endsWith("."));
  }

  @Test
  void listAndShowTellWhatRunsAre() {
    train();
    Outcome list = lyricist.execute("list", folder);
    assertThat(list.exitCode()).as(list.err()).isZero();
    assertThat(list.err()).isEmpty();
    assertThat(list.out().lines().skip(1))
        .singleElement()
        .asString()
        .matches(
            "....-..-.. ..:..  fake       2 of 2              4\\.000000                       -"
                + "  finished     \\Q"
                + run);
    Outcome show = lyricist.execute("show", run);
    assertThat(show.exitCode()).as(show.err()).isZero();
    assertThat(show.out())
        .contains("vocabulary              4 tokens: character\n")
        .contains("epochs                  2 of 2, ")
        .contains("perplexity              4.000000 in the last epoch\n")
        .contains("to write:               lyricist generate " + run + "\n")
        .contains("to train on:            lyricist resume " + run + " --epochs 4\n");
    assertThat(lyricist.execute("show", run, "--json").out())
        .contains("\"vocabulary\" : 4")
        .contains("\"epochs\" : 2");
  }

  @Test
  void latestWhereThereIsNoFolderOfRunsIsRefused() {
    assertThat(lyricist.execute("generate", "latest"))
        .isEqualTo(
            new Outcome(
                2,
                "",
                "lyricist: runs: there is no such folder; train a run first, or name a folder that"
                    + " holds runs\n"));
  }

  /** Whatever preview.every says. */
  @ParameterizedTest
  @ValueSource(strings = {"0", "3"})
  void theLastEpochIsAlwaysABlock(String every) throws IOException {
    Outcome outcome = lyricist.execute("run", config, "--out", run, "--set=preview.every=" + every);
    assertThat(outcome.out())
        .matches("epoch 2, perplexity 4\\.000000, time \\d+\\.\\d\\d sec\n - daaa\n");
    assertThat(run.resolve("previews.jsonl"))
        .hasContent("{\"epoch\":2,\"prefix\":\"d\",\"text\":\"aaa\"}");
  }

  @Test
  void quietLeavesStandardErrorEmpty() {
    assertThat(lyricist.execute("run", config, "--out", run, "--quiet").err()).isEmpty();
    assertThat(lyricist.execute("resume", run, "--epochs", 4, "--quiet").err()).isEmpty();
    assertThat(lyricist.execute("eval", run, "--quiet").err()).isEmpty();
    Outcome outcome = lyricist.execute("generate", run, "--prefix=ax", "--skip-unknown", "--quiet");
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void resumeTrainsOn() {
    train();
    Outcome outcome = lyricist.execute("resume", run, "--epochs", 4);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out()).startsWith("epoch 4, perplexity 4.000000, ");
    assertThat(outcome.err()).contains(NOTICE + "\n");
  }

  @Test
  void evalScoresTheText() {
    train();
    Outcome outcome = lyricist.execute("eval", run);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .startsWith("perplexity 4.000000, 2.000000 bits per character, 199 characters\n");
    assertThat(outcome.err()).isEqualTo(NOTICE + "\n");
  }

  @Test
  void generateWritesAfterThePrefix() {
    train();
    Outcome outcome =
        lyricist.execute(
            "generate", run, "--prefix=bxb", "--skip-unknown", "--length=4", "--temperature=0");
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out()).isEqualTo("bbaaaa\n");
    assertThat(outcome.err())
        .isEqualTo(NOTICE + "\nleft out of the prefix: 1 character that the model does not know\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1025"})
  void refusesNumbersOfThreadsOutOfRange(String threads) {
    train();
    String option = "--threads=" + threads;
    String complaint =
        "lyricist: --threads: found " + threads + "; expected a whole number from 1 to 1024\n";
    assertThat(lyricist.execute("generate", run, option)).isEqualTo(new Outcome(2, "", complaint));
    assertThat(lyricist.execute("eval", run, option)).isEqualTo(new Outcome(2, "", complaint));
    assertThat(lyricist.execute("bench", option)).isEqualTo(new Outcome(2, "", complaint));
    Outcome other = lyricist.execute("run", config, option, "--out", folder.resolve("other"));
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err()).contains("found " + threads).contains("from 1 to 1024");
    assertThat(folder.resolve("other")).doesNotExist();
  }

  @Test
  void refusesAnEngineThatIsNotThere() {
    train();
    assertThat(lyricist.execute("eval", run, "--backend=gone"))
        .isEqualTo(
            new Outcome(
                2, "", "lyricist: --backend: there is no backend 'gone'; choose one of: fake\n"));
  }

  @Test
  void compareRefusesAnEngineThatCannotRunBeforeAnyIsTrained() {
    Engine unavailable = new Engine("c", () -> new Availability.Unavailable("it is for Windows"));
    InProcess two = new InProcess(new FakeBackendProvider(), unavailable);
    assertThat(two.execute("compare", config, "--backends=fake,c", "--out", run))
        .isEqualTo(
            new Outcome(
                2,
                "",
                "lyricist: --backends: the backend 'c' can't run here: it is for Windows; choose another, or"
                    + " mend that\n"));
    assertThat(two.execute("compare", config, "--out", run).err())
        .isEqualTo(
            "lyricist: --backends: only fake is installed; name others, such as --backends"
                + " fake,reference\n");
    assertThat(run).doesNotExist();
  }

  @Test
  void backendsListsAlsoThoseThatFailToSayWhetherTheyRun() {
    Engine throwing =
        new Engine(
            "b",
            () -> {
              throw new NoClassDefFoundError("org/example/Gone");
            });
    Engine unavailable = new Engine("c", () -> new Availability.Unavailable("it is for Windows"));
    Outcome outcome =
        new InProcess(unavailable, throwing, new FakeBackendProvider()).execute("backends");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).isEmpty();
    List<String> lines = outcome.out().lines().toList();
    assertThat(lines.get(0))
        .startsWith("b          not available: java.lang.NoClassDefFoundError: org/example/Gone; ");
    assertThat(lines.get(1)).startsWith("c          not available: it is for Windows; ");
    assertThat(lines.get(2)).startsWith("fake       Fake 1, cpu; from ").contains("testkit");
    assertThat(lines.get(3)).startsWith("threads: auto is ");
  }

  @Test
  void aFailureThatNobodyThoughtOfIsReportedWithExitCodeOne() {
    Engine engine =
        new Engine("fake", () -> new Availability.Available("Broken 1", List.of("cpu"), ""));
    Outcome outcome = new InProcess(engine).execute("run", config, "--out", run);
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .isEqualTo(
            "lyricist: unexpected java.lang.IllegalStateException: it does not start; please report"
                + " it with the output of --debug\n");
    assertThat(run).doesNotExist();
  }

  /** Whatever has control characters or is long, none of it reaches the terminal as it is. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "run $ --backend $",
        "run CONFIG --backend $",
        "run CONFIG --device $",
        "run CONFIG --threads $",
        "run CONFIG --set $",
        "run CONFIG --set $=1",
        "run CONFIG --set name=$",
        "run CONFIG --set corpus.source=$",
        "run CONFIG --set corpus.source=bundled:$",
        "run CONFIG --set preview.prefixes=[$]",
        "run CONFIG --$",
        "run CONFIG --epochs=$",
        "$",
        "resume $",
        "generate $",
        "generate RUN --prefix $",
        "generate RUN --length $",
        "generate RUN --length=$",
        "generate RUN --backend $",
        "eval RUN --corpus $",
        "eval RUN --device $",
        "report $",
        "import $ --vocabulary $ --out $",
        "compare CONFIG --backends $"
      })
  void controlCharactersAndLongValuesInArguments(String line) {
    train();
    for (String evil : List.of("\u001b[2J\u0007\u009b\nlyricist: all is well", "長".repeat(400))) {
      Object[] arguments =
          Stream.of(line.split(" "))
              .map(word -> word.equals("CONFIG") ? config.toString() : word)
              .map(word -> word.equals("RUN") ? run.toString() : word.replace("$", evil))
              .toArray();
      Outcome outcome = lyricist.execute(arguments);
      assertThat(outcome.exitCode()).as(line).isEqualTo(2);
      assertThat(outcome.out()).isEmpty();
      assertThat(outcome.err())
          .as(line)
          .matches("lyricist: [^\\p{Cntrl}]+\n|(" + NOTICE + "\n)lyricist: [^\\p{Cntrl}]+\n");
      boolean isPath =
          line.matches("(resume|generate|report|import|run|.*corpus.source=) ?\\$.*|.*--corpus .*");
      assertThat(isPath || !outcome.err().contains("長".repeat(101))).as(outcome.err()).isTrue();
    }
  }

  @Test
  void controlCharactersOfTheTextAreShownInPreviewsAndWrittenToAPipe() throws IOException {
    Files.writeString(folder.resolve("text.txt"), "a\u001b\u0007\u009b".repeat(50));
    Outcome trained =
        lyricist.execute(
            "run",
            config,
            "--out",
            run,
            "--set",
            "preview={every: 2, prefixes: [\"\\e\\x07\"], length: 2}");
    assertThat(trained.out()).endsWith("\n - \\u001b\\u0007\\u0007\\u0007\n");
    Outcome text =
        lyricist.execute("generate", run, "--prefix=\u001b", "--length=2", "--temperature=0");
    assertThat(text.out()).isEqualTo("\u001b\u0007\u0007\n");
    System.setProperty("lyricist.terminal.output", "true");
    try {
      assertThat(
              lyricist
                  .execute("generate", run, "--prefix=\u001b", "--length=2", "--temperature=0")
                  .out())
          .isEqualTo("\\u001b\\u0007\\u0007\n");
    } finally {
      System.clearProperty("lyricist.terminal.output");
    }
  }

  @Test
  void evalSaysWhichTextItScored() throws IOException {
    train();
    Path text = folder.resolve("text.txt");
    assertThat(lyricist.execute("eval", run).out())
        .endsWith(" 199 characters\nscored: the run's own text, " + text + "\n");
    Path other = Files.writeString(folder.resolve("other.txt"), "abxb");
    assertThat(lyricist.execute("eval", run, "--corpus", other).out())
        .endsWith(
            " 2 characters\nscored: "
                + other
                + "\nunknown characters left out: 1 of 4, 25.0 % (1 distinct): 'x' (U+0078) once\n");
    assertThat(
            lyricist
                .execute(
                    "run",
                    config,
                    "--quiet",
                    "--out",
                    folder.resolve("v"),
                    "--set",
                    "corpus.validation=0.1")
                .exitCode())
        .isZero();
    assertThat(lyricist.execute("eval", folder.resolve("v")).out())
        .endsWith(
            "scored: the run's own text, "
                + text
                + ": the last 20 characters, which were held out\n");
  }

  @Test
  void evalRefusesATextThatIsMostlyUnknownUnlessTold() throws IOException {
    train();
    Path other = Files.writeString(folder.resolve("other.txt"), "abxyzxyzx");
    assertThat(lyricist.execute("eval", run, "--corpus", other))
        .isEqualTo(
            new Outcome(
                2,
                "",
                NOTICE
                    + "\nlyricist: "
                    + other
                    + ": the model does not know most of this text: 7 of 9, 77.8 % (3 distinct): 'x' (U+0078) 3"
                    + " times, 'y' (U+0079) 2 times, 'z' (U+007A) 2 times; give one in the characters that it"
                    + " was trained on, or score the rest all the same with --skip-unknown\n"));
    Outcome told = lyricist.execute("eval", run, "--corpus", other, "--skip-unknown");
    assertThat(told.exitCode()).isZero();
    assertThat(told.out())
        .startsWith("perplexity 4.000000, 2.000000 bits per character, 1 characters\n");
  }

  @Test
  void evalTellsPrograms() throws IOException {
    train();
    Path other = Files.writeString(folder.resolve("other.txt"), "abxb");
    assertThat(lyricist.execute("eval", run, "--corpus", other, "--json").out())
        .isEqualTo(
            "{\"source\":\"%1$s\",\"text\":\"%1$s\",\"perplexity\":4.0,\"bitsPerCharacter\":2.0,\"characters\":2,\"tokens\":2,\"unknown\":1,\"unknownShare\":0.25}%n"
                .formatted(other));
  }

  @Test
  void aTextThatMovedIsNamedAndFoundAgain() throws IOException {
    train();
    Path text = folder.resolve("text.txt");
    Path moved = Files.move(text, folder.resolve("it's # moved: here.txt"));
    String gone =
        "the run's text should be "
            + text
            + ", but there is nothing there; put it back, or name its new place with --corpus\n";
    assertThat(lyricist.execute("eval", run, "--quiet"))
        .isEqualTo(new Outcome(2, "", "lyricist: " + gone));
    Outcome resumed = lyricist.execute("resume", run, "--epochs=4");
    assertThat(resumed.exitCode()).isEqualTo(2);
    assertThat(resumed.err())
        .matches(
            "lyricist: \\Q" + run.resolve("config.yaml") + "\\E:\\d+:\\d+: \\Q" + gone + "\\E");
    Path wrong = Files.writeString(folder.resolve("wrong.txt"), "abcd".repeat(49) + "abdc");
    Outcome refused = lyricist.execute("resume", run, "--epochs=4", "--corpus", wrong);
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .startsWith(
            "lyricist: --corpus "
                + wrong
                + ": this is not the text that the run was training on: its SHA-256 is ");
    assertThat(lyricist.execute("resume", run, "--epochs=4", "--corpus", moved).exitCode())
        .isZero();
    assertThat(lyricist.execute("resume", run, "--epochs=6").exitCode()).isZero();
    assertThat(lyricist.execute("eval", run).out())
        .contains("scored: the run's own text, " + moved);
  }

  @Test
  void generateBeginsAsTheRunsTextDoes() throws IOException {
    Path text = Files.writeString(folder.resolve("text.txt"), "(bad cab) ".repeat(20));
    assertThat(
            lyricist
                .execute("run", config, "--out", run, "--quiet", "--set", "preview.prefixes=auto")
                .out())
        .endsWith(" sec\n - bad   \n");
    assertThat(lyricist.execute("generate", run, "--length=1", "--temperature=0"))
        .isEqualTo(
            new Outcome(
                0,
                "bad \n",
                NOTICE + "\nno --prefix: it begins with 'bad', as the run's text does\n"));
    String byChance = ", by chance, the run's text not being at hand\n";
    Files.writeString(text, "bad cab)(".repeat(20));
    Outcome other = lyricist.execute("generate", run, "--length=1", "--temperature=0");
    assertThat(other.exitCode()).isZero();
    assertThat(other.err()).endsWith(byChance);
    assertThat(other.out()).matches("[abcd()] \n");
    Outcome file = lyricist.execute("generate", run.resolve("model.safetensors"), "--backend=fake");
    assertThat(file.exitCode()).isZero();
    assertThat(file.err()).endsWith(byChance);
  }

  private Outcome generateFrom(String input, String... options) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(input.getBytes(ISO_8859_1)));
    try {
      List<String> all = new ArrayList<>(List.of("generate", run.toString(), "--prefix", "-"));
      all.addAll(List.of("--length=1", "--temperature=0", "--quiet"));
      all.addAll(List.of(options));
      return lyricist.execute(all.toArray());
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void generateReadsThePrefixFromStandardInput() {
    train();
    assertThat(generateFrom("ba")).isEqualTo(new Outcome(0, "baa\n", ""));
    assertThat(generateFrom("ba\r\n")).isEqualTo(new Outcome(0, "baa\n", ""));
    assertThat(generateFrom("b\na\n").err())
        .startsWith("lyricist: --prefix: the model does not know the character U+0020 ");
    assertThat(generateFrom("b\na\n", "--skip-unknown")).isEqualTo(new Outcome(0, "baa\n", ""));
    assertThat(generateFrom("\n").err()).startsWith("lyricist: --prefix: it is empty; ");
    assertThat(generateFrom("\u00ff"))
        .isEqualTo(
            new Outcome(2, "", "lyricist: --prefix: standard input is not UTF-8; convert it\n"));
    assertThat(generateFrom("a".repeat((1 << 20) + 1)))
        .isEqualTo(
            new Outcome(
                2,
                "",
                "lyricist: --prefix: standard input has more than the limit of 1.05 MB; give the end"
                    + " of it\n"));
  }

  @Test
  void generateNamesTheOptionThatLeavesUnknownCharactersOut() {
    train();
    assertThat(lyricist.execute("generate", run, "--prefix=axb", "--quiet"))
        .isEqualTo(
            new Outcome(
                2,
                "",
                "lyricist: --prefix: the model does not know the character 'x' (U+0078) of the"
                    + " prefix 'axb'; leave it out yourself, or with --skip-unknown\n"));
  }

  @Test
  void aSeedIsDrawnAndTold() {
    train();
    Outcome drawn = lyricist.execute("generate", run, "--prefix=a", "--seed=random");
    Matcher seed = Pattern.compile("seed (\\d+)\\n").matcher(drawn.err());
    assertThat(seed.find()).as(drawn.err()).isTrue();
    assertThat(lyricist.execute("generate", run, "--prefix=a", "--seed", seed.group(1)).out())
        .isEqualTo(drawn.out());
    assertThat(lyricist.execute("generate", run, "--prefix=a", "--seed=random").out())
        .isNotEqualTo(drawn.out());
    assertThat(lyricist.execute("generate", run, "--seed=x"))
        .isEqualTo(
            new Outcome(
                2, "", "lyricist: --seed: found 'x'; expected a whole number, or random\n"));
  }

  @Test
  void generateTellsPrograms() {
    train();
    String out =
        lyricist
            .execute(
                "generate",
                run,
                "--prefix=b",
                "--length=2",
                "--temperature=0",
                "--count=2",
                "--seed=7",
                "--json")
            .out();
    assertThat(out.replaceAll("-[0-9.]+", "P"))
        .isEqualTo(
            """
            {"prefix":"b","text":"aa","seed":7,"tokens":[{"text":"a","logProbability":P},\
            {"text":"a","logProbability":P}],"constraints":{}}
            """
                .repeat(2));
  }

  @Test
  void aConfigIsNoModel() {
    for (String command : List.of("generate", "eval")) {
      assertThat(lyricist.execute(command, config))
          .isEqualTo(
              new Outcome(
                  2,
                  "",
                  "lyricist: "
                      + config
                      + ": it is a config, not a safetensors file; give the run directory that"
                      + " 'run' made with it, or the model.safetensors there\n"));
    }
  }

  /**
   * Previews draw from streams of their own, so neither weights nor a resumed run depend on them.
   */
  @Test
  void drawnPreviewsChangeNothingElseAndAreTheSameAfterResume() throws IOException {
    Path greedy = folder.resolve("greedy");
    Path stopped = folder.resolve("stopped");
    String drawn = "preview={every: 1, prefixes: [a, a], length: 40, temperature: 0.9}";
    lyricist.execute("run", config, "--out", greedy, "--set", "training.epochs=4");
    lyricist.execute("run", config, "--out", run, "--set", drawn, "--set", "training.epochs=4");
    lyricist.execute("run", config, "--out", stopped, "--set", drawn);
    assertThat(lyricist.execute("resume", stopped, "--epochs=4").exitCode()).isZero();
    for (String file : List.of("previews.jsonl", "model.safetensors", "checkpoint.safetensors")) {
      assertThat(stopped.resolve(file)).hasSameBinaryContentAs(run.resolve(file));
    }
    assertThat(greedy.resolve("model.safetensors"))
        .hasSameBinaryContentAs(run.resolve("model.safetensors"));
    List<String> texts = Files.readAllLines(run.resolve("previews.jsonl"));
    assertThat(texts).hasSize(8).doesNotHaveDuplicates();
    assertThat(texts.stream().map(line -> line.replaceAll(".*\"text\"", "")).distinct()).hasSize(8);
  }

  /** Whatever run refuses before it trains, validate refuses with the same words. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "corpus.source=gone.txt",
        "corpus.validation=0.001",
        "sampler.batchSize=200",
        "sampler.steps=200",
        "preview.prefixes=[x]",
        "backend=gone",
        "device=tpu",
        "model.from=gone",
        "model.hidden=1000000"
      })
  void validateRefusesWhatRunRefuses(String setting) {
    Outcome refused = lyricist.execute("run", config, "--out", run, "--set", setting);
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
    assertThat(lyricist.execute("validate", config, "--set", setting))
        .isEqualTo(new Outcome(2, "", refused.err()));
  }

  @Test
  void validateSaysWhatItDidNotLookAt() throws IOException {
    Outcome whole = lyricist.execute("validate", config);
    assertThat(whole.exitCode()).isZero();
    assertThat(whole.out()).startsWith("name: tiny\n");
    assertThat(whole.err()).isEqualTo(NOTICE + "\n");
    InProcess withBig = new InProcess(new FakeBackendProvider()).installedIn(installable("big"));
    Outcome part = withBig.execute("validate", config, "--backend", "big");
    assertThat(part.exitCode()).isZero();
    assertThat(part.err())
        .isEqualTo(
            "not checked: engine, device and memory, since big is not installed; 'run' installs it\n");
    assertThat(
            withBig
                .execute("validate", config, "--backend=big", "--set=preview.prefixes=[x]")
                .exitCode())
        .isEqualTo(2);
  }

  /** A program with an engine each of these names, which needs a jar that is not there. */
  private Path installable(String... engines) throws IOException {
    Path home = folder.resolve("program");
    for (String engine : engines) {
      Files.writeString(
          Files.createDirectories(home.resolve("lib/engines").resolve(engine))
              .resolve("engine.properties"),
          """
          library = The library of %1$s
          jars = com.example:%1$s:1
          %2$s.jars = com.example:%1$s:1:native
          %2$s.size = 120 MB
          """
              .formatted(engine, NativePlatform.name()));
    }
    return home;
  }

  @Test
  void tellsHowAnEngineIsInstalled() throws IOException {
    InProcess withTwo =
        new InProcess(new FakeBackendProvider()).installedIn(installable("big", "huge"));
    assertThat(withTwo.execute("run", config, "--backend=pytorch").err())
        .isEqualTo(
            "lyricist: --backend pytorch: there is no backend 'pytorch'; choose one of: fake;"
                + " for The library of big, a download of some 120 MB: lyricist install big;"
                + " for The library of huge, a download of some 120 MB: lyricist install huge\n");
    assertThat(withTwo.execute("backends").out())
        .contains(
            "\nbig        not installed; for The library of big, a download of some 120 MB:"
                + " lyricist install big\n");
  }
}
