"""Checkers of public benchmark families, written from the descriptions of their formats.

They read an instance and a solution by themselves and share nothing with the engine: what they say
of a solution is what its authors would say.
"""
