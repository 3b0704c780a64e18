"""Print-outs: pure functions from a read model for one audience to the bytes of a PDF.

A read model holds what its reader may see and nothing else, so that a print-out cannot tell more.
Words are those of the language in force (:func:`planner.words.speaking`).
"""
