# A server, Ada's room on it, and Ben who finds it in the gallery and comes in.
screen server 80x24
enter server watchtogether serve --listen 127.0.0.1:0 --ephemeral
sees server listening on
server server

screen ada 100x30
enter ada clear
enter ada watchtogether join movie-night --server {server} --play {film} --title "Friday films"
sees ada ▶ night at the farmhouse

screen ben 100x30
enter ben clear
enter ben watchtogether {server}
sees ben Friday films
sees ben night at the farmhouse
picture ben story-gallery
press ben Enter
sees ben ▶ night at the farmhouse
sees ada Ben joined
enter ben /react 🔥
sees ada 🔥
enter ben /quit
sees ada Ben left
enter ada /close
sees ada Close this room
press ada y
enter server x
press server C-c
