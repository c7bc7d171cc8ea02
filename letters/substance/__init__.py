"""What in a change of a text may change what it says: numbers, negations, names, demands, other words.

Nothing here understands a text. What is found asks for a second person; it never decides anything
(docs/decisions/0020).
"""
