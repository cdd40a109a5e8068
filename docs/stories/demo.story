# The demo, on a small screen: what `make run` shows.
screen you 80x24
enter you clear
enter you watchtogether demo
sees you ▶ A minute of shapes
sees you Demo. For real: watchtogether host NAME
sees you This is a demo
sees you in step
sees you The same minute again
enter you hello!
sees you hello!
picture you story-demo
sees you asks for a pause
press you C-p
sees you ‖ A minute of shapes
enter you /quit
sees you For a real evening: watchtogether host movie-night
