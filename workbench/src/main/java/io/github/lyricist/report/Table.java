package io.github.lyricist.report;

import java.util.List;

/**
 * A table of texts, with a header row, each row with a header of its own.
 *
 * @param caption what it shows, for those who hear it
 * @param kind its style class
 * @param header the columns' names, the first column's included
 * @param rows as many texts as the header has
 */
record Table(String caption, String kind, List<String> header, List<List<String>> rows) {
  void write(Markup html) {
    // It scrolls by itself where it is too wide, also by keyboard.
    html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", caption);
    html.open("table", "class", kind).line();
    html.open("thead").open("tr");
    header.forEach(name -> html.element("th", name, "scope", "col"));
    html.close().close().line().open("tbody").line();
    for (List<String> row : rows) {
      html.open("tr").element("th", row.get(0), "scope", "row");
      for (int column = 1; column < row.size(); column++) {
        cell(html, header.get(column), row.get(column));
      }
      html.close().line();
    }
    html.close().close().close().line();
  }

  /** On a narrow screen a row is a list, in which each cell has its column's name before it. */
  private void cell(Markup html, String column, String text) {
    if (header.size() > 2) {
      html.element("td", text, "data-column", column);
    } else {
      html.element("td", text);
    }
  }
}
