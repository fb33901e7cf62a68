package io.github.lyricist.distributed;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A connection between two members of a group. One thread writes and one reads at a time; what is
 * written goes out with {@link #flush}.
 */
final class Connection implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final int CONNECT_MILLISECONDS = 20_000;
  private static final int MOST_TEXTS = 10_000;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final byte[] sent = new byte[BUFFER];
  private final byte[] received = new byte[BUFFER];

  Connection(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
    this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), BUFFER));
  }

  static Connection to(String host, int port) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(host, port), CONNECT_MILLISECONDS);
      return new Connection(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Where the other one is, as it is seen from here. */
  String otherHost() {
    return socket.getInetAddress().getHostAddress();
  }

  /** Where this end is. */
  InetAddress ownAddress() {
    return socket.getLocalAddress();
  }

  /** How long one waits for what the other one has to say; 0 is without end. */
  void patience(int milliseconds) throws IOException {
    socket.setSoTimeout(milliseconds);
  }

  DataOutputStream out() {
    return out;
  }

  DataInputStream in() {
    return in;
  }

  void flush() throws IOException {
    out.flush();
  }

  void writeTexts(List<String> texts) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      out.writeUTF(text);
    }
  }

  List<String> readTexts() throws IOException {
    List<String> texts = new ArrayList<>();
    int count = in.readInt();
    if (count < 0 || count > MOST_TEXTS) {
      throw new IOException("%d texts were announced".formatted(count));
    }
    for (int i = 0; i < count; i++) {
      texts.add(in.readUTF());
    }
    return texts;
  }

  void writeFile(Path file) throws IOException {
    out.writeLong(Files.size(file));
    Files.copy(file, out);
  }

  /** Reads a file to where none is yet. */
  void readFile(Path file) throws IOException {
    try (OutputStream to = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
      readFile(to);
    }
  }

  /** Reads what a file holds. */
  void readFile(OutputStream to) throws IOException {
    for (long left = in.readLong(); left > 0; ) {
      int count = (int) Math.min(left, received.length);
      in.readFully(received, 0, count);
      to.write(received, 0, count);
      left -= count;
    }
  }

  /** Writes some elements of an array. */
  void writeFloats(float[] values, int from, int to) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(sent).order(ByteOrder.LITTLE_ENDIAN);
    int most = BUFFER / Float.BYTES;
    for (int i = from; i < to; i += most) {
      int count = Math.min(most, to - i);
      bytes.asFloatBuffer().put(values, i, count);
      out.write(sent, 0, count * Float.BYTES);
    }
  }

  /** Reads as many as were written. */
  void readFloats(float[] values, int from, int to) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(received).order(ByteOrder.LITTLE_ENDIAN);
    int most = BUFFER / Float.BYTES;
    for (int i = from; i < to; i += most) {
      int count = Math.min(most, to - i);
      in.readFully(received, 0, count * Float.BYTES);
      bytes.asFloatBuffer().get(values, i, count);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
