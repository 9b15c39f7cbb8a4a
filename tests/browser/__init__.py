"""Pages in a real browser. A package, so that the browser goes when its tests are done: its loop runs until then."""
