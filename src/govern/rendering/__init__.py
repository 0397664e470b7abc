"""Template × values → text: which tokens stand where, what each may hold, and how a value is written in its place."""
