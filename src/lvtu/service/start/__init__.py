"""Where to begin: what each kind of data looks like, with a made-up example to try."""
