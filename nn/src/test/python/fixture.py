"""Writing fixtures: JSON with one line for each short array, so that a change is readable."""

import json
import pathlib


def rounded(value):
    """Numbers with nine significant digits, enough for f32 and for relative differences of 1e-8."""
    if isinstance(value, float):
        return float(f"{value:.9g}")
    if isinstance(value, list):
        return [rounded(part) for part in value]
    if isinstance(value, dict):
        return {key: rounded(part) for key, part in value.items()}
    return value


def write(package, name, cases):
    path = pathlib.Path(__file__).parent.parent / "resources/dev/cajal/nn" / package / name
    lines = ",\n".join(json.dumps(key) + ": " + lines_of(rounded(value)) for key, value in cases.items())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("{\n" + lines + "\n}\n")
    print(f"{path.name}: {path.stat().st_size} bytes")


def lines_of(value):
    if isinstance(value, dict):
        return "{\n" + ",\n".join("  " + json.dumps(key) + ": " + json.dumps(part) for key, part in value.items()) + "\n}"
    return json.dumps(value)
