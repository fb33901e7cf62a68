package io.github.lyricist.consistency.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.CopyOption;
import java.nio.file.FileSystems;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.lucene.tests.mockfile.FilterFileChannel;
import org.apache.lucene.tests.mockfile.FilterFileSystemProvider;

/** The default file system, but that its n-th operation fails which changes something. */
final class FailingDisk extends FilterFileSystemProvider {
  static final String REASON = "No space left on device";

  private final int failing;
  private final Failure failure;
  private final List<Operation> operations = new ArrayList<>();

  /**
   * Something that changes files, or puts changes on disk.
   *
   * @param kind what is done
   * @param path to which file; what a rename renames
   */
  record Operation(String kind, Path path) {}

  /** The end of the process, as far as its own code can tell: no more is done. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** A disk that doesn't fail. */
  FailingDisk() {
    this(Integer.MAX_VALUE, Failure.ONCE);
  }

  /**
   * @param failing the number of the operation that fails, from 1
   */
  FailingDisk(int failing, Failure failure) {
    super("failing", FileSystems.getDefault());
    this.failing = failing;
    this.failure = failure;
  }

  /** All operations that were asked for, in their order. */
  List<Operation> operations() {
    return operations;
  }

  boolean hasFailed() {
    return operations.size() >= failing;
  }

  /** The operation that failed first. */
  Operation failed() {
    return operations.get(failing - 1);
  }

  private void check(String kind, Path path) throws IOException {
    operations.add(new Operation(kind, toDelegate(path)));
    if (fails()) {
      throw failure();
    }
  }

  private boolean fails() {
    return failure == Failure.ONCE ? operations.size() == failing : operations.size() >= failing;
  }

  private IOException failure() {
    if (failure == Failure.KILLED) {
      throw new Killed();
    }
    return new IOException(REASON);
  }

  @Override
  public void createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
    check("create", path);
    super.createDirectory(path, attributes);
  }

  @Override
  public void delete(Path path) throws IOException {
    check("delete", path);
    super.delete(path);
  }

  @Override
  public boolean deleteIfExists(Path path) throws IOException {
    check("delete", path);
    return super.deleteIfExists(path);
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    check("rename", source);
    super.move(source, target, options);
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    if (options.contains(StandardOpenOption.WRITE)) {
      check("open", path);
    }
    return new Channel(path, super.newFileChannel(path, options, attributes));
  }

  /** An open file. */
  private final class Channel extends FilterFileChannel {
    private final Path path;

    Channel(Path path, FileChannel delegate) {
      super(delegate);
      this.path = path;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      operations.add(new Operation("write", toDelegate(path)));
      if (!fails()) {
        return super.write(bytes);
      }
      if (operations.size() == failing) {
        super.write(bytes.slice(bytes.position(), bytes.remaining() / 2));
      }
      throw failure();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      check("truncate", path);
      return super.truncate(size);
    }

    /** Without the wait for the real disk. */
    @Override
    public void force(boolean metadata) throws IOException {
      check("flush", path);
    }
  }
}
