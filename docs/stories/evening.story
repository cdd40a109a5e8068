# The README's first two stories: Ada hosts a film, Ben comes by her link.
screen ada 120x30
enter ada clear
enter ada watchtogether host movie-night {film}
sees ada ▶ night at the farmhouse
sees ada in step
press ada M-i
sees ada /r/movie-night
link ada

screen ben 120x30
enter ben clear
enter ben watchtogether {link}
sees ben ▶ night at the farmhouse
sees ada Ben joined
sees ada ●     Ben
sees ben ● 👑  Ada
enter ben I'm in! from the farmhouse again?
sees ada I'm in! from the farmhouse again?
enter ada @Ben from 1968, yes
sees ben from 1968, yes
press ben M-4
enter ben /add {film}
sees ada proposed
picture ada story-host
picture ben story-guest

# A viewer's pause is answered, and asked for; the admin's is everyone's.
press ben C-p
sees ben Only an admin can pause
press ada C-p
sees ben ‖ night at the farmhouse
press ada C-p
sees ben ▶ night at the farmhouse
enter ada /approve
sees ben #1 night at the farmhouse
enter ben /quit
sees ben Goodbye
sees ada Ben left
enter ada /quit
sees ada Goodbye
