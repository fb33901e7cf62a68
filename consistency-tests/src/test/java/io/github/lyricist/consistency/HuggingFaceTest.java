package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.github.lyricist.corpus.Corpus;
import io.github.lyricist.corpus.CorpusReader;
import io.github.lyricist.corpus.CorpusSpec;
import io.github.lyricist.corpus.CorpusSpec.Newlines;
import io.github.lyricist.corpus.CorpusSpec.Tokens;
import io.github.lyricist.corpus.TextCache;
import io.github.lyricist.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hugging Face's library reads our {@code tokenizer.json} to the same ids. */
class HuggingFaceTest {
  private static final String CORPUS = System.getenv("LYRICIST_CORPUS");

  /** Whatever the pattern tells apart, and more than one plane of Unicode. */
  private static final String ODD =
      "I'll say: it's 3.14, don't!  He'd  go\n\n\tthey've we'RE ½ Ⅷ 分开 不分开\u3000\u00A0\r\nnaïve e\u0301"
          + " 👩‍👩‍👧‍👦🇨🇭 नमस्ते ที่นี่ _a_ \u2028 \u0085 'sun' ''s $100 <unk> \uFFFD\0";

  @BeforeAll
  static void keepItsLibraryHere() {
    System.setProperty("DJL_CACHE_DIR", Path.of("target", "djl").toAbsolutePath().toString());
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
  }

  /** The songs, and the shared texts where the build knows where they are. */
  static Stream<Path> texts() {
    List<Path> texts = new ArrayList<>();
    if (CORPUS != null) {
      for (String name : List.of("tinyshakespeare.txt.gz", "warpeace.txt.gz")) {
        Path text = Path.of(CORPUS).resolveSibling(name);
        if (Files.exists(text)) {
          texts.add(text);
        }
      }
    }
    texts.add(Path.of("bundled:songs"));
    return texts.stream();
  }

  @ParameterizedTest
  @MethodSource("texts")
  void readsOurTokenizerToTheSameIds(Path source, @TempDir Path folder) throws IOException {
    CorpusSpec spec =
        CorpusSpec.of(source.toString())
            .withNewlines(Newlines.KEEP)
            .withTokens(Tokens.BPE, 2000, 1);
    Corpus corpus = new CorpusReader(spec, 1, TextCache.none(), notice -> {}).read().whole();
    try (RunDirectory directory = RunDirectory.create(folder.resolve("run"))) {
      directory.writeTokenizer(corpus.tokenizer());
    }
    int[] ids = new int[(int) corpus.size()];
    corpus.read(0, ids, 0, ids.length);
    String text = corpus.tokenizer().decode(ids);
    try (HuggingFaceTokenizer theirs =
        HuggingFaceTokenizer.newInstance(
            folder.resolve("run").resolve("tokenizer.json"), Map.of("truncation", "false"))) {
      assertThat(theirIds(theirs, text)).isEqualTo(ids);
      assertThat(theirIds(theirs, ODD)).isEqualTo(corpus.tokenizer().encode(ODD));
      assertThat(theirs.decode(theirs.encode(ODD, false, false).getIds())).isEqualTo(ODD);
    }
  }

  private static int[] theirIds(HuggingFaceTokenizer tokenizer, String text) {
    long[] ids = tokenizer.encode(text, false, false).getIds();
    int[] asInts = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      asInts[i] = (int) ids[i];
    }
    return asInts;
  }
}
