// Files may be dropped onto the form, and the wait is told. The plain form works without this.

const form = document.querySelector("form[data-upload]");
const input = form?.querySelector("input[type='file']");
const progress = form?.querySelector("[data-progress]");

if (input) {
  const mark = (on) => form.toggleAttribute("data-dropping", on);
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    mark(true);
  });
  form.addEventListener("dragleave", () => mark(false));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    mark(false);
    input.files = event.dataTransfer.files;
  });
  form.addEventListener("submit", () => {
    if (!progress) return;
    const started = Date.now();
    const tell = () => {
      const seconds = Math.round((Date.now() - started) / 1000);
      progress.textContent = `正在上传和读取，已用 ${seconds} 秒。长的 PDF 要十几秒，请不要关闭这一页。`;
    };
    progress.hidden = false;
    form.querySelector("button[type='submit']").disabled = true;
    tell();
    setInterval(tell, 1000);
  });
}
