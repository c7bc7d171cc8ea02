"""Wires to the world. Each is named in the settings, so that a deployment chooses its own."""
