"""Speaks as a worker does, without a framework: steps of 1 ms, then 0.1 ms; what it is told to do wrong, it does.

    fake_worker.py WHAT
"""

import json
import subprocess
import sys

what = sys.argv[1]
print("a library says hello")
if what == "refuses":
    print(json.dumps({"event": "failed", "message": "no such kernel"}), flush=True)
    sys.exit()
if what == "crashes":
    print("it hurts", file=sys.stderr)
    sys.exit(3)
if what == "employs":
    # Half a second of a processor each: one that has ended, and one that goes on.
    work = "import time\nwhile time.process_time() < 0.5: pass\nprint(flush=True)\n"
    subprocess.run([sys.executable, "-c", work], stdout=subprocess.DEVNULL, check=True)
    subprocess.Popen([sys.executable, "-c", work + "time.sleep(5)"], stdout=subprocess.PIPE).stdout.readline()
print(json.dumps({"event": "ready", "version": "Fake 1", "checks": [1.0, 0.5, 0.25], "trace": [[0.5, 1.0]]}), flush=True)
for number, line in enumerate(sys.stdin):
    if what == "crashes later" and number == 3:
        print("no more", file=sys.stderr)
        sys.exit(3)
    compiling = 1.0 if what == "compiles" else 0.0
    print(json.dumps({"event": "round", "count": 3, "compiling": compiling, "quantiles": [1e-3 if number < 10 else 1e-4] * 101}), flush=True)
