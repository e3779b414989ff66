// One picture of kit.charts: drawn by the page's shared plotly, with its captions and its table twin as plain text.
const WAIT_MS = 30000;

function node(tag, className, text) {
  const made = document.createElement(tag);
  made.setAttribute("data-lm-suppress-shortcuts", "true"); // on each element: JupyterLab looks from the focused one upwards
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function plotly() {
  if (globalThis.__kitPlotly) return Promise.resolve(globalThis.__kitPlotly);
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error("late")), WAIT_MS);
    globalThis.addEventListener("kit-plotly", () => { clearTimeout(late); resolve(globalThis.__kitPlotly); }, { once: true });
  });
}

function clicked(point) {
  const curve = point.curveNumber ?? 0;
  if (point.source !== undefined && point.target !== undefined && typeof point.source === "object") {
    return { part: "link", curve, index: point.pointNumber ?? point.index };
  }
  if (point.sourceLinks !== undefined) return { part: "node", curve, index: point.pointNumber ?? point.index };
  return { part: "point", curve, index: point.pointNumber ?? point.pointIndex };
}

function twin(model, view) {
  const details = node("details", "kit-twin");
  details.append(node("summary", "", "The numbers as a table"));
  const scroll = node("div", "kit-twin-scroll");
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", `Table: ${view.title}`);
  const table = node("table");
  const head = table.createTHead().insertRow();
  for (const column of view.table.columns) {
    const cell = node("th", "", column);
    cell.scope = "col";
    head.append(cell);
  }
  const body = table.createTBody();
  view.table.rows.forEach((cells, index) => {
    const row = body.insertRow();
    cells.forEach((cell, at) => {
      if (at > 0) { row.insertCell().textContent = cell; return; }
      const button = node("button", "kit-link", cell);
      button.type = "button";
      button.dir = "auto";
      button.title = "Show only these rows";
      button.addEventListener("click", () => model.send({ action: "click", part: "row", curve: 0, index }));
      row.insertCell().append(button);
    });
  });
  scroll.append(table);
  details.append(scroll);
  const more = view.table.rows_in_all - view.table.rows.length;
  if (more > 0) details.append(node("p", "kit-note", `${more.toLocaleString("en-US")} smaller rows are not shown here.`));
  return details;
}

function legend(view) {
  const list = node("ul", "kit-legend");
  for (const entry of view.legend) {
    const item = node("li");
    const key = node("span", `kit-key kit-key-${entry.status}`);
    key.setAttribute("aria-hidden", "true");
    item.append(key, entry.words);
    list.append(item);
  }
  return list;
}

function render({ model, el }) {
  el.classList.add("kit-card", "kit-chart");
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  const title = node("h3", "kit-card-title");
  const scroll = node("div", "kit-chart-scroll");
  const plot = node("div", "kit-plot");
  const waiting = node("p", "kit-waiting", "Loading the picture…");
  const below = node("div", "kit-below");
  const wide = node("p", "kit-note kit-wide", "The picture is wider than this place: scroll it sideways.");
  plot.setAttribute("role", "img");
  scroll.append(plot);
  el.append(title, waiting, scroll, below);
  let library = null;
  let isOpen = false;

  function heightOf(view) {
    const width = Math.max(scroll.offsetWidth || 600, view.least_width);
    return view.aspect ? Math.round(Math.min(view.figure.layout.height, Math.max(240, width * view.aspect))) : view.figure.layout.height;
  }

  async function draw() {
    const view = model.get("view");
    if (view.figure === undefined) return;
    title.textContent = view.title;
    plot.setAttribute("aria-label", view.description);
    plot.style.minWidth = `${view.least_width}px`;
    const height = heightOf(view);
    plot.style.height = `${height}px`;
    const details = twin(model, view);
    details.open = isOpen;
    details.addEventListener("toggle", () => { isOpen = details.open; });
    const notes = node("ul", "kit-footnotes");
    for (const note of view.footnotes) notes.append(node("li", "", note));
    below.replaceChildren(wide, legend(view), notes, details, node("p", "kit-source", `Source: ${view.source}`));
    const isEmpty = view.figure.data.length === 0;
    scroll.hidden = isEmpty;
    waiting.hidden = !isEmpty;
    tellWidth();
    if (isEmpty) { waiting.className = "kit-nothing"; waiting.textContent = view.nothing; return; }
    waiting.className = "kit-waiting";
    try {
      if (library === null) { waiting.hidden = false; waiting.textContent = "Loading the picture…"; }
      library = await plotly();
    } catch {
      waiting.textContent = "The picture could not be loaded. Run the cell again, or reload the page.";
      return;
    }
    const layout = { ...view.figure.layout, height, ...(plot.offsetWidth > 0 ? { width: plot.offsetWidth } : {}) };
    await library.react(plot, structuredClone(view.figure.data), structuredClone(layout), view.config);
    waiting.hidden = true;
    requestAnimationFrame(() => { fit(); tellWidth(); });
    if (!plot.hasAttribute("data-kit-listens")) {
      plot.setAttribute("data-kit-listens", "true");
      plot.on("plotly_click", (event) => model.send({ action: "click", ...clicked(event.points[0]) }));
    }
  }

  // The place may get its width only after the first drawing, or another one later.
  function fit() {
    if (library === null || plot.offsetWidth === 0 || !plot._fullLayout) return;
    const height = heightOf(model.get("view"));
    if (plot._fullLayout.width === plot.offsetWidth && plot._fullLayout.height === height) return;
    plot.style.height = `${height}px`;
    library.relayout(plot, { width: plot.offsetWidth, height });
  }

  const tellWidth = () => { wide.hidden = scroll.hidden || scroll.scrollWidth <= scroll.clientWidth + 1; };

  const watcher = new ResizeObserver(() => { fit(); tellWidth(); });
  watcher.observe(scroll);
  model.on("change:view", draw);
  draw();
  return () => { watcher.disconnect(); if (library !== null) library.purge(plot); };
}

export default { render };
