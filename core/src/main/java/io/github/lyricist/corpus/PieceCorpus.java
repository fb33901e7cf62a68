package io.github.lyricist.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.tokens.Tokenizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A corpus whose tokens are words or subwords. Each part of each stretch of its text is cut into
 * tokens alone.
 *
 * @param starts the first token of each stretch's parts, by part and stretch
 * @param lengths how many tokens each of those has
 */
record PieceCorpus(
    String source,
    String sha256,
    long characters,
    Tokenizer tokenizer,
    long[][] starts,
    long[][] lengths,
    Ids ids)
    implements Corpus {
  private static final int PARTS = 3;

  /** What {@link #write} wrote. */
  static PieceCorpus read(String source, TextCache.Entry entry) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(entry.head()))) {
      String sha256 = in.readUTF();
      long characters = in.readLong();
      String kind = in.readUTF();
      boolean knowsUnknown = in.readBoolean();
      String content = new String(in.readNBytes(in.readInt()), UTF_8);
      int stretches = in.readInt();
      long[][] starts = new long[PARTS][stretches];
      long[][] lengths = new long[PARTS][stretches];
      for (int part = 0; part < PARTS; part++) {
        for (int stretch = 0; stretch < stretches; stretch++) {
          starts[part][stretch] = in.readLong();
          lengths[part][stretch] = in.readLong();
        }
      }
      Tokenizer tokenizer = Tokenizer.of(kind, knowsUnknown, content);
      return new PieceCorpus(source, sha256, characters, tokenizer, starts, lengths, entry.ids());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Cuts a text into tokens; returns what there is to know besides those. */
  static byte[] write(Text text, Cut cut, Tokenizer tokenizer, IdSink ids) {
    long[] written = {0};
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      out.writeUTF(text.sha256());
      out.writeLong(text.size());
      out.writeUTF(tokenizer.kind());
      out.writeBoolean(tokenizer.unknownId().isPresent());
      byte[] content = tokenizer.content().getBytes(UTF_8);
      out.writeInt(content.length);
      out.write(content);
      out.writeInt(cut.stretches());
      for (int part = 0; part < PARTS; part++) {
        for (int stretch = 0; stretch < cut.stretches(); stretch++) {
          out.writeLong(written[0]);
          long before = written[0];
          tokenizer.encode(
              text.characters(cut.start(stretch, part), cut.lengths().get(part)),
              id -> {
                ids.add(id);
                written[0]++;
              });
          out.writeLong(written[0] - before);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public long size() {
    return ids.size();
  }

  @Override
  public void read(long from, int[] to, int offset, int count) {
    ids.read(from, to, offset, count);
  }
}
