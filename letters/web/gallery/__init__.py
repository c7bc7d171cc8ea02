"""Every state of every page, with an invented cast that is stored nowhere. Exists only in DEBUG.

A new state is one `State` in the module of its noun.
"""
