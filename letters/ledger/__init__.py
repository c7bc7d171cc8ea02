"""The publicly verifiable count, as pure functions: the clock, keys and storage are arguments.

merkle        the tree over the leaves, and proofs about it (RFC 6962)
leaves        what a leaf may say, as canonical bytes
batches       what a seal writes: changes of signatures as leaves, in order
histories     what a run of leaves did, read back
commitments   how a leaf stands for a person without naming them
receipts      how a person shows that a leaf is theirs
notes         signed checkpoints (C2SP signed-note, tlog-checkpoint)
tiles         the tree as static files (C2SP tlog-tiles)
"""
