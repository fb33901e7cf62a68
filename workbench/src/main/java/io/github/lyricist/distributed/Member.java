package io.github.lyricist.distributed;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A worker as its leader sees it: what it is told, and what it says. */
final class Member implements AutoCloseable {
  /** A worker that has said nothing for so long is lost. */
  static final int PATIENCE_MILLISECONDS = 15_000;

  private static final String WHAT_TO_DO = "see to it that the worker can do what is done here";

  private final String name;
  private final Connection connection;
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private final Thread listener;

  /** What a worker answers; of the two one is empty. */
  record Answer(List<String> texts, float[] numbers) {}

  /**
   * @param broken told once, of why there will be no more answers
   */
  Member(String name, Connection connection, Consumer<RuntimeException> broken) {
    this.name = name;
    this.connection = connection;
    this.listener = new Thread(() -> listen(broken), "lyricist-listener");
    listener.setDaemon(true);
  }

  String name() {
    return name;
  }

  Connection connection() {
    return connection;
  }

  /** Begins to listen. */
  void start() throws IOException {
    connection.patience(PATIENCE_MILLISECONDS);
    listener.start();
  }

  private void listen(Consumer<RuntimeException> broken) {
    try {
      while (true) {
        Message message = Message.read(connection);
        switch (message) {
          case ALIVE -> {}
          case READY -> answers.add(new Answer(connection.readTexts(), new float[0]));
          case HIDDEN -> {
            float[] numbers = new float[connection.in().readInt()];
            connection.readFloats(numbers, 0, numbers.length);
            answers.add(new Answer(List.of(), numbers));
          }
          case REFUSED ->
              throw InvalidInputException.at(name, connection.in().readUTF(), WHAT_TO_DO);
          case FAILED -> throw new RunFailedException(name + ": " + connection.in().readUTF());
          default -> throw new IOException("a worker said " + message);
        }
      }
    } catch (SocketTimeoutException e) {
      broken.accept(
          new WorkerLostException(
              "%s has not been heard of for %d s".formatted(name, PATIENCE_MILLISECONDS / 1000)));
    } catch (IOException e) {
      broken.accept(new WorkerLostException(name + " has ended"));
    } catch (RuntimeException e) {
      broken.accept(e);
    }
  }

  /** Waits for what it answers; null where that takes longer than a while. */
  @Nullable Answer poll(long milliseconds) {
    try {
      return answers.poll(milliseconds, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunFailedException("interrupted", e);
    }
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
