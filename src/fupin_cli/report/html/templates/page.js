"use strict";
// Filters, sorts and folds the rows that the page already has. Only so many of them stand in the table at a time, so that it is fast.
(() => {
  const STEP = 50;
  const order = new Intl.Collator("zh-CN", { numeric: true });
  document.documentElement.classList.add("js");

  function start(box) {
    const form = box.querySelector("form"), table = box.querySelector("table"), body = table.tBodies[0];
    const search = form.querySelector("input"), selects = [...form.querySelectorAll("select")];
    const status = form.querySelector("[role=status]"), more = box.querySelector(".more"), opener = form.querySelector(".open");
    const rows = Array.from(body.rows, (row) => ({
      row, text: row.textContent.toLowerCase(),
      cells: Array.from(row.cells, (cell) => cell.firstChild ? cell.firstChild.textContent.trim() : ""),
      laws: new Set(Array.from(row.querySelectorAll("li > b"), (title) => title.textContent)),
      ready: false,
    }));
    let sorted = rows, found = rows, most = STEP, all = false;

    const fold = (one, open) => {
      one.row.classList.toggle("shown", open);
      one.row.querySelector("button").setAttribute("aria-expanded", String(open));
      if (open) cite(one.row);
    };
    function cite(row) {
      for (const link of row.querySelectorAll("a:not(.cited)")) {
        link.classList.add("cited");
        const law = document.getElementById(link.hash.slice(1));
        for (const told of law ? law.querySelectorAll("q, dd + dd") : []) {
          const copy = document.createElement(told.tagName === "Q" ? "q" : "em");
          copy.textContent = told.textContent;
          link.parentNode.append(copy);
        }
      }
    }
    function prepare(one) {
      if (one.ready) return;
      one.ready = true;
      const button = document.createElement("button");
      button.type = "button";
      button.append(one.row.cells[0].firstChild);
      one.row.cells[0].prepend(button);
      fold(one, all);
    }
    function draw(shown) {
      shown.forEach(prepare);
      if (shown.length !== body.rows.length || shown.some((one, place) => one.row !== body.rows[place])) {
        body.replaceChildren(...shown.map((one) => one.row));
      }
    }
    function show() {
      const shown = found.slice(0, most);
      draw(shown);
      more.hidden = shown.length === found.length;
      const said = found.length ? form.dataset.shown : form.dataset.nothing;
      status.textContent = said.replace("{shown}", shown.length).replace("{found}", found.length).replace("{listed}", rows.length);
    }
    function filter() {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      const wanted = selects.filter((one) => one.value).map((one) => [one.dataset.column, one.value]);
      found = sorted.filter((one) => words.every((word) => one.text.includes(word))
        && wanted.every(([column, value]) => column === "law" ? one.laws.has(value) : one.cells[column] === value));
      most = STEP;
      show();
    }
    for (const select of selects) {
      const counts = new Map();
      const column = select.dataset.column;
      for (const one of rows) {
        for (const value of column === "law" ? one.laws : [one.cells[column]]) counts.set(value, (counts.get(value) || 0) + 1);
      }
      counts.delete("");
      select.parentNode.hidden = counts.size < 2;
      select.append(new Option(form.dataset.all, ""));
      for (const [value, count] of counts) select.append(new Option(`${value} (${count})`, value));
    }
    const heads = Array.from(table.tHead.rows[0].cells, (head) => [head, document.createElement("button")]);
    for (const [column, [head, button]] of heads.entries()) {
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const before = head.getAttribute("aria-sort");
        for (const [other] of heads) other.removeAttribute("aria-sort");
        const down = before === "ascending";
        sorted = rows;
        if (before !== "descending") {
          head.setAttribute("aria-sort", down ? "descending" : "ascending");
          sorted = rows.slice().sort((a, b) => (down ? -1 : 1) * order.compare(a.cells[column], b.cells[column]));
        }
        filter();
      });
    }
    body.addEventListener("click", (event) => {
      const row = event.target.closest("tr");
      if (!row || event.target.closest("a") || (!event.target.closest("button") && String(getSelection()))) return;
      fold({ row }, !row.classList.contains("shown"));
    });
    opener.addEventListener("click", () => {
      all = !all;
      for (const one of rows) if (one.ready) fold(one, all);
      opener.textContent = all ? form.dataset.close : form.dataset.open;
    });
    more.addEventListener("click", (event) => {
      const by = event.target.dataset.by;
      if (!by) return;
      const first = most;
      most = by === "every" ? found.length : most + Number(by);
      show();
      if (found[first]) found[first].row.querySelector("button").focus();
    });
    form.addEventListener("input", filter);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(filter));
    addEventListener("beforeprint", () => {
      draw(found);
      // Chromium repeats the headings on every sheet, but no buttons in them.
      for (const [head, button] of heads) head.replaceChildren(button.textContent);
    });
    addEventListener("afterprint", () => {
      for (const [head, button] of heads) head.replaceChildren(button);
      show();
    });
    form.hidden = false;
    box.classList.add("ready");
    show();
  }

  // The page is painted first.
  requestAnimationFrame(() => setTimeout(() => document.querySelectorAll(".subjects").forEach((box) => {
    if (box.querySelector("form")) start(box);
  })));
})();
