"""How the time of each kind of address grows with the record, drawn: both axes are logarithmic."""

from pathlib import Path
from typing import Any

from .growth import CHANGED

ENGINES = {"SQLite": ("sqlite_", "#9a5b00", "o"), "PostgreSQL": ("bench_", "#0b5050", "s")}
COLUMNS = 4
STYLE = {"svg.fonttype": "none", "svg.hashsalt": "growth", "font.size": 8}


def draw(result: dict[str, Any], path: Path) -> None:
    """One panel for each kind of address: p95 in ms by entries, a line for each engine.

    Draws nothing where addresses were not asked, or matplotlib is not installed.
    """
    asked, sizes = result.get("asked once", {}), result.get("disk", {})
    try:
        import matplotlib as mpl
    except ImportError:
        return
    if not asked or not sizes:
        return
    mpl.use("svg")
    mpl.rcParams.update(STYLE)
    from matplotlib import pyplot

    kinds = [kind for kind in next(iter(asked.values())) if not kind.endswith(CHANGED)]
    rows = -(-len(kinds) // COLUMNS)
    shape = {"sharex": True, "sharey": True, "figsize": (9, 1.7 * rows), "layout": "constrained"}
    figure, panels = pyplot.subplots(rows, COLUMNS, **shape)
    for panel in panels.flat[len(kinds) :]:
        panel.set_axis_off()
    for kind, panel in zip(kinds, panels.flat, strict=False):
        panel.set(title=kind, xscale="log", yscale="log")
        panel.grid(alpha=0.3)
        for engine, (start, colour, marker) in ENGINES.items():
            names = [name for name in asked if name.startswith(start) and kind in asked[name]]
            points = sorted((sizes[name]["entries"], asked[name][kind]["p95"]) for name in names)
            if points:
                panel.plot(*zip(*points, strict=True), color=colour, marker=marker, label=engine)
    figure.legend(*panels.flat[0].get_legend_handles_labels(), loc="lower right")
    figure.supxlabel("entries")
    figure.supylabel("p95 in ms, each address asked once")
    figure.savefig(path, metadata={"Date": None})
