"""The pictures of the results page, of what batch and fan-out leave in build/."""

import json

from bench import ROOT
from matplotlib import pyplot
from matplotlib.ticker import FixedLocator, FuncFormatter, LogLocator, NullFormatter, NullLocator

INK, QUIET, GRID = "#24292f", "#57606a", "#d8dee4"
# Told apart without colour as well: by their order, their labels and their markers.
COLOURS = {"turboctl": "#0969da", "channels_redis": "#e8702a", "bare": "#8c959f"}
NAMES = {"turboctl": "turboctl", "channels_redis": "channels_redis", "bare": "a bare loop in C"}

pyplot.rcParams.update(
    {
        # Text stays text, and the same figures give the same file.
        "svg.fonttype": "none",
        "svg.hashsalt": "turboctl",
        "font.sans-serif": ["DejaVu Sans", "Verdana", "Arial"],
        "font.size": 10,
        "text.color": INK,
        "axes.labelcolor": INK,
        "axes.edgecolor": GRID,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.axisbelow": True,
        "grid.color": GRID,
        "grid.linewidth": 0.7,
        "xtick.color": QUIET,
        "ytick.color": QUIET,
        "figure.facecolor": "white",
    }
)


def read(name):
    path = ROOT / "build" / f"{name}.json"
    return json.loads(path.read_text()) if path.exists() else None


def save(figure, name, title, found):
    figure.text(0.012, 0.985, title, size=13, weight="bold", va="top")
    caption = f"{found['machine']}; medians of rounds in rotation: {found['rounds']}"
    figure.text(0.012, 0.015, caption, size=8, color=QUIET)
    metadata = {"Date": None, "Creator": None}
    figure.savefig(ROOT / "Benchmarks" / f"{name}.svg", metadata=metadata)
    pyplot.close(figure)


def thousands(axis):
    axis.set_major_locator(LogLocator(numticks=12))
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}"))
    axis.set_minor_locator(NullLocator())
    axis.set_minor_formatter(NullFormatter())


def fan_out():
    """What one send costs against the size of the group: on the server, and as a whole."""
    found = read("fan-out")
    figure, panels = pyplot.subplots(1, 2, figsize=(9, 4.6), sharey=True)
    titles = {
        "commands": "in the server's commands",
        "whole": "until it is done, turboctl as a whole process",
    }
    for panel, (key, title) in zip(panels, titles.items()):
        for side, name in (("ours", "turboctl"), ("theirs", "channels_redis")):
            for spread, style in (("a process each", "o-"), ("8 processes", "s--")):
                rows = [row for row in found["sends"] if row["spread"] == spread]
                panel.plot(
                    [row["members"] for row in rows],
                    [row[side][key] for row in rows],
                    style,
                    color=COLOURS[name],
                    markersize=5,
                    markerfacecolor="white" if "--" in style else COLOURS[name],
                    label=f"{name}, {spread}",
                )
        panel.set(xscale="log", yscale="log", xlabel="members of the group")
        panel.set_title(f"Milliseconds {title}", size=10, loc="left")
        panel.grid()
        panel.tick_params(length=0, labelleft=True)
        thousands(panel.xaxis)
        thousands(panel.yaxis)
    figure.subplots_adjust(left=0.07, right=0.985, top=0.84, bottom=0.28, wspace=0.14)
    handles, labels = panels[0].get_legend_handles_labels()
    figure.legend(
        handles, labels, loc="lower center", ncols=2, frameon=False, bbox_to_anchor=(0.5, 0.045)
    )
    save(figure, "fan-out", "What one message to a group costs", found)


def throughput():
    """Messages a second, of the rows that have been measured: batch's, fan-out's or both."""
    runs = [found for found in (read("batch"), read("fan-out")) if found]
    rows = [row for found in runs for row in found["rates"]]
    figure, axes = pyplot.subplots(figsize=(9, 1.4 + 0.72 * len(rows)))
    sides = {"turboctl": "ours", "channels_redis": "theirs", "bare": "bare"}
    for place, row in enumerate(rows):
        bars = [(name, row[key]) for name, key in sides.items() if row[key]]
        for number, (name, rate) in enumerate(bars):
            height = place + (number - (len(bars) - 1) / 2) * 0.27
            axes.barh(height, rate, 0.25, color=COLOURS[name])
            times = f" ({row['ratio']:,.0f} × channels_redis)" if name == "turboctl" else ""
            figures = f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}"
            axes.text(rate * 1.12, height, figures + times, va="center", size=9)
    axes.set(xscale="log", xlim=(1, 3e8), ylim=(len(rows) - 0.45, -0.55))
    names = [row["name"].replace(", ", ",\n") for row in rows]
    axes.set_yticks(range(len(rows)), names, color=INK)
    axes.set_xlabel("messages a second", loc="left")
    thousands(axes.xaxis)
    axes.xaxis.set_major_locator(FixedLocator([10**power for power in range(7)]))
    axes.tick_params(length=0)
    axes.grid(axis="x")
    height = figure.get_figheight()
    figure.subplots_adjust(left=0.15, right=0.985, top=1 - 0.75 / height, bottom=0.75 / height)
    shown = [name for name, key in sides.items() if any(row[key] for row in rows)]
    patches = [pyplot.Rectangle((0, 0), 1, 1, color=COLOURS[name]) for name in shown]
    labels = [NAMES[name] for name in shown]
    legend = {"ncols": 3, "frameon": False, "loc": "upper left", "borderpad": 0}
    figure.legend(patches, labels, bbox_to_anchor=(0.14, 1 - 0.42 / height), **legend)
    save(figure, "throughput", "Messages to a group, one after the other", runs[0])
