"""One module a list format; a module here is found by itself.

A reader has `NAME`, `recognizes(path) -> bool` and
`read(path, *, list_id, list_version, is_confidential) -> ReadResult`. One that
sets `IS_FALLBACK = True` is asked only when no other recognizes the file.
"""
