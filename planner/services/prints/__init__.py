"""Print-outs of weeks: what each reader is told, guarded, and written as files."""
