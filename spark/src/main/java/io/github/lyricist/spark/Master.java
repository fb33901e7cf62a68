package io.github.lyricist.spark;

import io.github.lyricist.InvalidInputException;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a Spark cluster is.
 *
 * @param url as Spark has it
 * @param ownAddress of this machine, as the cluster's machines reach it
 */
record Master(String url, String ownAddress) {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int CONNECT_MILLISECONDS = 5_000;
  private static final Pattern LOCAL = Pattern.compile("local(\\[(\\d+|\\*)])?");
  private static final Pattern LOCAL_CLUSTER = Pattern.compile("local-cluster\\[\\d+,\\d+,(\\d+)]");
  private static final Pattern STANDALONE =
      Pattern.compile("spark://([^:,/]+):(\\d{1,5})(,[^:,/]+:\\d{1,5})*");

  /**
   * Reads it, and sees whether there is one.
   *
   * @throws InvalidInputException if it is none, or nobody is there
   */
  static Master of(String url) {
    Matcher standalone = STANDALONE.matcher(url);
    if (standalone.matches()) {
      return new Master(
          url, reached(url, standalone.group(1), Integer.parseInt(standalone.group(2))));
    }
    if (LOCAL.matcher(url).matches() || LOCAL_CLUSTER.matcher(url).matches()) {
      return new Master(url, LOOPBACK);
    }
    if (url.equals(System.getProperty("spark.master"))) { // as its own submit script gives it
      return new Master(url, here(url));
    }
    throw InvalidInputException.at(
        option(url),
        "no Spark cluster",
        "expected spark://HOST:PORT, local[N] or local-cluster[N,CORES,MEGABYTES]; for others see"
            + " docs/distributed.md");
  }

  private static String reached(String url, String host, int port) {
    try (Socket socket = new Socket();
        DatagramSocket route = new DatagramSocket()) {
      InetSocketAddress address = new InetSocketAddress(host, port);
      socket.connect(address, CONNECT_MILLISECONDS);
      route.connect(address);
      return route.getLocalAddress().getHostAddress();
    } catch (IOException | IllegalArgumentException e) {
      throw InvalidInputException.at(
          option(url),
          "there is no master: " + e.getMessage(),
          "start it, or see to its address and the way there");
    }
  }

  private static String here(String url) {
    try {
      return InetAddress.getLocalHost().getHostAddress();
    } catch (IOException e) {
      throw InvalidInputException.at(
          option(url), "this machine has no address", "set spark.driver.host");
    }
  }

  private static String option(String url) {
    return "--master " + url;
  }

  /**
   * How much memory each machine has of a cluster that Spark starts here; null for any other
   * cluster.
   */
  @Nullable String megabytes() {
    Matcher local = LOCAL_CLUSTER.matcher(url);
    return local.matches() ? local.group(1) : null;
  }

  @Override
  public String toString() {
    return option(url);
  }
}
