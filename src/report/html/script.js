'use strict';
(function () {
  var order = new Intl.Collator(document.documentElement.lang, { numeric: true });

  function key(row, column) {
    var cell = row.cells[column];
    if (!cell) return null;
    var exact = cell.getAttribute('data-value');
    if (exact !== null) return Number(exact);
    var text = cell.textContent.trim();
    if (text === '—' || text === '') return null;
    var number = Number(text.replace(/,/g, ''));
    return cell.className === 'n' && !isNaN(number) ? number : text;
  }

  // What is unknown comes last in either direction; equal rows keep their order.
  function compare(a, b, sign) {
    if (a === null || b === null) return (a === null) - (b === null);
    var both = typeof a === 'number' && typeof b === 'number';
    return sign * (both ? a - b : order.compare(String(a), String(b)));
  }

  function sort(table, head, column) {
    var rising = head.getAttribute('aria-sort') !== 'ascending';
    var body = table.tBodies[0];
    var rows = Array.from(body.rows).map(function (row, at) {
      return { row: row, at: at, key: key(row, column) };
    });
    rows.sort(function (a, b) {
      return compare(a.key, b.key, rising ? 1 : -1) || a.at - b.at;
    });
    table.querySelectorAll('th[aria-sort]').forEach(function (other) {
      other.removeAttribute('aria-sort');
    });
    head.setAttribute('aria-sort', rising ? 'ascending' : 'descending');
    body.append.apply(body, rows.map(function (entry) { return entry.row; }));
  }

  document.querySelectorAll('table.sortable').forEach(function (table) {
    Array.from(table.tHead.rows[0].cells).forEach(function (head, column) {
      // Browsers leave a real button out of a head that is repeated on the next sheet of paper.
      var button = document.createElement('span');
      button.setAttribute('role', 'button');
      button.tabIndex = 0;
      button.append.apply(button, Array.from(head.childNodes));
      head.append(button);
      button.addEventListener('click', function () { sort(table, head, column); });
      button.addEventListener('keydown', function (event) {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        sort(table, head, column);
      });
    });
  });

  document.querySelectorAll('.tools').forEach(function (tools) {
    var rows = Array.from(document.getElementById(tools.dataset.table).tBodies[0].rows);
    var texts = rows.map(function (row) { return row.textContent.toLowerCase(); });
    var input = tools.querySelector('input');
    var select = tools.querySelector('select');
    var count = tools.querySelector('.count');
    function filter() {
      var words = input.value.trim().toLowerCase().split(/\s+/);
      var status = select ? select.value : '';
      var shown = 0;
      rows.forEach(function (row, at) {
        var fits = (!status || row.dataset.status === status) &&
          words.every(function (word) { return texts[at].includes(word); });
        row.hidden = !fits;
        if (fits) shown += 1;
      });
      count.textContent = tools.dataset.rows.replace('{shown}', shown).replace('{all}', rows.length);
    }
    input.addEventListener('input', filter);
    if (select) select.addEventListener('change', filter);
    tools.hidden = false;
    filter();
  });

  // A link to a bid shows its steps.
  function reveal() {
    var id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch (fault) { return; }
    var target = id && document.getElementById(id);
    if (!target) return;
    var steps = target.matches('tr') && target.querySelector('details');
    if (steps) steps.open = true;
    target.scrollIntoView();
  }
  addEventListener('hashchange', reveal);
  reveal();

  // On paper every step is shown, and every row.
  var closed = [];
  addEventListener('beforeprint', function () {
    closed = Array.from(document.querySelectorAll('details:not([open])'));
    closed.forEach(function (one) { one.open = true; });
  });
  addEventListener('afterprint', function () {
    closed.forEach(function (one) { one.open = false; });
  });
})();
