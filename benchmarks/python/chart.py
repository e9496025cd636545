"""A picture of the ratios, as SVG."""

import html
import statistics

import report

_COLOURS = {"pytorch": "#e4572e", "jax": "#4b7fcc", "tensorflow": "#f2a541", "onnxruntime": "#7a6ff0", "deeplearning4j": "#6b8e5a"}
_LEFT, _WIDTH, _BAR, _GAP, _TOP = 130, 720, 13, 12, 46


def svg(results):
    groups = []
    for model in results["models"]:
        if model["kind"] == "machine" or model["group"] or report.own(model) is None:
            continue
        bars = []
        for peer in report.PEERS:
            run = report.best(model, peer)
            if run:
                bars.append((peer, statistics.median(report.ratios(model, run))))
        if bars:
            groups.append((model["model"], bars))
    longest = max([ratio for _, bars in groups for _, ratio in bars] + [1.0])
    # Bars of more than eight times are cut off, and say so by their numbers.
    limit = min(longest, 8.0) * 1.12
    scale = (_WIDTH - _LEFT - 70) / limit
    shapes, numbers, y = [], [], _TOP
    for name, bars in groups:
        shapes.append(_text(_LEFT - 8, y + _BAR * len(bars) / 2 + 4, name, "end"))
        for peer, ratio in bars:
            width = min(ratio, limit) * scale
            shapes.append(f'<rect x="{_LEFT}" y="{y}" width="{width:.1f}" height="{_BAR - 2}" fill="{_COLOURS[peer]}"/>')
            numbers.append(_text(_LEFT + width + 5, y + _BAR - 4, f"{ratio:.2f}", size=11))
            y += _BAR
        y += _GAP
    one = _LEFT + scale
    shapes.append(f'<line x1="{one:.1f}" y1="{_TOP - 8}" x2="{one:.1f}" y2="{y - _GAP + 4}" stroke="#333" stroke-dasharray="4 3"/>')
    shapes.append(_text(one, y + 6, "as fast as Cajal", "middle", 11))
    shapes += numbers  # after the line, which they interrupt
    x = _LEFT
    for peer in (peer for peer in report.PEERS if any(peer == p for _, bars in groups for p, _ in bars)):
        shapes.append(f'<rect x="{x}" y="12" width="11" height="11" fill="{_COLOURS[peer]}"/>')
        shapes.append(_text(x + 16, 22, report.PEERS[peer]))
        x += 120
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{y + 18}" viewBox="0 0 {_WIDTH} {y + 18}" '
        f'font-family="sans-serif"><rect width="100%" height="100%" fill="white"/>\n' + "\n".join(shapes) + "\n</svg>\n"
    )


def _text(x, y, text, anchor="start", size=12):
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="#222" stroke="#fff" stroke-width="3" paint-order="stroke">{html.escape(text)}</text>'
