"""Files with a web address wherever one can be written, each to a host of its own, so that a request tells what made it."""
