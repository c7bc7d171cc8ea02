"""The demo: a letter and its invented signatories. Plain Python, the same on every run."""
