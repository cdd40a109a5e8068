# The gallery: Ada runs a server with a room in it, Ben finds it there, and comes in.
screen server 80x24
enter server watchtogether serve --listen 127.0.0.1:0 --ephemeral
sees server listening on
screen ada 80x24
