// Marks in the table of contents where the reader is; folds it on a narrow screen; offers to print.

const links = new Map(
  [...document.querySelectorAll(".contents a")].map((link) => [link.hash.slice(1), link]),
);
const details = document.querySelector("[data-contents]");
const print = document.querySelector("[data-print]");

function mark(id) {
  links.forEach((link, key) => {
    if (key === id) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  });
}

const watcher = new IntersectionObserver(
  (entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => mark(entry.target.id)),
  { rootMargin: "-10% 0px -75% 0px" },
);
links.forEach((_, id) => {
  const section = document.getElementById(id);
  if (section) watcher.observe(section);
});

if (details && matchMedia("(max-width: 59.99rem)").matches) details.open = false;

if (print) {
  print.hidden = false;
  print.querySelector("button").addEventListener("click", () => window.print());
}
