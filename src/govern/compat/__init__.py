"""Schema against schema: is every value of one a value of the other, and if not, which one is not?"""
