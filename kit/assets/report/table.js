// Sort a table by the column whose heading is clicked. Without this script every table still reads in its own order. What is folded stays folded in print.
(function () {
  function value(row, column) {
    var cell = row.cells[column];
    return cell.hasAttribute('data-sort') ? parseFloat(cell.getAttribute('data-sort')) : cell.textContent.trim();
  }
  document.querySelectorAll('table.sortable').forEach(function (table) {
    table.querySelectorAll('thead th').forEach(function (head, column) {
      var button = document.createElement('button');
      button.type = 'button';
      while (head.firstChild) button.appendChild(head.firstChild);
      head.appendChild(button);
      button.addEventListener('click', function () {
        var up = head.getAttribute('aria-sort') !== 'ascending';
        table.querySelectorAll('thead th').forEach(function (other) { other.removeAttribute('aria-sort'); });
        head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
        var rows = Array.prototype.slice.call(table.tBodies[0].rows);
        rows.sort(function (a, b) {
          var x = value(a, column), y = value(b, column);
          var order = typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), 'en', { numeric: true });
          return up ? order : -order;
        });
        rows.forEach(function (row) { table.tBodies[0].appendChild(row); });
      });
    });
  });
})();

// Say of each picture and table that is wider than its box that it scrolls, and let the keyboard reach it.
(function () {
  function mark(box) {
    var isWide = box.scrollWidth > box.clientWidth + 1;
    box.classList.toggle('is-wide', isWide);
    if (isWide) box.tabIndex = 0;
  }
  document.querySelectorAll('.scroll, .kit-scroll').forEach(function (box) {
    mark(box);
    if (window.ResizeObserver) new ResizeObserver(function () { mark(box); }).observe(box);
  });
})();
