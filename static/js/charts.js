// Draws each [data-chart] from the data that stands beside it. The table on the page holds
// the same numbers, so nothing is lost where this does not run.

const dark = matchMedia("(prefers-color-scheme: dark)");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const drawn = [];

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const number = (value) => (value === null ? null : Number(value));

function shown(value) {
  const [whole, decimals = ""] = String(value).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return decimals ? `${grouped}.${decimals}` : grouped;
}

function colours(count) {
  return Array.from({ length: count }, (_, index) => token(`--chart-${(index % 6) + 1}`));
}

// The name of each bar above it and its value behind it, so that long names need no axis.
const words = {
  id: "words",
  afterDatasetsDraw(chart, _, { data }) {
    if (chart.options.indexAxis !== "y") return;
    const { ctx, chartArea } = chart;
    ctx.save();
    ctx.font = `14px ${token("--sans")}`;
    ctx.textBaseline = "middle";
    data.labels.forEach((label, row) => {
      const bars = chart.data.datasets.map((_, series) => chart.getDatasetMeta(series).data[row]);
      const end = Math.max(...bars.map((bar) => bar.x));
      ctx.fillStyle = token("--ink");
      if (data.labels.length > 1) {
        ctx.fillText(fitted(ctx, label, chartArea.width), chartArea.left, bars[0].y - bars[0].height / 2 - 11);
      }
      if (data.series.length === 1) {
        ctx.fillText(shown(data.series[0].values[row]), end + 6, bars[0].y);
      }
    });
    if (data.series.length > 1) writeInside(chart, data);
    ctx.restore();
  },
};

function writeInside(chart, data) {
  const { ctx } = chart;
  ctx.fillStyle = token("--sheet");
  data.series.forEach((series, index) => {
    series.values.forEach((value, row) => {
      const bar = chart.getDatasetMeta(index).data[row];
      const name = shown(value);
      if (Number(value) && Math.abs(bar.x - bar.base) > ctx.measureText(name).width + 16) {
        ctx.fillText(name, Math.min(bar.base, bar.x) + 8, bar.y);
      }
    });
  });
}

// The legend tells each part with its amount.
function named(chart, data) {
  const labels = window.Chart.defaults.plugins.legend.labels.generateLabels(chart);
  return labels.map((label) => {
    const amount = data.series[label.datasetIndex].values.find((value) => Number(value)) ?? "0";
    return { ...label, text: `${label.text} ${shown(amount)}` };
  });
}

function fitted(ctx, text, width) {
  if (ctx.measureText(text).width <= width) return text;
  let kept = text;
  while (kept && ctx.measureText(`${kept}…`).width > width) kept = kept.slice(0, -1);
  return `${kept}…`;
}

function settings(data) {
  const isLine = data.kind === "line";
  const isStacked = data.kind === "stacked-bar";
  const palette = colours(data.series.length);
  const single = data.labels.length === 1;
  return {
    type: isLine ? "line" : "bar",
    data: {
      labels: data.labels,
      datasets: data.series.map((series, index) => ({
        label: series.name,
        data: series.values.map(number),
        backgroundColor: palette[index],
        borderColor: isLine ? palette[index] : token("--sheet"),
        borderWidth: isLine ? 3 : isStacked ? { right: 2 } : 0,
        pointRadius: 5,
        borderRadius: isLine || isStacked ? 0 : 3,
        barThickness: single ? 44 : isStacked ? 30 : 14,
        spanGaps: false,
      })),
    },
    options: {
      responsive: true,
      maintainAspectRatio: false,
      animation: still.matches ? false : { duration: 400 },
      indexAxis: isLine ? "x" : "y",
      layout: { padding: { top: single || isLine ? 0 : 14, right: isStacked || isLine ? 0 : 76 } },
      font: { family: token("--sans") },
      scales: {
        x: {
          display: isLine,
          stacked: isStacked,
          max: single ? data.series.reduce((sum, series) => sum + Number(series.values[0]), 0) : undefined,
          grid: { display: false },
          ticks: { color: token("--ink-quiet"), font: { size: 14 } },
        },
        y: {
          display: isLine,
          stacked: isStacked,
          beginAtZero: true,
          grid: { color: token("--line") },
          ticks: { color: token("--ink-quiet"), font: { size: 14 } },
        },
      },
      plugins: {
        words: { data },
        legend: {
          display: isStacked,
          position: "bottom",
          align: "start",
          labels: {
            color: token("--ink"),
            font: { size: 14, family: token("--sans") },
            boxWidth: 14,
            boxHeight: 14,
            generateLabels: (chart) => named(chart, data),
          },
        },
        tooltip: {
          callbacks: {
            label: (item) =>
              `${item.dataset.label} ${shown(data.series[item.datasetIndex].values[item.dataIndex])} ${data.unit}`,
          },
        },
      },
    },
    plugins: [words],
  };
}

function draw(box) {
  const data = JSON.parse(document.getElementById(box.dataset.chart).textContent);
  return new window.Chart(box.querySelector("canvas"), settings(data));
}

function drawAll() {
  drawn.splice(0).forEach((chart) => chart.destroy());
  document.querySelectorAll("[data-chart]").forEach((box) => drawn.push(draw(box)));
}

if (window.Chart) {
  drawAll();
  dark.addEventListener("change", drawAll);
  // Paper is light, whatever the screen is.
  matchMedia("print").addEventListener("change", drawAll);
}
