"""Pages in a real browser. A package, so that the browser goes when its tests are done: while it is there, a loop runs."""
