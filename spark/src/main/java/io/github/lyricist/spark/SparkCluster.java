package io.github.lyricist.spark;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.distributed.Cluster;
import io.github.lyricist.distributed.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;

/**
 * A Spark cluster, of which this process is the driver. Spark places the workers and hands them the
 * program; what they and their leader say to one another does not go through it.
 */
final class SparkCluster implements Cluster {
  private static final Duration COMING = Duration.ofMinutes(1);
  private static final Duration STEADY = Duration.ofSeconds(5);
  private static final Duration SILENCE = Duration.ofSeconds(2);
  private static final int LOOK_MILLISECONDS = 100;

  private final Master master;
  private final SparkContext context;
  private final LocalHome home;
  private final Consumer<String> notice;

  private SparkCluster(
      Master master, SparkContext context, LocalHome home, Consumer<String> notice) {
    this.master = master;
    this.context = context;
    this.home = home;
    this.notice = notice;
  }

  /** As {@link io.github.lyricist.distributed.ClusterProvider#open} has it. */
  static SparkCluster open(String url, Path program, Consumer<String> notice) {
    Master master = Master.of(url);
    LocalHome home = LocalHome.of(master);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(SparkCluster.class.getClassLoader());
    try {
      SparkContext context = new SparkContext(conf(master));
      context.addArchive(program.toUri() + "#" + WorkerTask.PROGRAM);
      return new SparkCluster(master, context, home, notice);
    } catch (Exception e) { // Scala throws checked exceptions of which no signature speaks
      home.close();
      throw InvalidInputException.at(
          master.toString(), "Spark does not start: " + SparkJob.reason(e), "see to the cluster");
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** What the user has set ({@code -Dspark.…}), except what the workers rely on. */
  private static SparkConf conf(Master master) {
    SparkConf conf =
        new SparkConf(true)
            .setMaster(master.url())
            .setIfMissing("spark.app.name", "lyricist")
            .setIfMissing("spark.ui.enabled", "false")
            .setIfMissing("spark.ui.showConsoleProgress", "false")
            .setIfMissing("spark.driver.host", master.ownAddress())
            .setIfMissing("spark.driver.bindAddress", master.ownAddress())
            .set("spark.locality.wait", "0")
            .set("spark.dynamicAllocation.enabled", "false") // there are no barriers with it
            // Whoever loses a worker starts another one, from the checkpoint.
            .set("spark.task.maxFailures", "1")
            .set("spark.stage.maxConsecutiveAttempts", "1")
            .setJars(new String[] {ownJar()});
    String megabytes = master.megabytes();
    if (megabytes != null) {
      conf.setIfMissing("spark.executor.memory", megabytes + "m")
          .set("spark.executor.extraClassPath", ownJar())
          .set("spark.executorEnv.SPARK_SCALA_VERSION", "2.13");
    }
    return conf;
  }

  private static String ownJar() {
    return Jars.of(SparkCluster.class).toString();
  }

  @Override
  public String leaderAddress() {
    return context.getConf().get("spark.driver.host");
  }

  @Override
  public int slots(int wanted) {
    long start = System.nanoTime();
    long change = start;
    int slots = slots();
    boolean isTold = false;
    while (slots < wanted && since(change).compareTo(slots == 0 ? COMING : STEADY) < 0) {
      if (!isTold && since(start).compareTo(SILENCE) > 0) {
        notice.accept(
            "%s has %d of %d slots so far; waiting for more".formatted(master, slots, wanted));
        isTold = true;
      }
      pause();
      int now = slots();
      if (now != slots) {
        slots = now;
        change = System.nanoTime();
      }
    }
    return slots;
  }

  private int slots() {
    return context.maxNumConcurrentTasks(context.resourceProfileManager().defaultResourceProfile());
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunFailedException("interrupted", e);
    }
  }

  @Override
  public Placed start(int count, int port, Secret secret) {
    int executors = Math.max(1, context.statusTracker().getExecutorInfos().length - 1);
    int sharing = Math.max(1, slots() / executors);
    WorkerTask task =
        new WorkerTask(
            leaderAddress(), port, secret.text(), sharing, System.getProperty("user.dir"));
    return SparkJob.start(context, count, task);
  }

  @Override
  public void close() {
    try (home) {
      context.stop();
    }
  }
}
