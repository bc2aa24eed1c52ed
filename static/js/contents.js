// Marks in the table of contents where the reader is, and offers to print.

const links = new Map(
  [...document.querySelectorAll(".contents a")].map((link) => [link.hash.slice(1), link]),
);
const print = document.querySelector("[data-print]");

// Pushes the line of links along without moving the page.
function reveal(link) {
  const line = link.closest("ol");
  if (line.scrollWidth > line.clientWidth) line.scrollLeft = link.offsetLeft - line.offsetLeft - 16;
}

function mark(id) {
  links.forEach((link, key) => {
    if (key === id) {
      link.setAttribute("aria-current", "true");
      reveal(link);
    } else link.removeAttribute("aria-current");
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

if (print) {
  print.hidden = false;
  print.querySelector("button").addEventListener("click", () => window.print());
}
