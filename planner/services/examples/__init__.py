"""The examples, and a newcomer's first week made of one."""
