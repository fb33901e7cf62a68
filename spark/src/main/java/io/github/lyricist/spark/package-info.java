/**
 * Workers on an Apache Spark cluster. {@link io.github.lyricist.spark.SparkCluster} is what starts
 * them, {@link io.github.lyricist.spark.WorkerTask} what runs on the cluster's machines.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.github.lyricist.spark;

import org.jspecify.annotations.NullMarked;
