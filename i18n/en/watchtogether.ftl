# What people read, in English: the language that every other one follows.
#
# One message a line. A person is $who; $you is "yes" if they are the reader.

## Numbers (number-)

number-seconds = { $seconds } s
number-milliseconds = { $milliseconds } ms
number-minutes = { $minutes } min
number-hours = { $hours } h { $minutes } min

## People (person-)


## Why a command is denied (denied-)


## Why a server refuses a connection (refused-)


## Names of members (name-)


## Bans (ban-)


## Frames that a server cannot read (frame-)


## The page behind an invite link (invite-)


## Errors of commands (usage-)


## Requests to the admins (request-)


## Notices (notice-)


## Why something was not done (why-)


## The connection (connection-)


## The screen (screen-)


## How members are doing (health-)


## Dialogs (dialog-)


## Keys (key-)


## Commands and their help (command-)


## The player (player-)


## Faults of media (fault-)


## Links (media-)


## When nobody can play it (standstill-)


## What the player did and why (decision-)


## Plain lines (line-)


## The goodbye (goodbye-)


## The gallery of rooms (room-)


## The start (start-)


## The server (server-)


## The command line (cli-)


## Errors of the settings (config-)

