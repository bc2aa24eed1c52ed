// The desk without a mouse: n and p go through the rows, o to the place in the original,
// r back to the row. Links do all of it without this script.

const ROWS = "[id^='figure-'], [id^='unread-'], [id^='item-'], [id^='outcome-']";

const isTyping = (element) => /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);

const visit = (element) => {
  if (!element) return;
  const folded = element.closest("details:not([open])");
  if (folded) folded.open = true;
  element.setAttribute("tabindex", "-1");
  element.focus();
  element.scrollIntoView({ block: "center" });
};

const rows = () => [...document.querySelectorAll(ROWS)];

const currentRow = () => document.activeElement.closest(ROWS);

const step = (by) => {
  const all = rows();
  const here = all.indexOf(currentRow());
  visit(all[Math.min(Math.max(here + by, 0), all.length - 1)]);
};

const follow = (selector) => {
  const link = document.activeElement.closest(ROWS)?.querySelector(selector);
  if (link) visit(document.getElementById(link.hash.slice(1)));
};

const KEYS = {
  n: () => step(1),
  p: () => step(-1),
  o: () => follow("a.source-mark"),
  r: () => {
    const mark = document.activeElement.closest("a.mark");
    if (mark) visit(document.getElementById(mark.hash.slice(1)));
  },
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const act = KEYS[event.key];
  if (act) {
    act();
    event.preventDefault();
  }
});

// A link into a folded table opens it.
const openTarget = () => {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  if (target) visit(target);
};
window.addEventListener("hashchange", openTarget);
openTarget();
