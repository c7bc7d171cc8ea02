"""What the answers look like, in words and in JSON Schema; one file for each noun.

The examples of the fields make the example of an answer, so that nothing is written twice.
"""
