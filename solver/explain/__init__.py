"""Why a roster is as it is, and what would change it: codes and values, no sentences.

``explainer`` is the door. Behind it ``roster`` looks things up, ``ledger`` prices changes exactly,
``draft`` makes them, ``ways`` and ``weeks`` find them; ``verify`` lets the checks judge what is
told. ``reach`` and ``crowds`` show what no roster can do. ``narrowing`` makes most of a roster a
fact, ``alternatives`` asks for other plans. ``causes`` are the smallest set of facts that keep
everybody from a gap: ``grounds`` says what keeps each, ``hitting`` chooses, ``otherwise`` tries a
roster without.
"""
