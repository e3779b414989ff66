// Draws a tree of plain nodes that Python made. Text is only ever set as text; tags and attributes come from short lists.
const TAGS = new Set(["div", "span", "p", "h2", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th",
  "td", "button", "input", "textarea", "select", "option", "label", "details", "summary", "section", "fieldset", "legend", "strong",
  "em", "mark", "small", "code"]);
const ATTRIBUTES = new Set(["id", "type", "name", "value", "placeholder", "for", "role", "title", "min", "max", "step", "checked",
  "selected", "disabled", "open", "scope", "lang", "dir", "tabindex", "rows", "colspan", "autocomplete", "multiple", "size", "required"]);
const FLAGS = new Set(["checked", "selected", "disabled", "open", "multiple", "required"]);
const TYPING = new Set(["text", "search", "date", "number", "textarea"]);

function render({ model, el }) {
  el.classList.add("kit-view");
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  const place = document.createElement("div");
  const live = document.createElement("div");
  live.className = "kit-hidden";
  live.setAttribute("role", "status");
  live.setAttribute("aria-live", "polite");
  el.append(place, live);
  const opened = new Map();
  const touched = new Set();
  let isNarrow = false;
  let waitingTick = false;

  function fields() {
    const found = {};
    for (const input of place.querySelectorAll("[name]")) found[input.name] = valueOf(input);
    return found;
  }

  function valueOf(input) {
    if (input.type === "checkbox") return input.checked;
    if (input.multiple) return [...input.selectedOptions].map((option) => option.value);
    return input.value;
  }

  function send(action, value) {
    el.setAttribute("aria-busy", "true");
    model.send({ action, value: value ?? null, fields: fields() });
  }

  function listen(made, spec) {
    const input = ["INPUT", "SELECT", "TEXTAREA"].includes(made.tagName);
    if (!input) { made.addEventListener("click", () => send(spec.on, spec.value)); return; }
    let timer = null;
    let sent = null;
    const report = () => {
      clearTimeout(timer);
      const now = JSON.stringify(valueOf(made));
      if (now === sent) return;
      sent = now;
      send(spec.on, spec.value ?? valueOf(made));
    };
    made.addEventListener("change", report);
    if (TYPING.has(made.type)) made.addEventListener("keydown", (event) => { if (event.key === "Enter") report(); });
    if (spec.live) made.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(report, 400); });
  }

  function build(spec) {
    if (typeof spec === "string") return document.createTextNode(spec);
    if (!TAGS.has(spec.tag)) throw new Error(`kit: the tag ${spec.tag} is not drawn`);
    const made = document.createElement(spec.tag);
    // JupyterLab looks for this from the focused element upwards and may take the key before it reaches an ancestor: each needs it.
    made.setAttribute("data-lm-suppress-shortcuts", "true");
    if (spec.cls) made.className = spec.cls;
    if (spec.key) made.setAttribute("data-key", spec.key);
    for (const [name, value] of Object.entries(spec.attrs ?? {})) {
      if (!ATTRIBUTES.has(name) && !name.startsWith("aria-") && !name.startsWith("data-")) continue;
      if (FLAGS.has(name)) { made.toggleAttribute(name, Boolean(value)); } else { made.setAttribute(name, String(value)); }
    }
    for (const child of spec.children ?? []) made.append(build(child));
    if (spec.tag === "select" && spec.attrs?.value !== undefined) made.value = spec.attrs.value;
    if (spec.tag === "textarea" && spec.attrs?.value !== undefined) made.value = spec.attrs.value;
    if (spec.on) listen(made, spec);
    if (spec.keys) bindKeys(made, spec.keys);
    if (spec.tag === "details" && spec.key) remember(made, spec);
    return made;
  }

  function bindKeys(made, keys) {
    made.addEventListener("keydown", (event) => {
      const isTyping = TYPING.has(event.target.type) || event.target.tagName === "SELECT";
      if (event.ctrlKey || event.metaKey || event.altKey || (isTyping && event.key !== "Escape")) return;
      const bound = keys[event.key];
      if (bound === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      if (bound.focus) place.querySelector(`[data-key="${CSS.escape(bound.focus)}"]`)?.focus();
      else send(bound.on, bound.value);
    });
  }

  function remember(details, spec) {
    if (!opened.has(spec.key)) {
      opened.set(spec.key, details.open && !(isNarrow && details.hasAttribute("data-narrow-closed")));
    }
    details.open = opened.get(spec.key);
    details.querySelector("summary")?.addEventListener("click", () => touched.add(spec.key));
    details.addEventListener("toggle", () => opened.set(spec.key, details.open));
  }

  function draw() {
    const active = document.activeElement;
    const key = place.contains(active) ? active.getAttribute("data-key") : null;
    const typed = key !== null && TYPING.has(active.type) ? { value: active.value, at: active.selectionStart } : null;
    const scrolled = [...place.querySelectorAll("[data-key]")].filter((e) => e.scrollTop > 0)
      .map((e) => [e.getAttribute("data-key"), e.scrollTop]);
    place.replaceChildren(...model.get("tree").map(build));
    for (const [name, top] of scrolled) {
      const again = place.querySelector(`[data-key="${CSS.escape(name)}"]`);
      if (again) again.scrollTop = top;
    }
    if (key === null) return;
    const again = place.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!again) return;
    if (typed !== null && again.hasAttribute("data-keep")) again.value = typed.value;
    again.focus({ preventScroll: true });
    if (typed !== null && typed.at !== null && again.setSelectionRange && again.type !== "number" && again.type !== "date") {
      again.setSelectionRange(typed.at, typed.at);
    }
  }

  function download(file) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([file.text], { type: "text/csv" }));
    link.download = file.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  function receive(message) {
    if (message.done) { el.removeAttribute("aria-busy"); waitingTick = false; }
    if (message.say) live.textContent = message.say;
    if (message.download) download(message.download);
    if (message.focus) requestAnimationFrame(() => {
      const target = place.querySelector(`[data-key="${CSS.escape(message.focus)}"]`);
      if (target) { target.focus({ preventScroll: true }); target.scrollIntoView({ block: "nearest" }); }
    });
  }

  // Where the screen is narrow, long forms are closed until the reader opens them.
  const first = new ResizeObserver(() => {
    const width = (el.closest(".kit-explorer") ?? el).offsetWidth;
    if (width === 0) return;
    isNarrow = width < 1105; // 1080 as in kit.css, and the padding
    for (const details of place.querySelectorAll("details[data-narrow-closed]")) {
      if (!touched.has(details.getAttribute("data-key"))) details.open = !isNarrow;
    }
  });
  first.observe(el);
  const seconds = model.get("tick_seconds");
  const clock = seconds > 0 ? setInterval(() => {
    if (document.hidden || waitingTick || el.offsetParent === null) return;
    waitingTick = true;
    model.send({ action: "tick", value: null, fields: {} });
  }, seconds * 1000) : null;
  model.on("change:tree", draw);
  model.on("msg:custom", receive);
  draw();
  return () => { first.disconnect(); if (clock !== null) clearInterval(clock); };
}

export default { render };
