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
      row.subList(1, row.size()).forEach(cell -> html.element("td", cell));
      html.close().line();
    }
    html.close().close().close().line();
  }
}
