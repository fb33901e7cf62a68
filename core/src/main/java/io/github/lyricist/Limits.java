package io.github.lyricist;

/** The bounds on untrusted input, in one place; an error that meets one names it. */
public final class Limits {
  /** Bytes of a configuration file. */
  public static final int CONFIG_BYTES = 1 << 20;

  /** Collections inside collections in a configuration. */
  public static final int CONFIG_DEPTH = 20;

  /** Distinct characters of a corpus: their codes have two bytes. */
  public static final int DISTINCT_CHARACTERS = 1 << 16;

  /** Distinct words or other pieces of a text that are counted at a time. */
  public static final int DISTINCT_PIECES = 1 << 20;

  /** Texts of a corpus: what a folder or a pattern may find. */
  public static final int CORPUS_TEXTS = 100_000;

  /** Bytes that a compressed corpus may unpack to. */
  public static final long UNPACKED_BYTES = 8L << 30;

  /** Unpacked bytes per packed byte; plain text stays far below. */
  public static final int COMPRESSION_RATIO = 200;

  /** Unpacked bytes below which the ratio is not looked at. */
  public static final int COMPRESSION_GRACE_BYTES = 1 << 20;

  /** Bytes of a {@code .jsonl} file that a run wrote: some 300,000 epochs. */
  public static final int JSON_LINES_BYTES = 1 << 26;

  /** Objects and arrays inside one another in JSON that a run wrote. */
  public static final int JSON_DEPTH = 8;

  /** Characters of a name in JSON that a run wrote. */
  public static final int JSON_NAME_CHARACTERS = 200;

  /** Bytes of a {@code run.json}. */
  public static final int PROVENANCE_BYTES = 1 << 16;

  /** Bytes of a table of {@code bench}: some two thousand timings. */
  public static final int BENCHMARK_BYTES = 1 << 20;

  /** Runs side by side in a report; beyond, nobody finds one in its tables. */
  public static final int REPORT_RUNS = 100;

  /** Trials of a sweep, as a grid soon has them. */
  public static final int SWEEP_TRIALS = 1000;

  /** Bytes of a safetensors file's header. */
  public static final int SAFETENSORS_HEADER_BYTES = 8 << 20;

  /** Tensors of a safetensors file. */
  public static final int SAFETENSORS_TENSORS = 100_000;

  /** Bytes of a tokenizer, as a model file has it. */
  public static final int TOKENIZER_BYTES = 64 << 20;

  /** Bytes of a vocabulary file; all of Unicode, escaped, takes half of it. */
  public static final int VOCABULARY_BYTES = 64 << 20;

  /** Bytes of a prefix that comes from standard input. */
  public static final int PREFIX_BYTES = 1 << 20;

  /** Of a request to the studio. */
  public static final int REQUEST_BYTES = 1 << 20;

  /** Of one that has a text to be trained on. */
  public static final int TEXT_REQUEST_BYTES = 16 << 20;

  /** Numbers, texts, lists and objects of a request. */
  public static final int REQUEST_VALUES = 10_000;

  /** Characters that the studio's models read before they write. */
  public static final int PROMPT_CHARACTERS = 20_000;

  /** Tokens that the studio writes for one request, in all its texts. */
  public static final int WRITTEN_TOKENS = 100_000;

  /** Runs that wait in the studio to be trained. */
  public static final int WAITING_RUNS = 20;

  /** Requests to the studio that are answered at once. */
  public static final int REQUESTS_AT_ONCE = 100;

  /** Tokens of a text that is looked at from inside a model. */
  public static final int INSPECTED_TOKENS = 5_000;

  /** Models that the studio keeps open while nobody uses them. */
  public static final int OPEN_MODELS = 4;

  /** Of a text that is looked up in a training text. */
  public static final int CHECKED_TEXT_BYTES = 1 << 20;

  /** Of the memory that tells which runs of characters a training text has. */
  public static final int COPY_FILTER_BYTES = 256 << 20;

  /** Entries of a zip archive. */
  public static final int ZIP_ENTRIES = 10_000;

  private Limits() {}
}
