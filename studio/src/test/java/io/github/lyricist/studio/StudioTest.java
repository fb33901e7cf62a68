package io.github.lyricist.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.config.ConfigReader;
import io.github.lyricist.experiment.Experiment;
import io.github.lyricist.experiment.TrainedModel;
import io.github.lyricist.inspection.InspectedText;
import io.github.lyricist.inspection.UnitReaction;
import io.github.lyricist.studio.Studio.Settings;
import io.github.lyricist.studio.http.StudioServer;
import io.github.lyricist.verse.Phonetics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the studio answers, with real models that were trained for a moment. */
class StudioTest {
  private static final String TEXT = "春雨落在旧城墙，你说明年会再来。\n我把灯留在窗前，等风把门轻轻推开。\n";
  private static final BackendRegistry ENGINES = BackendRegistry.installed();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> LOG = new ArrayList<>();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static Studio studio;

  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws IOException {
    Files.writeString(folder.resolve("text.txt"), TEXT.repeat(10));
    train("lines", "newlines: keep");
    train("spaces", "newlines: space");
    Files.createDirectories(folder.resolve("runs/broken"));
    Files.writeString(folder.resolve("runs/broken/run.json"), "<script>");
    studio =
        new Studio(
            new Settings(folder.resolve("runs"), StudioServer.LOOPBACK, 0, "scratch", 1),
            ENGINES,
            StudioTest::noPhonetics,
            LOG::add);
  }

  private static Phonetics noPhonetics() {
    throw new AssertionError("no sound matters here");
  }

  private static void train(String name, String corpus) throws IOException {
    Path config = folder.resolve(name + ".yaml");
    Files.writeString(
        config,
        """
        name: %s
        corpus: {source: text.txt, %s}
        sampler: {batchSize: 4, steps: 5}
        model: {cell: lstm, hidden: 12}
        training: {epochs: 4}
        preview: {every: 2, prefixes: [春雨], length: 5}
        """
            .formatted(name, corpus));
    new Experiment(
            ConfigReader.read(config, List.of(), folder, model -> null).spec(),
            ENGINES,
            event -> {},
            () -> false)
        .run(folder.resolve("runs").resolve(name));
  }

  @AfterAll
  static void close() {
    studio.close();
    assertThat(LOG).isEmpty();
  }

  private String answer(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(studio.address() + path))
            .method(method, BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      return answer.body();
    } catch (IOException e) {
      throw new AssertionError("no answer", e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  private JsonNode get(String path) throws IOException {
    return JSON.readTree(answer("GET", path, ""));
  }

  private JsonNode post(String path, String body) throws IOException {
    return JSON.readTree(answer("POST", path, body));
  }

  /** The objects of a stream; its end is no object. */
  private List<JsonNode> events(String path, String body) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    String[] blocks = answer("POST", path, body).strip().split("\n\n", -1);
    assertThat(blocks[blocks.length - 1]).isEqualTo("data: [DONE]");
    for (String block : blocks) {
      if (block.startsWith("data: {")) {
        events.add(JSON.readTree(block.substring("data: ".length())));
      }
    }
    return events;
  }

  private static List<String> texts(JsonNode array, String field) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(each -> each.get(field).asText())
        .toList();
  }

