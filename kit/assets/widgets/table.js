// One page of a long table. The rows stay in Python; here are only the cells that are seen, and only as text.
function node(tag, className, text) {
  const made = document.createElement(tag);
  made.setAttribute("data-lm-suppress-shortcuts", "true"); // on each element: JupyterLab looks from the focused one upwards
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function render({ model, el }) {
  el.classList.add("kit-card", "kit-table");
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  const title = node("h3", "kit-card-title");
  const tools = node("div", "kit-table-tools");
  const label = node("label", "", "Rows that contain ");
  const filter = node("input");
  filter.type = "search";
  filter.placeholder = "name, goods, HS code…";
  label.append(filter);
  const status = node("p", "kit-table-count");
  status.setAttribute("role", "status");
  tools.append(label, status);
  const scroll = node("div", "kit-table-scroll");
  const table = node("table");
  table.setAttribute("role", "grid");
  scroll.append(table);
  const empty = node("p", "kit-nothing");
  const pager = node("div", "kit-pager");
  const hint = node("p", "kit-note", "Arrow keys move, Enter opens a row, Page Up and Page Down turn the page.");
  const wide = node("p", "kit-note kit-wide", "The table is wider than this place: scroll it sideways.");
  el.append(title, tools, empty, scroll, wide, pager, hint);
  let timer = null;
  let focusRow = 0;
  let wantsFocus = false;

  const send = (action, value) => { el.setAttribute("aria-busy", "true"); model.send({ action, value }); };
  filter.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => send("filter", filter.value), 400); });
  filter.addEventListener("change", () => { clearTimeout(timer); send("filter", filter.value); });

  function header() {
    const { column: sorted, descending } = model.get("order");
    const row = table.createTHead().insertRow();
    row.setAttribute("role", "row");
    for (const column of model.get("columns")) {
      const cell = node("th", `kit-col-${column.kind}`);
      cell.scope = "col";
      cell.setAttribute("role", "columnheader");
      const isSorted = column.key === sorted;
      if (column.sortable) {
        cell.setAttribute("aria-sort", isSorted ? (descending ? "descending" : "ascending") : "none");
        const button = node("button", "kit-sort", column.label);
        button.type = "button";
        const arrow = node("span", "", isSorted ? (descending ? " ▼" : " ▲") : "");
        arrow.setAttribute("aria-hidden", "true");
        button.append(arrow);
        button.addEventListener("click", () => send("sort", column.key));
        cell.append(button);
      } else { cell.textContent = column.label; }
      row.append(cell);
    }
  }

  function body() {
    const { ids, cells, offset } = model.get("page");
    const columns = model.get("columns");
    const selected = model.get("selected");
    const part = table.createTBody();
    cells.forEach((values, index) => {
      const row = part.insertRow();
      row.setAttribute("role", "row");
      row.setAttribute("data-lm-suppress-shortcuts", "true");
      row.setAttribute("aria-rowindex", String(offset + index + 2));
      row.setAttribute("aria-selected", String(ids[index] === selected));
      row.tabIndex = index === focusRow ? 0 : -1;
      values.forEach((value, at) => {
        const cell = row.insertCell();
        cell.setAttribute("role", "gridcell");
        cell.className = `kit-col-${columns[at].kind} kit-key-${columns[at].key}`;
        cell.dataset.label = columns[at].label;
        const text = node("span", "kit-cell", value.text ?? value);
        text.dir = "auto";
        if (value.sign) { const sign = node("span", `kit-sign kit-sign-${value.sign}`, value.words); cell.append(sign, " "); }
        if ((value.text ?? value).length > 40) text.title = value.text ?? value;
        cell.append(text);
        if (value.note) { const note = node("span", "kit-cell-note", value.note); note.dir = "auto"; cell.append(note); }
      });
      row.addEventListener("click", () => { focusRow = index; send("open", ids[index]); });
      row.addEventListener("keydown", (event) => press(event, index, ids));
    });
  }

  function press(event, index, ids) {
    const moves = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: ids.length - 1 };
    if (event.key in moves) {
      event.preventDefault();
      const next = Math.min(Math.max(moves[event.key], 0), ids.length - 1);
      const rows = table.tBodies[0].rows;
      rows[index].tabIndex = -1;
      focusRow = next;
      rows[next].tabIndex = 0;
      rows[next].focus();
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      send("open", ids[index]);
    } else if (event.key === "PageDown" || event.key === "PageUp") {
      event.preventDefault();
      wantsFocus = true;
      turn(event.key === "PageDown" ? 1 : -1);
    }
  }

  function turn(step) {
    const { offset, limit, total } = model.get("page");
    const next = offset + step * limit;
    if (next >= 0 && next < total) send("page", next);
  }

  function pages() {
    const { offset, limit, total, cells } = model.get("page");
    const from = total === 0 ? 0 : offset + 1;
    status.textContent = `Rows ${from.toLocaleString("en-US")}–${(offset + cells.length).toLocaleString("en-US")} of ${total.toLocaleString("en-US")}`;
    const make = (text, step, isOff) => {
      const button = node("button", "kit-button", text);
      button.type = "button";
      button.disabled = isOff;
      button.addEventListener("click", () => turn(step));
      return button;
    };
    const count = Math.max(1, Math.ceil(total / limit));
    const here = node("span", "", `Page ${(Math.floor(offset / limit) + 1).toLocaleString("en-US")} of ${count.toLocaleString("en-US")}`);
    pager.replaceChildren(make("Previous", -1, offset === 0), here, make("Next", 1, offset + limit >= total));
  }

  function draw() {
    el.removeAttribute("aria-busy");
    const page = model.get("page");
    const hadFocus = wantsFocus || (table.tBodies[0]?.contains(document.activeElement) ?? false);
    wantsFocus = false;
    focusRow = Math.min(focusRow, Math.max(0, page.cells.length - 1));
    title.textContent = model.get("title");
    table.setAttribute("aria-label", model.get("title"));
    table.setAttribute("aria-rowcount", String(page.total + 1));
    if (document.activeElement !== filter) filter.value = model.get("text");
    table.replaceChildren();
    header();
    body();
    pages();
    empty.textContent = model.get("nothing");
    empty.hidden = page.total > 0;
    scroll.hidden = page.total === 0;
    pager.hidden = page.total <= page.limit;
    hint.hidden = page.total === 0;
    tellWidth();
    if (hadFocus && page.cells.length > 0) table.tBodies[0].rows[focusRow].focus();
  }

  function tellWidth() { wide.hidden = scroll.hidden || scroll.scrollWidth <= scroll.clientWidth + 1; }

  function mark() {
    const { ids } = model.get("page");
    [...(table.tBodies[0]?.rows ?? [])].forEach((row, index) => {
      row.setAttribute("aria-selected", String(ids[index] === model.get("selected")));
    });
    el.removeAttribute("aria-busy");
  }

  for (const name of ["page", "columns", "order", "title", "nothing"]) model.on(`change:${name}`, draw);
  model.on("change:selected", mark);
  model.on("msg:custom", () => el.removeAttribute("aria-busy"));
  const watcher = new ResizeObserver(tellWidth);
  watcher.observe(scroll);
  draw();
  return () => watcher.disconnect();
}

export default { render };
