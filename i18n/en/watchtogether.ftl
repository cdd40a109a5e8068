# What people read, in English: the language that every other one follows.
#
# One message a line. A person is $who, and $you is "yes" if that is the reader.

## Names and people

you = you