  @Test
  void modelsAreListedAndBrokenOnesSayWhy() throws IOException {
    JsonNode models = get("/api/models").get("models");
    assertThat(texts(models, "id")).containsSubsequence("spaces", "lines", "broken");
    JsonNode broken = models.get(texts(models, "id").indexOf("broken"));
    assertThat(broken.get("problem").asText()).contains("run.json: not JSON");
    JsonNode spaces = models.get(texts(models, "id").indexOf("spaces"));
    assertThat(spaces.get("epochs").asInt()).isEqualTo(4);
    JsonNode lines = get("/api/models/lines");
    assertThat(lines.get("cell").asText()).isEqualTo("lstm");
    assertThat(lines.get("lineEnd").asText()).isEqualTo("\n");
    assertThat(lines.get("sha256").asText()).hasSize(64);
    assertThat(get("/api/models/spaces").get("lineEnd").asText()).isEqualTo(" ");
    assertThat(texts(get("/v1/models").get("data"), "id"))
        .containsSubsequence("spaces", "lines")
        .doesNotContain("broken");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/models/nowhere, there is no model 'nowhere' here",
    "/api/models/.., there is no model '..' here",
    "/api/models/..%2Fruns, there is no model '../runs' here",
    "/api/models/a%5Cb, there is no model 'a\\\\b' here",
    "/api/runs/nowhere, there is no model 'nowhere' here",
    "/v1/models/nowhere, there is no model 'nowhere' here",
    "/v1/models/broken, there is no model in 'broken'",
    "/app/..%2Fx.js, there is no file '../x.js'",
    "/app/x.class, there is no file 'x.class'"
  })
  void whatIsNotThereIsNotFound(String path, String message) {
    assertThat(answer("GET", path, "")).startsWith("{\"error\":{\"message\":\"" + message);
  }

  @Test
  void thePageIsServed() {
    assertThat(answer("GET", "/", "")).startsWith("<!doctype html>");
    assertThat(answer("GET", "/app/app.js", "")).contains("import ");
  }

  @Test
  void completionsAreWhatGenerateWrites() throws IOException {
    String greedy =
        post(
                "/v1/completions",
                "{\"model\":\"lines\",\"prompt\":\"春雨\",\"temperature\":0,\"max_tokens\":9}")
            .get("choices")
            .get(0)
            .get("text")
            .asText();
    assertThat(greedy).hasSize(9);
    JsonNode answer =
        post(
            "/v1/completions",
            """
            {"model": "lines", "prompt": ["春雨", "我"], "max_tokens": 9, "temperature": 0, "n": 2,
             "echo": true, "logprobs": 2, "stop": "。"}
            """);
    assertThat(texts(answer.get("choices"), "index")).containsExactly("0", "1", "2", "3");
    String expected = "春雨" + greedy.replaceFirst("。(?s).*", "");
    assertThat(texts(answer.get("choices"), "text")).startsWith(expected, expected);
    JsonNode logprobs = answer.get("choices").get(0).get("logprobs");
    assertThat(String.join("", JSON.convertValue(logprobs.get("tokens"), String[].class)))
        .isEqualTo(expected);
    assertThat(logprobs.get("text_offset").get(2).asInt()).isEqualTo(2);
    assertThat(logprobs.get("token_logprobs").get(0).isNull()).isTrue();
    assertThat(logprobs.get("token_logprobs").get(1).isNull()).isFalse();
    assertThat(logprobs.get("top_logprobs").get(2).size()).isEqualTo(2);
    String third = logprobs.get("tokens").get(2).asText();
    assertThat(logprobs.get("top_logprobs").get(2).get(third).asDouble())
        .isEqualTo(logprobs.get("token_logprobs").get(2).asDouble());
    assertThat(answer.get("usage").get("prompt_tokens").asInt()).isEqualTo(3);
  }

  @Test
  void aStreamedCompletionIsTheSameText() throws IOException {
    String request =
        "{\"model\":\"lines\",\"prompt\":\"春雨\",\"seed\":4,\"n\":2,\"max_tokens\":20,\"stream\":%s}";
    JsonNode whole = post("/v1/completions", request.formatted("false"));
    StringBuilder first = new StringBuilder();
    StringBuilder second = new StringBuilder();
    List<String> reasons = new ArrayList<>();
    String streamed = "true,\"stream_options\":{\"include_usage\":true}";
    List<JsonNode> events = events("/v1/completions", request.formatted(streamed));
    assertThat(events.remove(events.size() - 1).get("usage")).isEqualTo(whole.get("usage"));
    for (JsonNode event : events) {
      JsonNode choice = event.get("choices").get(0);
      (choice.get("index").asInt() == 0 ? first : second).append(choice.get("text").asText());
      if (!choice.get("finish_reason").isNull()) {
        reasons.add(choice.get("finish_reason").asText());
      }
    }
    assertThat(List.of(first.toString(), second.toString()))
        .isEqualTo(texts(whole.get("choices"), "text"));
    assertThat(reasons).containsExactly("length", "length");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                     | model: it is missing",
        "{'model':'lines','prompt':'Q'}         | prompt: the model does not know 'Q'",
        "{'model':'lines','max_tokens':-1}      | max_tokens: found -1; expected a whole number",
        "{'model':'lines','temperature':-1}     | temperature: found -1.0; expected 0 or more",
        "{'model':'lines','n':65}               | n: found 65",
        "{'model':'lines','stop':['']}          | stop: it is empty",
        "{'model':'lines','stop':[1]}           | stop: found 1; expected a string",
        "{'model':'lines','logprobs':21}        | logprobs: found 21",
        "{'model':'lines','stream':'yes'}       | stream: found a string; expected true or false",
        "{'model':'lines','suffix':'x'}         | suffix: it is not supported; expected none",
        "{'model':'lines','best_of':2}          | best_of: it is not supported; expected as many",
        "{'model':'lines','presence_penalty':1} | presence_penalty: it is not supported",
        "{'model':'lines','top_p':2}            | top_p: found 2.0; expected a probability",
        "{'model':'lines','n':64,'max_tokens':9999} | max_tokens: found 639,936 tokens in all texts",
        "{'model':'lines','logprobs':20,'max_tokens':9999} | max_tokens: found 9,999 tokens in all",
        "{'model':'nowhere'}                    | there is no model 'nowhere' here"
      })
  void completionsThatCanNotBe(String body, String message) {
    assertThat(answer("POST", "/v1/completions", body.replace('\'', '"')))
        .startsWith("{\"error\":{\"message\":\"" + message);
  }

  @Test
  void continuationsReachAsFarAsTheyAreToAndPassOverWhatTheModelDoesNotKnow() throws IOException {
    String path = "/api/models/lines/continuations";
    JsonNode ways = post(path, "{\"text\":\"春雨\",\"count\":3,\"reach\":\"character\"}");
    assertThat(texts(ways.get("continuations"), "text"))
        .hasSize(3)
        .allMatch(text -> text.length() == 1);
    JsonNode same = post(path, "{\"text\":\"Q春Q雨\",\"count\":3,\"reach\":\"character\"}");
    assertThat(same).isEqualTo(ways);
    assertThat(post(path, "{\"text\":\"\",\"reach\":\"line\"}").get("continuations").size())
        .isEqualTo(5);
    assertThat(answer("POST", path, "{\"text\":\"春\",\"reach\":\"page\"}"))
        .contains("reach: found 'page'; expected character, word or line");
  }

  @Test
  void textsAreWrittenUnderWishes() throws IOException {
    String path = "/api/models/%s/texts";
    String wishes =
        "{\"lines\":3,\"acrostic\":\"春我春\",\"given\":[null,\"我把灯留在\",null],\"seed\":5,\"ban\":\"推\"}";
    for (String model : List.of("lines", "spaces")) {
      List<JsonNode> events = events(path.formatted(model), wishes);
      String text = events.get(events.size() - 1).get("done").get("text").asText();
      assertThat(text.split("\n")).hasSize(3).contains("我把灯留在");
      assertThat(text).startsWith("春").contains("\n春").doesNotContain("推");
    }
    List<JsonNode> free =
        events(path.formatted("lines"), "{\"prefix\":\"春雨\",\"length\":7,\"seed\":1}");
    StringBuilder told = new StringBuilder();
    free.stream()
        .filter(event -> event.has("more"))
        .forEach(event -> told.append(event.get("more").asText()));
    assertThat(told.toString())
        .hasSize(7)
        .isEqualTo(free.get(free.size() - 1).get("done").get("text").asText());
    assertThat(answer("POST", path.formatted("lines"), "{\"given\":[\"Q\"]}"))
        .contains("given: the model does not know 'Q'");
    assertThat(answer("POST", path.formatted("lines"), "{\"given\":[\"我\"],\"acrostic\":\"春\"}"))
        .contains("acrostic: the line '我', which stays, does not begin with '春'");
    assertThat(answer("POST", path.formatted("lines"), "{\"lines\":1,\"beam\":1000}"))
        .contains("beam: found 1000; expected a whole number from 1 to 64");
    assertThat(answer("POST", path.formatted("spaces"), "{\"given\":[\"春 雨\"]}"))
        .contains("given: '春 雨' is not one line");
  }

  @Test
  void whatIsSeenInsideIsWhatTheReferenceSees() throws IOException {
    String text = TEXT + TEXT;
    String body = JSON.writeValueAsString(JSON.createObjectNode().put("text", text));
    try (TrainedModel reference =
        TrainedModel.open(
            folder.resolve("runs/lines"), ENGINES, "reference", DeviceRequest.parse("cpu"), 1)) {
      InspectedText inspected =
          new InspectedText(reference.model(), reference.tokenizer(), "\n", text);
      JsonNode saliency =
          post("/api/models/lines/saliency", body.replace("}", ",\"token\":40}")).get("values");
      assertClose(saliency, inspected.saliency(40));
      JsonNode unit =
          post(
                  "/api/models/lines/activations",
                  body.replace("}", ",\"array\":\"l0.cell\",\"unit\":7}"))
              .get("values");
      assertClose(
          unit, UnitReaction.activations(inspected.values(inspected.trace(), "l0.cell"), 12, 7));
      JsonNode tokens = post("/api/models/lines/surprise", body).get("tokens");
      assertThat(String.join("", texts(tokens, "text"))).isEqualTo(text);
      float[] expected = new float[tokens.size()];
      for (int i = 0; i < expected.length; i++) {
        expected[i] = (float) inspected.surprise(0).get(i).logProbability();
      }
      assertClose(
          JSON.valueToTree(texts(tokens, "logProbability").stream().map(Double::valueOf).toList()),
          expected);
    }
  }

  @Test
  void whatTheModelDoesNotKnowIsShownWithoutNumbers() throws IOException {
    JsonNode tokens = post("/api/models/lines/surprise", "{\"text\":\"春Q雨\\n\"}").get("tokens");
    assertThat(texts(tokens, "text")).containsExactly("春", "Q", "雨", "\n");
    assertThat(tokens.get(1).get("logProbability").isNull()).isTrue();
    assertThat(tokens.get(2).get("logProbability").asDouble())
        .isEqualTo(
            post("/api/models/lines/surprise", "{\"text\":\"春雨\\n\"}")
                .get("tokens")
                .get(1)
                .get("logProbability")
                .asDouble());
    assertThat(answer("POST", "/api/models/lines/surprise", "{\"text\":\"QQ\"}"))
        .contains("text: the model knows nothing of it");
  }

  private static void assertClose(JsonNode found, float... expected) {
    assertThat(found.size()).isEqualTo(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(found.get(i).floatValue()).isCloseTo(expected[i], within(1e-5f));
    }
  }

  @Test
  void unitsAreSortedByWhatTheyReactTo() throws IOException {
    JsonNode answer = post("/api/models/lines/units", "{\"text\":\"春雨落在旧城墙\\n我把灯留在窗前\\n\"}");
    assertThat(answer.get("arrays").size()).isEqualTo(6);
    List<Double> strengths =
        StreamSupport.stream(answer.get("units").spliterator(), false)
            .map(unit -> -Math.abs(unit.get("correlation").asDouble()))
            .toList();
    assertThat(strengths).hasSize(12).isSorted();
    assertThat(answer("POST", "/api/models/lines/units", "{\"text\":\"春\",\"array\":\"x\"}"))
        .contains("array: found 'x'; expected one of [l0.hidden, l0.cell");
  }

  @Test
  void copiedRunsAreFound() throws IOException {
    JsonNode copies =
        post("/api/models/spaces/copies", "{\"text\":\"墙城春雨落在旧城墙，你说\\n我\",\"least\":8}");
    assertThat(copies.get("longest").asInt()).isEqualTo(10);
    assertThat(copies.get("runs").get(0).get("begin").asInt()).isEqualTo(2);
    assertThat(copies.get("share").asDouble()).isCloseTo(10 / 14.0, within(1e-9));
  }

  @Test
  void moreModelsAreUsedThanAreKeptOpen() throws IOException {
    for (int i = 0; i < 7; i++) {
      Path copy = Files.createDirectories(folder.resolve("runs/copy-" + i));
      for (String file : List.of("run.json", "config.yaml", "model.safetensors", "metrics.jsonl")) {
        Files.copy(folder.resolve("runs/lines").resolve(file), copy.resolve(file));
      }
    }
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 7; i++) {
        JsonNode ways = post("/api/models/copy-%d/continuations".formatted(i), "{\"text\":\"春\"}");
        assertThat(ways.get("continuations").size()).isEqualTo(5);
      }
    }
  }

  @Test
  void aTextOfAnyLengthGoesOn() throws IOException {
    JsonNode ways =
        post(
            "/api/models/lines/continuations",
            "{\"text\":" + JSON.writeValueAsString(TEXT.repeat(1000)) + ",\"count\":2}");
    assertThat(ways.get("continuations").size()).isEqualTo(2);
  }

  @Test
  void aRunThatVanishesIsNoLongerThere() throws IOException {
    train("vanishing", "newlines: keep");
    assertThat(get("/api/models/vanishing").has("sha256")).isTrue();
    Files.delete(folder.resolve("runs/vanishing/model.safetensors"));
    assertThat(answer("POST", "/api/models/vanishing/continuations", "{\"text\":\"春\"}"))
        .contains("there is no model in 'vanishing'");
    for (String file : List.of("run.json", "config.yaml")) {
      Files.delete(folder.resolve("runs/vanishing").resolve(file));
    }
  }

  @Test
  void runsAreTrainedOneAfterAnotherPausedAndResumed() throws Exception {
    String settings =
        "\"settings\":{\"model.cell\":\"gru\",\"model.hidden\":8,\"training.epochs\":%d,"
            + "\"sampler.batchSize\":4,\"sampler.steps\":5,\"corpus.validation\":0.1}";
    String text = "\"text\":" + JSON.writeValueAsString(TEXT.repeat(20));
    assertThat(answer("POST", "/api/trainings", "{" + text + "," + settings.formatted(3) + "}"))
        .contains("corpus.validation: it can't be set here");
    String allowed = settings.replace(",\"corpus.validation\":0.1", "");
    assertThat(answer("POST", "/api/trainings", "{\"source\":\"/etc/hosts\"}"))
        .contains("source: found '/etc/hosts'");
    assertThat(
            answer(
                "POST", "/api/trainings", "{" + text + ",\"settings\":{\"model.hidden\":\"x\"}}"))
        .contains("model.hidden");
    String first =
        post("/api/trainings", "{\"name\":\"one\"," + text + "," + allowed.formatted(100_000) + "}")
            .get("id")
            .asText();
    String second =
        post("/api/trainings", "{\"name\":\"two\"," + text + "," + allowed.formatted(2) + "}")
            .get("id")
            .asText();
    assertThat(get("/api/runs/" + second).get("status").asText()).isEqualTo("waiting");
    await(first, "running", 1);
    assertThat(answer("POST", "/api/runs/" + first + "/resume", "{}"))
        .contains("it is running already");
    post("/api/runs/" + first + "/pause", "{}");
    await(second, "finished", 2);
    JsonNode paused = get("/api/runs/" + first);
    assertThat(paused.get("status").asText()).isEqualTo("paused");
    assertThat(get("/api/models/" + first).get("cell").asText()).isEqualTo("gru");
    int done = paused.get("epochs").size();
    post("/api/runs/" + first + "/resume", "{\"epochs\":" + (done + 2) + "}");
    await(first, "finished", done + 2);
    String events = answer("GET", "/api/runs/" + first + "/events", "");
    assertThat(events)
        .isEqualTo(
            """
            data: {"kind":"state","status":"finished","problem":null}

            data: [DONE]

            """);
    assertThat(folder.resolve("runs/texts")).isDirectoryContaining("glob:**.txt");
  }

  private void await(String run, String status, int epochs)
      throws IOException, InterruptedException {
    for (int i = 0; i < 600; i++) {
      JsonNode found = get("/api/runs/" + run);
      if (found.path("status").asText().equals(status) && found.get("epochs").size() >= epochs) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("not %s in time: %s".formatted(status, get("/api/runs/" + run)));
  }
}
