"""F1 to F7: what `kill -9`, broken wires and a lost database do to a running site, in figures.

The short versions are tests; `make faults` (`python -m tests.faults`) runs the full ones.
"""
