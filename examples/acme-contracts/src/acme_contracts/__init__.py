"""Acme's schemas and defaults for govern. There is no code: govern reads the files that lie beside this one."""
