package io.github.lyricist.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Draws a picture in the light tones, twice as fine as its lengths say. */
final class PngCanvas implements Canvas, AutoCloseable {
  private static final int SCALE = 2;

  private final BufferedImage image;
  private final Graphics2D graphics;

  PngCanvas(int width, int height) {
    image = new BufferedImage(width * SCALE, height * SCALE, BufferedImage.TYPE_INT_RGB);
    graphics = image.createGraphics();
    graphics.scale(SCALE, SCALE);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
  }

  @Override
  public void rectangle(double x, double y, double width, double height, Ink ink) {
    graphics.setColor(color(ink));
    graphics.fill(new Rectangle2D.Double(x, y, width, height));
  }

  @Override
  public void line(List<Point> points, Pen pen) {
    Path2D path = new Path2D.Double();
    for (Point point : points) {
      if (path.getCurrentPoint() == null) {
        path.moveTo(point.x(), point.y());
      } else {
        path.lineTo(point.x(), point.y());
      }
    }
    float[] dash =
        switch (pen.dash()) {
          case NONE -> null;
          case DASHED -> new float[] {6, 4};
          case DOTTED -> new float[] {1.5f, 3};
        };
    graphics.setColor(color(pen.ink()));
    graphics.setStroke(
        new BasicStroke(
            (float) pen.width(), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dash, 0));
    graphics.draw(path);
  }

  @Override
  public void disc(Point center, double radius, Ink ink) {
    graphics.setColor(color(ink));
    graphics.fill(
        new Ellipse2D.Double(center.x() - radius, center.y() - radius, 2 * radius, 2 * radius));
  }

  @Override
  public void text(double x, double y, String text, double size, Anchor anchor, Ink ink) {
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 1).deriveFont((float) size));
    double width = graphics.getFontMetrics().getStringBounds(text, graphics).getWidth();
    double start =
        switch (anchor) {
          case START -> x;
          case MIDDLE -> x - width / 2;
          case END -> x - width;
        };
    graphics.setColor(color(ink));
    graphics.drawString(text, (float) start, (float) y);
  }

  private static Color color(Ink ink) {
    return new Color(ink.light());
  }

  byte[] png() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    // In memory: by default a temporary file would lie between.
    try (ImageOutputStream memory = new MemoryCacheImageOutputStream(out)) {
      if (!ImageIO.write(image, "png", memory)) {
        throw new IOException("it has no writer of PNG");
      }
    }
    return out.toByteArray();
  }

  @Override
  public void close() {
    graphics.dispose();
  }
}
