"""All of bordermap, gone through on a network that leads nowhere: by itself, and with what a user may switch on (see `egress`)."""
