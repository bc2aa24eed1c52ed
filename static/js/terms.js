// Opens the explanation of a term where it stands: by mouse, by touch, by keyboard. Without
// this, or with a modified click, a term is a link to its page.

const box = document.querySelector("[data-term-popover]");
const gap = 8;
let opener = null;
let waiting = 0;

function place(term) {
  const word = term.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = box;
  const left = Math.min(Math.max(word.left, gap), innerWidth - width - gap);
  const below = word.bottom + gap;
  const top = below + height > innerHeight ? Math.max(word.top - height - gap, gap) : below;
  box.style.left = `${left}px`;
  box.style.top = `${top}px`;
}

function open(term) {
  const entry = document.querySelector(`[data-definition-of="${CSS.escape(term.dataset.term)}"]`);
  if (!entry) return false;
  box.querySelector("[data-term-name]").textContent = entry.querySelector("dt").textContent;
  box.querySelector("[data-term-text]").textContent = entry.querySelector("dd").textContent;
  box.querySelector("[data-term-link]").href = term.href;
  if (!box.matches(":popover-open")) box.showPopover();
  opener = term;
  term.setAttribute("aria-expanded", "true");
  place(term);
  return true;
}

function close() {
  if (box.matches(":popover-open")) box.hidePopover();
}

function later(act, delay) {
  clearTimeout(waiting);
  waiting = setTimeout(act, delay);
}

if (box && HTMLElement.prototype.showPopover) {
  document.querySelectorAll(".term").forEach((term) => {
    term.setAttribute("aria-haspopup", "dialog");
    term.setAttribute("aria-expanded", "false");
    term.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (open(term)) event.preventDefault();
    });
    term.addEventListener("pointerenter", (event) => {
      if (event.pointerType === "mouse") later(() => open(term), 150);
    });
    term.addEventListener("pointerleave", (event) => {
      if (event.pointerType === "mouse") later(close, 250);
    });
  });
  box.addEventListener("pointerenter", () => clearTimeout(waiting));
  box.addEventListener("pointerleave", (event) => {
    if (event.pointerType === "mouse") later(close, 250);
  });
  box.addEventListener("toggle", (event) => {
    if (event.newState === "closed" && opener) opener.setAttribute("aria-expanded", "false");
  });
  addEventListener("scroll", () => opener && box.matches(":popover-open") && place(opener), { passive: true });
}
