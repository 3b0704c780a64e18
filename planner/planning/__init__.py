"""The bridge between a week of the domain and the engine: problem, roster, findings, reasons."""
