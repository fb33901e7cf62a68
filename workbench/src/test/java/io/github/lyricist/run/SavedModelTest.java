package io.github.lyricist.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.Initialization;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.Shape;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.tokens.ByteTokenizer;
import io.github.lyricist.tokens.CharacterTokenizer;
import io.github.lyricist.tokens.Tokenizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SavedModelTest {
  private static final Tokenizer TOKENIZER = CharacterTokenizer.of("a分😀");

  private static final String LONG = "7".repeat(10_000);
  private static final String CUT = "7".repeat(100) + "…";

  @TempDir
  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  static Stream<ModelSpec> specs() {
    return Stream.of(
        new ModelSpec(Cell.RNN, 3, 1, null, false, 0, false),
        new ModelSpec(Cell.GRU, 2, 2, 5, false, 0.25, true),
        new ModelSpec(Cell.LSTM, 4, 3, 4, true, 0.5, false));
  }

  private static Parameters parameters(ModelSpec spec) {
    return new Initialization(Initialization.Type.PYTORCH, 1)
        .draw(spec, TOKENIZER.size(), new RandomStreams(1));
  }

  private static byte[] bytes(ModelSpec spec, Parameters parameters) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelFile.write(out, spec, TOKENIZER, parameters);
    return out.toByteArray();
  }

  private SavedModel open(byte[] bytes) throws IOException {
    return SavedModel.open(Files.write(folder.resolve(SavedModel.FILE), bytes));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void isWhatWasWritten(ModelSpec spec) throws IOException {
    Parameters parameters = parameters(spec);
    open(bytes(spec, parameters));
    SavedModel model = SavedModel.open(folder);
    assertThat(model.spec()).isEqualTo(spec);
    assertThat(model.tokenizer().identity()).isEqualTo(TOKENIZER.identity());
    Parameters read = model.parameters();
    assertThat(read.names()).containsExactlyElementsOf(parameters.names());
    parameters.forEach((name, value) -> assertThat(read.get(name)).containsExactly(value));
  }

  /** Before there was a digest, in version 1, files had neither it nor the kind of tokenizer. */
  @Test
  void aFileOfVersion1Opens() throws IOException {
    ModelSpec spec = new ModelSpec(Cell.RNN, 2, 1, null, false, 0, false);
    String text = new String(bytes(spec, parameters(spec)), ISO_8859_1);
    String digest = text.replaceAll("(?s).*(,\"data_sha256\":\"\\w{64}\").*", "$1");
    String tokenizer = ",\"tokenizer\":\"character\"";
    String version1 =
        text.replace("\"format_version\":\"2\"", "\"format_version\":\"1\"")
            .replace(tokenizer + ",", ",")
            .replace(digest + "},", "}," + " ".repeat(digest.length() + tokenizer.length()));
    assertThat(version1).hasSameSizeAs(text).doesNotContain("sha256", "tokenizer");
    byte[] bytes = version1.getBytes(ISO_8859_1);
    bytes[bytes.length - 1] ^= 1; // which nothing tells
    SavedModel model = open(bytes);
    assertThat(model.tokenizer().identity()).isEqualTo(TOKENIZER.identity());
    assertThat(model.parameters().count()).isEqualTo(parameters(spec).count());
  }

  @Test
  void bytesNeedNoVocabulary() throws IOException {
    ModelSpec spec = new ModelSpec(Cell.RNN, 2, 1, null, false, 0, false);
    Parameters parameters = Initialization.DEFAULT.draw(spec, 256, new RandomStreams(1));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelFile.write(out, spec, new ByteTokenizer(), parameters);
    assertThat(open(out.toByteArray()).tokenizer()).isInstanceOf(ByteTokenizer.class);
    String text = out.toString(ISO_8859_1).replace("\"vocabulary\":\"\"", "\"vocabulary\":\"a\"");
    String header = text.substring(text.indexOf('{'), text.indexOf("}}") + 2);
    assertThatThrownBy(() -> open(safetensors(header, Float.BYTES * (int) parameters.count())))
        .hasMessageContaining(
            "its metadata 'vocabulary' should be empty, for its tokens are bytes");
  }

  @Test
  void wordsSubwordsAndWhatIsUnknownAreKept() throws IOException {
    ModelSpec spec = new ModelSpec(Cell.RNN, 2, 1, null, false, 0, false);
    for (Tokenizer tokenizer :
        List.of(
            Tokenizer.of("word", true, "the\nĠ\nåĪĨ"),
            Tokenizer.of("bpe", false, "a b\nĠ ab"),
            Tokenizer.of("character", true, "ab"))) {
      Parameters parameters =
          Initialization.DEFAULT.draw(spec, tokenizer.size(), new RandomStreams(1));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ModelFile.write(out, spec, tokenizer, parameters);
      SavedModel saved = open(out.toByteArray());
      assertThat(saved.tokenizer().identity()).isEqualTo(tokenizer.identity());
      assertThat(saved.parameters().count()).isEqualTo(parameters.count());
      String damaged = out.toString(ISO_8859_1).replace("\"words\"", "\"wards\"");
      if (tokenizer.kind().equals("word")) {
        assertThatThrownBy(() -> open(damaged.getBytes(ISO_8859_1)))
            .isInstanceOf(InvalidInputException.class)
            .hasMessageContaining(": its tensor 'tokenizer': has no list 'words'; ");
      }
    }
  }

  @Test
  void eachDamagedByteOfTheNumbersIsNoticed() throws IOException {
    ModelSpec spec = new ModelSpec(Cell.RNN, 2, 1, null, false, 0, false);
    byte[] whole = bytes(spec, parameters(spec));
    int data = Long.BYTES + (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();
    for (int at = data; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      SavedModel model = open(damaged);
      assertThatThrownBy(model::parameters)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith(
              folder.resolve(SavedModel.FILE)
                  + ": its numbers were damaged after they were written: their SHA-256 is ")
          .hasMessageEndingWith("; restore the file from a copy, or train again");
    }
  }

  /** Every one of its bytes matters: none that is cut off goes unnoticed. */
  @Test
  void aFileCutOffAnywhereIsRefused() throws IOException {
    ModelSpec spec = new ModelSpec(Cell.RNN, 2, 1, null, false, 0, false);
    byte[] whole = bytes(spec, parameters(spec));
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> open(cut).parameters()).isInstanceOf(InvalidInputException.class);
    }
    byte[] longer = Arrays.copyOf(whole, whole.length + 1);
    assertThatThrownBy(() -> open(longer)).hasMessageContaining("its tensors take");
  }

  private static byte[] safetensors(String header, int dataBytes) {
    byte[] json = header.getBytes(UTF_8);
    return ByteBuffer.allocate(Long.BYTES + json.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .array();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | 0 | its header is no JSON object",
        "{ | 0 | its header is not JSON",
        "{} x | 0 | its header is not JSON",
        "{}{} | 0 | something follows",
        "{\"a\":1} | 0 | 'a' is no JSON object",
        "{\"__metadata__\":{\"k\":1}} | 0 | the metadata 'k' is no text",
        "{\"__metadata__\":{\"k\":\"1\",\"k\":\"2\"}} | 0 | its header is not JSON: Duplicate field",
        "{\"a\":{\"dtype\":\"C64\",\"shape\":[1],\"data_offsets\":[0,8]}} | 8 | has the type C64, none of F32",
        "{\"a\":{\"dtype\":7,\"shape\":[1],\"data_offsets\":[0,4]}} | 4 | has the type null, none of F32",
        "{\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,4]}} | 4 | not what its shape [1] takes in F64",
        "{\"a\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[0,4]}} | 4 | not what its shape [1] takes in F16",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}} | 4 | lacks a shape or two offsets",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}} | 4 | lacks a shape or two offsets",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"x\":1}} | 4 | has a key 'x'",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}} | 4 | no list of whole numbers",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}} | 4 | no list of whole numbers",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1,1,1,1,1,1,1,1,1],\"data_offsets\":[0,4]}} | 4 | no list of whole",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999],\"data_offsets\":[0,4]}} | 4 | is too large",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2000000000,2000000000,4],\"data_offsets\":[0,0]}} | 0 | is too large",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,4]}} | 4 | its header is not",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}} | 4 | not what its shape [2] takes",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}} | 4 | not what its shape [1] takes",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | 8 | leave a gap or overlap at byte 0",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | 4 | leave a gap or overlap at byte 4",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | 8 | take 4 bytes, but it has 8",
        "{} | 0 | was not written by Lyricist",
        "{\"__metadata__\":{\"format\":\"lyricist\",\"format_version\":\"99\"}} | 0 | its format version is 99, this program reads 1 and 2; use the version of Lyricist that wrote it",
        "{\"__metadata__\":{\"format\":\"lyricist\"}} | 0 | its format version is missing, this program reads 1 and 2",
        "{\"__metadata__\":{\"format\":\"lyricist\",\"format_version\":\"2\",\"model\":\"{\\\"cell\\\":\\\"rnn\\\",\\\"hidden\\\":2,\\\"layers\\\":1,\\\"embedding\\\":null,\\\"tieWeights\\\":false,\\\"dropout\\\":0,\\\"recurrentBias\\\":false}\",\"tokenizer\":\"letters\",\"vocabulary\":\"ab\"}} | 0 | its tokenizer is 'letters', which this program does not know; use the version",
        "{\"__metadata__\":{\"format\":\"lyricist\",\"format_version\":\"1\",\"model\":\"{}\",\"vocabulary\":\"ab\"}} | 0 | its metadata 'model': has no 'cell'",
        "{\"__metadata__\":{\"format\":\"lyricist\",\"format_version\":\"1\",\"model\":\"{\\\"cell\\\":\\\"x\\\"}\",\"vocabulary\":\"ab\"}} | 0 | has an unknown cell 'x'",
      })
  void hostileFilesAreRefused(String header, int dataBytes, String message) {
    assertThatThrownBy(() -> open(safetensors(header, dataBytes)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(SavedModel.FILE)
        .hasMessageContaining(message);
  }

  @Test
  void aHeaderBeyondTheLimitIsNotRead() {
    byte[] bytes =
        ByteBuffer.allocate((8 << 20) + 100)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong((8 << 20) + 1)
            .array();
    assertThatThrownBy(() -> open(bytes))
        .hasMessageContaining(
            "broken safetensors file: its header has 8388609 bytes, the limit is 8388608;");
    Arrays.fill(bytes, (byte) -1);
    assertThatThrownBy(() -> open(bytes)).hasMessageContaining("not a safetensors file;");
  }

  @Test
  void moreTensorsThanTheLimitAreRefused() {
    String tensors =
        IntStream.rangeClosed(0, Limits.SAFETENSORS_TENSORS)
            .mapToObj(
                i -> "\"%d\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}".formatted(i))
            .collect(Collectors.joining(",", "{", "}"));
    assertThatThrownBy(() -> open(safetensors(tensors, 0)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("it has more tensors than the limit of 100000");
  }

  @Test
  void whatIsGivenInItsPlaceIsNamed() {
    Map.of(
            "version https://git-lfs.github.com/spec/v1",
                "this is a pointer of Git LFS to the file",
            "<!DOCTYPE html><html>", "this is a web page, not the file itself",
            "PK\3\4............", "this is what torch.save writes, pickled Python",
            "\200\2\212\nl\374\234F\371", "this is what torch.save writes, pickled Python",
            "\211HDF............", "this is an HDF5 file",
            "name: songs # no model", "not a safetensors file;")
        .forEach(
            (beginning, name) ->
                assertThatThrownBy(() -> open(beginning.getBytes(ISO_8859_1)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith(folder.resolve(SavedModel.FILE) + ": " + name));
  }

  @Test
  void weightsThatAreNotFiniteOrTiedButDifferentAreRefused() throws IOException {
    ModelSpec spec = new ModelSpec(Cell.LSTM, 4, 1, 4, true, 0, false);
    Parameters parameters = parameters(spec);
    parameters.get("linear.weight")[1]++;
    byte[] untied = bytes(spec, parameters);
    assertThatThrownBy(() -> open(untied).parameters()).hasMessageContaining("tied weights");
    parameters.get("linear.bias")[1] = Float.NaN;
    byte[] broken = bytes(spec, parameters);
    assertThatThrownBy(() -> open(broken).parameters()).hasMessageContaining("not finite");
  }

  @Test
  void aModelWithOtherTensorsIsRefused() throws IOException {
    ModelSpec spec = new ModelSpec(Cell.RNN, 4, 1, null, false, 0, false);
    ModelSpec other = new ModelSpec(Cell.RNN, 5, 1, null, false, 0, false);
    byte[] mixed = bytes(other, parameters(spec));
    assertThatThrownBy(() -> open(mixed))
        .hasMessage(
            folder.resolve(SavedModel.FILE)
                + ": its tensors are not those of its model: 'rnn.weight_ih_l0' should be [5, 3],"
                + " but is [4, 3]; give a run directory, or the model.safetensors of one");
  }

  /** Of a hundred thousand tensors with long names, one is named, and not the whole of its name. */
  @Test
  void ofOtherTensorsOneIsNamed() throws IOException {
    ModelSpec spec = new ModelSpec(Cell.RNN, 4, 1, null, false, 0, false);
    Parameters parameters = parameters(spec);
    for (int i = 0; i < 1_000; i++) {
      parameters.put("\u001b" + "x".repeat(1_000) + i, new Shape(0), new float[0]);
    }
    byte[] more = bytes(spec, parameters);
    assertThatThrownBy(() -> open(more))
        .hasMessage(
            folder.resolve(SavedModel.FILE)
                + ": its tensors are not those of its model: '\\u001b"
                + "x".repeat(99)
                + "…' is none of them; give a run directory, or the model.safetensors of one");
    Parameters fewer = parameters(spec);
    fewer.take("linear.bias");
    byte[] bytes = bytes(spec, fewer);
    assertThatThrownBy(() -> open(bytes))
        .hasMessageContaining("'linear.bias' should be [3], but is missing;");
  }

  /** No text has it, and none that is written with it could be read again. */
  @Test
  void halfACharacterIsNoToken() throws IOException {
    ModelSpec spec = new ModelSpec(Cell.RNN, 2, 1, null, false, 0, false);
    String whole = new String(bytes(spec, parameters(spec)), UTF_8);
    String header = whole.substring(whole.indexOf('{'), whole.indexOf("}}") + 2);
    String half = header.replace("\\uDE00", "");
    assertThatThrownBy(() -> open(safetensors(half, Float.BYTES * (int) parameters(spec).count())))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(": its metadata 'vocabulary' has half of a surrogate pair;");
  }

  @Test
  void whatTheMetadataSayIsCutInMessages() throws IOException {
    ModelSpec spec = new ModelSpec(Cell.RNN, 2, 1, null, false, 0, false);
    String whole = new String(bytes(spec, parameters(spec)), UTF_8);
    String header = whole.substring(whole.indexOf('{'), whole.indexOf("}}") + 2);
    int data = Float.BYTES * (int) parameters(spec).count();
    String version = header.replace("\"format_version\":\"2", "\"format_version\":\"" + LONG);
    assertThatThrownBy(() -> open(safetensors(version, data)))
        .hasMessageContaining("its format version is " + CUT + ", this program reads");
    String digest = header.replaceFirst("(data_sha256\":\")\\w+", "$1" + LONG);
    SavedModel model = open(safetensors(digest, data));
    assertThatThrownBy(model::parameters).hasMessageContaining(", not " + CUT + "; restore");
  }
}
