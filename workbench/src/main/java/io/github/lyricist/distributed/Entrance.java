package io.github.lyricist.distributed;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Where a member waits for others that know the secret; strangers are sent away. */
final class Entrance {
  private static final int PROOF_MILLISECONDS = 5_000;
  private static final int LOOK_MILLISECONDS = 500;
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

  private final ServerSocket server;
  private final Secret secret;

  Entrance(ServerSocket server, Secret secret) throws IOException {
    this.server = server;
    this.secret = secret;
    server.setSoTimeout(LOOK_MILLISECONDS);
  }

  /**
   * The next one that comes in.
   *
   * @param requireAlive asked now and then; throws something where there is no use in waiting
   */
  Connection next(Runnable requireAlive) throws IOException {
    long start = System.nanoTime();
    while (System.nanoTime() - start < PATIENCE_NANOS) {
      try {
        Socket socket = server.accept();
        Connection connection = proven(socket);
        if (connection != null) {
          return connection;
        }
      } catch (SocketTimeoutException e) {
        requireAlive.run();
      }
    }
    throw new IOException(
        "nobody came for %d s".formatted(TimeUnit.NANOSECONDS.toSeconds(PATIENCE_NANOS)));
  }

  private @Nullable Connection proven(Socket socket) throws IOException {
    try {
      Connection connection = new Connection(socket);
      connection.patience(PROOF_MILLISECONDS);
      secret.prove(connection, false);
      return connection;
    } catch (IOException e) {
      socket.close();
      return null;
    }
  }
}
