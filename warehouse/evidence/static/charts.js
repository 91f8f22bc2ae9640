"use strict";
// Charts of an indicator: lines over time, or bars by place where each place has one value. A point leads to its sentence.
const SHOWN_AT_FIRST = 8;
for (const figure of document.querySelectorAll("figure")) {
  const given = JSON.parse(figure.querySelector(".data").textContent);
  const chart = echarts.init(figure.querySelector(".chart"), null, { renderer: "svg" });
  chart.setOption(given.lines ? overTime(given) : byPlace(given));
  chart.on("click", (event) => { if (event.data && event.data.link) location.href = event.data.link; });
  window.addEventListener("resize", () => chart.resize());
}

function named(status) {
  return { actual: "实绩 actual", target: "目标 target", baseline: "基数 baseline" }[status] || status;
}

// Text in a tooltip is drawn, not set as HTML: names come from reports.
function common() {
  return {
    animation: false,
    aria: { enabled: false },
    tooltip: { trigger: "item", renderMode: "richText", confine: true, formatter: (point) => `${point.seriesName}\n${point.data.label}` },
    legend: { type: "scroll", bottom: 0 },
    grid: { left: 12, right: 24, top: 30, bottom: 50, containLabel: true },
  };
}

function overTime(given) {
  const series = given.series.filter((each) => each.points.length);
  const fullest = [...series].sort((a, b) => b.points.length - a.points.length).slice(0, SHOWN_AT_FIRST);
  const name = (each) => `${each.place} ${named(each.status)}`;
  return {
    ...common(),
    legend: { type: "scroll", bottom: 0, selected: Object.fromEntries(series.map((each) => [name(each), fullest.includes(each)])) },
    xAxis: { type: "time" },
    yAxis: { type: "value", name: given.unit, scale: true },
    series: series.map((each) => ({
      name: name(each),
      type: "line",
      symbol: each.status === "target" ? "emptyCircle" : "circle",
      symbolSize: 9,
      lineStyle: { type: each.status === "target" ? "dashed" : "solid" },
      data: each.points.map(([day, value, link, shown]) => ({ value: [day, value], link, label: `${day}  ${shown} ${given.unit}` })),
    })),
  };
}

function byPlace(given) {
  const places = [...new Set(given.series.map((each) => each.place))];
  const statuses = [...new Set(given.series.map((each) => each.status))];
  const point = (place, status) => given.series.find((each) => each.place === place && each.status === status)?.points[0];
  const height = (place) => point(place, statuses[0])?.[1] ?? -Infinity;
  places.sort((a, b) => height(b) - height(a));
  return {
    ...common(),
    xAxis: { type: "category", data: places, axisLabel: { rotate: places.length > 6 ? 50 : 0, interval: 0 } },
    yAxis: { type: "value", name: given.unit, scale: false },
    series: statuses.map((status) => ({
      name: named(status),
      type: "bar",
      data: places.map((place) => {
        const found = point(place, status);
        return found ? { value: found[1], link: found[2], label: `${place} ${found[0]}  ${found[3]} ${given.unit}` } : { value: null, label: "" };
      }),
    })),
  };
}
